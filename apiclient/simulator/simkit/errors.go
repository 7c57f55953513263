package simkit

import (
	"strconv"
	"strings"
)

// ErrorText is a vendor's error: the status of the answer, and the rest of its line.
type ErrorText struct {
	Status int
	Text   string
}

// ErrorTexts reads a table of errors. A line has a status, a name, and a text; comments begin with "#".
func ErrorTexts(table string) map[string]ErrorText {
	all := map[string]ErrorText{}
	for line := range strings.Lines(table) {
		if part := strings.SplitN(strings.TrimSpace(line), " ", 3); len(part) == 3 && part[0] != "#" {
			status, _ := strconv.Atoi(part[0])
			all[part[1]] = ErrorText{status, part[2]}
		}
	}
	return all
}
