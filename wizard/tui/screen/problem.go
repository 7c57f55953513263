package screen

import (
	"errors"
	"strings"

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

// ProblemBlock says what happened, what to do, what else there is to say, and the id for the vendor's support.
func (w *World) ProblemBlock(problem *explain.Error, width int, more ...string) []string {
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
