package wizard

import (
	"errors"
	"fmt"
	"strings"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/wizard/tui/style"
)

// asProblem puts any error into the words of an admin.
func asProblem(err error) *explain.Error {
	var e *explain.Error
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, engine.ErrStopped):
		return &explain.Error{Problem: "Stopped, as you asked.", Fix: "Press r to go on with what is left.", Retry: true, Class: explain.ClassFault, Err: err}
	default:
		return &explain.Error{Problem: explain.Sentence(err.Error()), Fix: "Press r to try again.", Retry: true, Class: explain.ClassFault, Err: err}
	}
}

// problemLines say what happened, what to do, and what exists now.
func (s *section) problemLines(width int) []string {
	return s.problemBlock(s.problem, width, s.madeSoFar())
}

// problemBlock says what happened, what to do, what else there is to say, and the id for the vendor's support.
func (w *world) problemBlock(problem *explain.Error, width int, more ...string) []string {
	cells, indent := min(width-1, 90), w.Hang(style.RowMargin)
	var lines []string
	for _, line := range style.Wrap(problem.Problem, cells, indent) {
		lines = append(lines, indent+w.Theme.Strong.Render(strings.TrimSpace(line)))
	}
	lines[0] = style.RowMargin + w.DrawSign(w.BadSign()) + " " + strings.TrimPrefix(lines[0], indent)
	lines = append(lines, "")
	for _, text := range append([]string{problem.Fix}, more...) {
		lines = append(lines, w.Under(cells, text, "", "")...)
	}
	return append(lines, w.Under(width-1, "", problem.RequestID, problem.DocURL)...)
}

// details is the problem as plain text, for a colleague or the vendor's support.
func (s *section) details() string {
	var b strings.Builder
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, text)
		}
	}
	line("Section", s.info.Title)
	line("Okta", s.ident.Okta)
	line("Genesys Cloud", s.ident.Genesys)
	line("Step", string(s.problem.Step))
	line("Problem", s.problem.Problem)
	line("Next step", s.problem.Fix)
	line("Request", s.problem.RequestID)
	line("See", s.problem.DocURL)
	for _, c := range s.ledger.Made() {
		line(string(c.Verb), strings.TrimSpace(string(c.Kind)+" "+c.Name+" "+c.ID))
	}
	return b.String()
}
