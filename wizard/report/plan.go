package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// NotPlanned says what a plan leaves out and what it needs first; empty: it is of all sections.
func NotPlanned(p setup.Plan) string {
	if len(p.Open) == 0 {
		return ""
	}
	var titles, labels []string
	for _, s := range guide.Sections() {
		if slices.Contains(p.Open, s.ID) {
			titles = append(titles, s.Title)
		}
	}
	for _, q := range p.Lacks {
		labels = append(labels, q.Label)
	}
	first := "Sign in to Genesys Cloud first."
	if len(labels) > 0 {
		first = "Required first: " + strings.Join(labels, ", ") + "."
	}
	return "Not planned yet: " + strings.Join(titles, ", ") + ". " + first
}

// Plan writes the planned changes, and first what is not known yet.
func Plan(w io.Writer, m Marks, p setup.Plan) {
	open := NotPlanned(p)
	switch {
	case open != "":
		fmt.Fprintln(w, "Planned changes so far:")
		fmt.Fprintln(w, "  "+m.Note+" "+open)
	case p.Writes():
		fmt.Fprintln(w, "Planned changes:")
	default:
		fmt.Fprintln(w, "No changes are needed:")
	}
	for _, c := range p.Changes {
		fmt.Fprintln(w, "  "+m.Of(c.Verb)+" "+line(string(c.Kind), c.Kind.Shown(c.Name), c.ID, c.Why))
	}
}

// Rehearsal writes the plan of a dry run to standard output.
func Rehearsal(w io.Writer, m Marks, p setup.Plan) error {
	var text strings.Builder
	Plan(&text, m, p)
	_, err := io.WriteString(w, text.String())
	return unwritten("plan", err)
}

// Notices writes the notices of a plan.
func Notices(w io.Writer, m Marks, notices []engine.Notice) {
	for _, n := range notices {
		mark := m.Note
		if n.OK { // what was found, not what was done
			mark = m.Checked
		}
		fmt.Fprintln(w, mark+" "+n.Text)
	}
}

// Notes writes what was changed in the answers that the user isn't asked for.
func Notes(w io.Writer, m Marks, answers *guide.Answers) {
	for _, q := range guide.Questions("") {
		if a := answers.Get(q.Key); a.Note != "" && a.From > guide.FromLastRun {
			fmt.Fprintln(w, m.Note+" "+explain.Sentence(q.Label+": "+a.Note))
		}
	}
}

// Prerequisites writes each prerequisite with its state or how to get it.
func Prerequisites(w io.Writer, m Marks, needs []guide.Checked) {
	fmt.Fprintln(w, "Prerequisites:")
	for _, n := range needs {
		switch n.State {
		case guide.Met:
			fmt.Fprintln(w, "  "+m.OK+" "+line(n.Title, n.Said))
		case guide.Unmet:
			fmt.Fprintln(w, "  "+m.Failed+" "+line(n.Title, n.Said, n.Fix))
		default:
			fmt.Fprintln(w, "  "+m.Note+" "+line(n.Title, n.How))
			fmt.Fprintln(w, "    "+n.URL)
		}
	}
}

// Prompt writes a task for the user while a step runs. The URL and the code have their own lines for copying. It is one
// write, so that progress lines don't split it.
func Prompt(w io.Writer, p services.Prompt) {
	lines := append([]string{"", p.Title}, p.Lines...)
	if p.URL != "" {
		lines = append(lines, p.URL)
	}
	if p.Code != "" {
		lines = append(lines, "Code: "+p.Code)
	}
	if p.Limit > 0 {
		lines = append(lines, "The wizard waits up to "+inWords(p.Limit)+".")
	}
	fmt.Fprint(w, strings.Join(lines, "\n")+"\n")
}

// Manual writes the manual setup of each section.
func Manual(w io.Writer, a *guide.Answers, sections []guide.Section) {
	for _, s := range sections {
		fmt.Fprintf(w, "\n%s, manual setup:\n", s.Title)
		if address := a.Console(s.ID); address != "" {
			fmt.Fprintln(w, "  "+address)
		}
		for i, step := range guide.Manual(s.ID, a) {
			if step.Copy == "" {
				fmt.Fprintf(w, "  %d  %s\n", i+1, step.Text)
				continue
			}
			fmt.Fprintf(w, "  %d  %s:\n%s\n", i+1, step.Text, step.Copy)
		}
		for _, doc := range s.Docs {
			fmt.Fprintf(w, "  %s\n  %s\n", doc.Title, doc.URL)
		}
	}
	fmt.Fprintln(w)
}
