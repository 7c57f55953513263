package apiclient

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotes are the pairs of quotation marks that shells, .env files, and word processors put around a value.
var quotes = []string{`""`, `''`, "``", "“”", "„“", "„”", "‘’", "‚‘", "«»", "»«"}

// invisible are the characters that a value of one line must not have, by name.
var invisible = map[rune]string{
	'\t': "a tab", '\n': "a line break", '\r': "a line break", '\u0085': "a line break", '\u2028': "a line break", '\u2029': "a line break",
	'\u00a0': "a no-break space", '\u2007': "a no-break space", '\u202f': "a no-break space", '\u00ad': "a soft hyphen",
	'\u200b': "a zero-width space", '\u200c': "a zero-width non-joiner", '\u200d': "a zero-width joiner", '\u2060': "a word joiner",
	'\ufeff': "a byte order mark", '\u200e': "a left-to-right mark", '\u200f': "a right-to-left mark",
}

// ReadInput reads what a user typed or pasted, or what a variable or a file holds, before anything parses it. It removes
// the spaces, line ends, invisible characters, and matching quotation marks around it; the note says so. What is left has
// no invisible character: its error names one, because the value isn't the one that a user sees.
func ReadInput(raw string) (text, note string, err error) { return readInput(raw, "", quotes) }

// ReadLines is ReadInput for a text that may have several lines.
func ReadLines(raw string) (text, note string, err error) { return readInput(raw, "\t\r\n", quotes) }

// ReadAddress is ReadInput for one of several addresses. Quotation marks stay, so that its parser refuses them: a list has
// none, and one that went wrong could be in them.
func ReadAddress(raw string) (text, note string, err error) { return readInput(raw, "", nil) }

func readInput(raw, allowed string, quotes []string) (text, note string, err error) {
	var removed []string
	for text = raw; ; {
		bare := strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || invisibleName(r) != "" && !unicode.IsControl(r) })
		at := strings.Index(text, bare)
		for _, r := range text[:at] + text[at+len(bare):] {
			removed = append(removed, around(r))
		}
		if text = bare; !quoted(text, quotes) {
			break
		}
		_, first := utf8.DecodeRuneInString(text)
		_, last := utf8.DecodeLastRuneInString(text)
		text, removed = text[first:len(text)-last], append(removed, "quotation marks")
	}
	if slices.Sort(removed); len(removed) > 0 {
		note = "Removed around it: " + strings.Join(slices.Compact(removed), ", ") + "."
	}
	return text, note, checkInput(text, allowed)
}

// around is what a note calls a character that was removed.
func around(r rune) string {
	switch name := invisibleName(r); {
	case name == "":
		return "spaces"
	case unicode.IsControl(r):
		return strings.TrimPrefix(name, "a ") + "s"
	default:
		return fmt.Sprintf("%s (U+%04X)", name, r)
	}
}

// quoted reports whether matching quotation marks are around all of text, which has no such marks inside.
func quoted(text string, quotes []string) bool {
	for _, pair := range quotes {
		left, size := utf8.DecodeRuneInString(pair)
		if inner, ok := strings.CutPrefix(text, string(left)); ok {
			if inner, ok = strings.CutSuffix(inner, pair[size:]); ok && !strings.ContainsAny(inner, pair) {
				return true
			}
		}
	}
	return false
}

func checkInput(text, allowed string) error {
	var prev rune
	for i, r := range text {
		size := utf8.RuneLen(r)
		switch name := invisibleName(r); {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], string(r)):
			return errors.New("has a character that isn't UTF-8")
		case name == "", strings.ContainsRune(allowed, r), r == zwj && joins(prev, text[i+size:]):
		default:
			return fmt.Errorf("has %s (U+%04X)", name, r)
		}
		prev = r
	}
	return nil
}

// invisibleName names an invisible character, with its article; empty: it is visible, or a space.
func invisibleName(r rune) string {
	switch name := invisible[r]; {
	case name != "":
		return name
	case unicode.IsControl(r):
		return "a control character"
	case unicode.Is(unicode.Bidi_Control, r):
		return "a bidirectional control"
	case unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point), r == '\u2800':
		return "an invisible character"
	default:
		return ""
	}
}
