package report

import (
	"fmt"
	"io"
	"strings"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/setup"
)

// Plan writes what a run will do, one line for each change.
func Plan(w io.Writer, m Marks, p setup.Plan) {
	if p.Writes() {
		fmt.Fprintln(w, "This will:")
	} else {
		fmt.Fprintln(w, "Everything is in place already:")
	}
	for _, c := range p.Changes {
		fmt.Fprintln(w, "  "+m.Of(c.Verb)+" "+line(string(c.Kind), c.Name, c.ID, c.Why))
	}
}

// Rehearsal writes the plan of a dry run to standard output.
func Rehearsal(w io.Writer, m Marks, p setup.Plan) error {
	var text strings.Builder
	Plan(&text, m, p)
	_, err := io.WriteString(w, text.String())
	return unwritten("plan", err)
}

// Notices writes what a plan found: checks that passed, and what to look at.
func Notices(w io.Writer, m Marks, notices []engine.Notice) {
	for _, n := range notices {
		mark := m.Look
		if n.OK {
			mark = m.Done
		}
		fmt.Fprintln(w, mark+" "+n.Text)
	}
}
