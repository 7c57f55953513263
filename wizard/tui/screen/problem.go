package screen

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/wizard/tui/style"
)

// AsProblem puts any error into the words of an admin.
func AsProblem(err error) *explain.Error {
	var e *explain.Error
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, engine.ErrStopped):
		return &explain.Error{Problem: "Stopped at your request.", Fix: "Press r to resume.", Retry: true, Class: explain.ClassFault, Err: err}
	default:
		return &explain.Error{Problem: explain.Sentence(err.Error()), Fix: "Press r to retry.", Retry: true, Class: explain.ClassFault, Err: err}
	}
}

// ProblemBlock says what happened, why, what to do, what else there is to say, and the id for the vendor's support.
func (w *World) ProblemBlock(problem *explain.Error, width int, more ...string) []string {
	cells := min(width-1, 90)
	what, why := titleAndCause(problem.Problem)
	indent := w.Hang(style.RowMargin)
	var lines []string
	for _, line := range style.Wrap(what, cells, indent) {
		lines = append(lines, indent+w.Theme.Bad.Bold(true).Render(strings.TrimSpace(line)))
	}
	lines[0] = style.RowMargin + w.DrawSign(w.BadSign()) + " " + strings.TrimPrefix(lines[0], indent)
	if why != "" {
		lines = append(lines, style.Wrap(why, cells, indent)...)
	}
	lines = append(lines, "")
	if problem.Fix != "" {
		lines = append(append(lines, w.Heading("What to do")), w.steps(style.NoFlags(problem.Fix), cells)...)
	}
	for _, text := range more {
		lines = append(lines, style.Wrap(text, cells, style.RowMargin)...)
	}
	return append(lines, w.Under(width-1, "", problem.RequestID, problem.DocURL)...)
}

// steps are the sentences of what to do, each on its own line.
func (w *World) steps(fix string, cells int) []string {
	var lines []string
	for step, rest := firstSentence(fix); step != ""; step, rest = firstSentence(rest) {
		lines = append(lines, w.Marked(style.RowMargin, style.Sign{Glyph: string(w.Glyphs.Bullet), Paint: w.Theme.Soft}, step, cells)...)
	}
	return lines
}

// titleAndCause is the first sentence, and the rest. A cause after a colon is no part of the title.
func titleAndCause(text string) (title, cause string) {
	title, cause = firstSentence(text)
	before, after, found := strings.Cut(title, ": ")
	if !found || strings.Count(before, `"`)%2 > 0 || min(len(strings.Fields(before)), len(strings.Fields(after))) < leastWords {
		return title, cause
	}
	return before + ".", strings.TrimSpace(explain.Sentence(after) + " " + cause)
}

// leastWords are how many words a title has at least, and a cause.
const leastWords = 5

// firstSentence ends where the next word begins a new one, and not within a quoted name.
func firstSentence(text string) (first, rest string) {
	text = strings.TrimSpace(text)
	for i := 0; ; {
		n := strings.Index(text[i:], ". ")
		if n < 0 {
			return text, ""
		}
		i += n + 1
		if next, _ := utf8.DecodeRuneInString(text[i+1:]); (unicode.IsUpper(next) || next == '"') && strings.Count(text[:i], `"`)%2 == 0 {
			return text[:i], strings.TrimSpace(text[i:])
		}
	}
}
