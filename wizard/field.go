package wizard

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"msgsso-wizard/steps/guide"
)

// limit is the most characters that a field takes.
const limit = 4096

// newField makes the field for a question, filled with its present answer.
func newField(w *world, q guide.Question) field {
	switch q.Kind {
	case guide.Choice, guide.Choices:
		return newChoiceField(w, q)
	case guide.Pick, guide.PickMany:
		return newPickField(w, q)
	default:
		return newTextField(w, q)
	}
}

// pasted makes one line of pasted text. Line breaks never submit and never reach a field; what is longer
// than a field takes is cut before it is looked at, so that a huge paste does not hold the program up.
func pasted(text string, room int) (line, note string) {
	full := len(text)
	if most := utf8.UTFMax * limit; full > most {
		text = text[:most]
	}
	line = strings.Trim(strings.ToValidUTF8(text, ""), " \t\r\n")
	if strings.ContainsAny(line, "\r\n") {
		line = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ").Replace(line)
		note = "Line breaks in the pasted text became spaces."
	}
	runes := []rune(line)
	if len(runes) > room || full > len(text) {
		line = string(runes[:min(room, len(runes))])
		note = fmt.Sprintf("The pasted text was cut. This field takes %d characters.", limit)
	}
	return line, note
}
