package explain

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"msgsso-wizard/apiclient"
)

// Sentence gives text a capital letter and a full stop. A flag, a variable or a host at its beginning stays as it
// is: there capitals count, or look wrong.
func Sentence(text string) string {
	runes := []rune(strings.TrimSpace(text))
	if len(runes) == 0 {
		return ""
	}
	first, _, _ := strings.Cut(string(runes), " ")
	if !strings.ContainsAny(strings.TrimSuffix(first, ":"), "-.:/_") {
		runes[0] = unicode.ToUpper(runes[0])
	}
	if !strings.ContainsRune(".!?", runes[len(runes)-1]) {
		runes = append(runes, '.')
	}
	return string(runes)
}

// Counted is a number with its word.
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// Moment is a time in a sentence.
func Moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// Moments writes two times that are compared, as exactly as it takes to tell them apart.
func Moments(a, b time.Time) (first, second string) {
	for _, layout := range []string{"2006-01-02 15:04 UTC", "2006-01-02 15:04:05 UTC", "2006-01-02 15:04:05.000 UTC"} {
		if first, second = a.UTC().Format(layout), b.UTC().Format(layout); first != second {
			break
		}
	}
	return first, second
}

// Harmless returns a text that moves no cursor. Its line ends stay.
func Harmless(text string) string { return apiclient.CleanLines(text) }

// OneLine returns a text that moves no cursor and stays in its line.
func OneLine(text string) string { return apiclient.Clean(text) }

// Cause is why the system refused a file that the sentence names.
func Cause(err error) error { return apiclient.Cause(err) }
