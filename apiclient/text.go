package apiclient

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	maxText  = 2000 // runes
	maxMarks = 4    // combining marks on one letter
	zwj      = '\u200d'
)

// Clean makes s one line that no terminal obeys: control, bidirectional and other invisible characters show
// as their number (‹U+202E›), piles of combining marks are cut to 4 and the whole to 2,000 characters.
func Clean(s string) string { return scrub(s, false, maxText) }

// CleanLines is Clean, but line ends (\n, \r\n) and tabs stay and nothing is cut off. Text that needs no
// cleaning stays byte for byte.
func CleanLines(s string) string { return scrub(s, true, 0) }

func scrub(s string, lines bool, limit int) string {
	var (
		out         strings.Builder
		runes, mark int
		prev        rune
	)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		piece, rest := s[i:i+size], s[i+size:]
		i += size
		if unicode.In(r, unicode.Mn, unicode.Me) {
			mark++
		} else {
			mark = 0
		}
		switch {
		case mark > maxMarks:
			continue
		case r == utf8.RuneError && size == 1:
			piece = fmt.Sprintf("‹0x%02X›", piece[0])
		case lines && (r == '\n' || r == '\t' || r == '\r' && strings.HasPrefix(rest, "\n")):
		case r == zwj && joins(prev, rest):
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			piece = fmt.Sprintf("‹U+%04X›", r)
		}
		if n := utf8.RuneCountInString(piece); limit > 0 && (runes+n > limit || runes+n == limit && rest != "") {
			return out.String() + "…"
		}
		runes += utf8.RuneCountInString(piece)
		out.WriteString(piece)
		prev = r
	}
	return out.String()
}

// joins reports whether a joiner stands between two parts of one emoji, as in a family or a profession.
func joins(prev rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	if next == utf8.RuneError {
		return false
	}
	skinTone := prev >= 0x1F3FB && prev <= 0x1F3FF
	return unicode.Is(unicode.So, next) && (unicode.Is(unicode.So, prev) || skinTone || prev == '\ufe0f')
}

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
