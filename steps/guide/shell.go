package guide

import (
	"runtime"
	"strings"
)

// ShellWord is a value as one word of a command line, which a user can paste.
func ShellWord(value string) string { return shellWord(value, runtime.GOOS) }

// ShellVariable sets an environment variable, as a line that a user can paste: on Windows into PowerShell.
func ShellVariable(name, value string) string { return shellVariable(name, value, runtime.GOOS) }

func shellVariable(name, value, system string) string {
	switch {
	case system == "windows":
		return "$env:" + name + " = " + literally(value, "''")
	case value == "":
		return name + "="
	default:
		return name + "=" + shellWord(value, system)
	}
}

func literally(value, apostrophe string) string {
	return "'" + strings.ReplaceAll(value, "'", apostrophe) + "'"
}

// shellWord quotes for a POSIX shell, and on Windows for PowerShell and cmd. Both of these take double quotes, but inside
// them PowerShell replaces $ and `, so that such a value gets the quotes that only PowerShell takes. A quotation mark
// after backslashes would be one of the value to the program, so that those at the end are doubled.
func shellWord(value, system string) string {
	special, quoted := " \t\n'\"$&|;<>()*?!`\\[]{}#~", literally(value, `'\''`)
	switch {
	case system != "windows":
	case strings.ContainsAny(value, "\"$`"):
		return literally(value, "''")
	default:
		bare := strings.TrimRight(value, `\`)
		special, quoted = " \t'&|;<>(),@#{}^%", `"`+value+value[len(bare):]+`"`
	}
	if value != "" && !strings.ContainsAny(value, special) {
		return value
	}
	return quoted
}
