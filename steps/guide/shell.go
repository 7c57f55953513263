package guide

import (
	"path/filepath"
	"strings"
)

// ShellWord is a value as one word of a command line, which a user can paste.
func ShellWord(value string) string {
	special, quoted := " \t'\"$&|;<>()*?!`\\", "'"+strings.ReplaceAll(value, "'", `'\''`)+"'"
	if filepath.Separator == '\\' { // both shells of Windows take these
		special, quoted = " \t'&|;<>()", `"`+value+`"`
	}
	if value != "" && !strings.ContainsAny(value, special) {
		return value
	}
	return quoted
}
