package wizard

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"msgsso-wizard/steps/guide"
)

// limit is the most characters that a field takes.
const limit = 4096

// debounce is how long typing must rest before an org is asked.
const debounce = 150 * time.Millisecond

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

// options is what a question's Options came to.
type options struct {
	key  guide.Key
	list []guide.Option
	err  error
}

// loadOptions asks for the options after a rest, in which further typing replaces it.
func (w *world) loadOptions(q guide.Question, filter string, rest time.Duration) action {
	return start{slotOptions, func(ctx context.Context) any {
		pause(ctx, rest)
		if ctx.Err() != nil {
			return options{key: q.Key}
		}
		w.turn.Lock()
		defer w.turn.Unlock()
		list, err := w.options(ctx, w.env, q, filter)
		return options{key: q.Key, list: list, err: err}
	}}
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
		note = "Line breaks in what you pasted became blanks."
	}
	runes := []rune(line)
	if len(runes) > room || full > len(text) {
		line = string(runes[:min(room, len(runes))])
		note = fmt.Sprintf("What you pasted was cut: this field takes %d characters.", limit)
	}
	return line, note
}
