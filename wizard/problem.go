package wizard

import (
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps"
)

// asProblem puts any error into the words of an admin.
func asProblem(err error) *steps.Error {
	var e *steps.Error
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, steps.ErrStopped):
		return &steps.Error{Problem: "Stopped, as you asked.", Fix: "Press r to go on with what is left.", Retry: true, Class: steps.ClassFault, Err: err}
	default:
		return &steps.Error{Problem: steps.Sentence(err.Error()), Fix: "Press r to try again.", Retry: true, Class: steps.ClassFault, Err: err}
	}
}

// problemLines say what happened, what to do, and what exists now.
func (s *section) problemLines(width int) []string {
	cells := min(width-1, 90)
	mark := s.theme.bad.Render(s.glyphs.bad)
	indent := strings.Repeat(" ", 4+ansi.StringWidth(mark))
	lines := wrap(s.problem.Problem, cells, indent)
	for i, line := range lines {
		lines[i] = indent + s.theme.strong.Render(strings.TrimSpace(line))
	}
	lines[0] = "   " + mark + lines[0][len(indent)-1:]
	lines = append(lines, "")
	if s.problem.Fix != "" {
		lines = append(lines, wrap(s.problem.Fix, cells, indent)...)
	}
	lines = append(lines, wrap(s.madeSoFar(), cells, indent)...)
	if s.problem.RequestID != "" {
		lines = append(lines, s.theme.dim.Render(indent+s.fit("Request "+s.problem.RequestID, width-len(indent)-1)))
	}
	if s.problem.DocURL != "" {
		lines = append(lines, s.dimLines(wrap(s.problem.DocURL, width-1, indent))...)
	}
	return lines
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
	line("Step", s.problem.Step)
	line("Problem", s.problem.Problem)
	line("Next step", s.problem.Fix)
	line("Request", s.problem.RequestID)
	line("See", s.problem.DocURL)
	for _, c := range s.ledger.Made() {
		line(string(c.Verb), strings.TrimSpace(c.Kind+" "+c.Name+" "+c.ID))
	}
	return b.String()
}
