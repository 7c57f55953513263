package apiclient_test

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

func TestSpell(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0:                               "0 seconds",
		time.Second:                     "1 second",
		90 * time.Second:                "90 seconds",
		time.Minute:                     "1 minute",
		7*time.Minute + 12*time.Second:  "7 minutes",
		time.Hour:                       "1 hour",
		50*time.Hour + 31*time.Minute:   "51 hours",
		14*time.Minute + 40*time.Second: "15 minutes",
		1400 * time.Millisecond:         "1 second",
	} {
		assert.Equal(t, apiclient.Spell(d), want)
	}
}
