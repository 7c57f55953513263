package report

import (
	"fmt"
	"io"

	"msgsso-wizard/steps/guide"
)

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
