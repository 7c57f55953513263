package report

import (
	"fmt"
	"io"
	"strings"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
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

// Prerequisites writes what has to be there before the guide can be followed, each with how it stands or how to get it.
func Prerequisites(w io.Writer, m Marks, needs []guide.Checked) {
	fmt.Fprintln(w, "You need:")
	for _, n := range needs {
		switch n.State {
		case guide.Met:
			fmt.Fprintln(w, "  "+m.OK+" "+line(n.Title, n.Said))
		case guide.Unmet:
			fmt.Fprintln(w, "  "+m.Failed+" "+line(n.Title, n.Said, n.Fix))
		default:
			fmt.Fprintln(w, "  "+m.Look+" "+line(n.Title, n.How))
			fmt.Fprintln(w, "    "+n.URL)
		}
	}
}
