package apiclient

import (
	"fmt"
	"time"
)

// Spell writes a duration for a sentence: "90 seconds", "1 minute", "3 hours".
func Spell(d time.Duration) string {
	unit, name := time.Second, "second"
	switch {
	case d == time.Hour || d >= 2*time.Hour:
		unit, name = time.Hour, "hour"
	case d == time.Minute || d >= 2*time.Minute:
		unit, name = time.Minute, "minute"
	}
	n := d.Round(unit) / unit
	if n != 1 {
		name += "s"
	}
	return fmt.Sprintf("%d %s", n, name)
}
