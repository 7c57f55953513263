package report

import (
	"fmt"
	"io"
	"strings"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// Prompt writes what a person has to do while a step is under way. The address and the code have lines of
// their own, so that they can be copied whole. It is one write, between lines about the run's progress.
func Prompt(w io.Writer, p services.Prompt) {
	lines := append([]string{"", p.Title}, p.Lines...)
	if p.URL != "" {
		lines = append(lines, p.URL)
	}
	if p.Code != "" {
		lines = append(lines, "Code: "+p.Code)
	}
	if p.Limit > 0 {
		lines = append(lines, fmt.Sprintf("This waits %.0f s at most.", p.Limit.Seconds()))
	}
	fmt.Fprint(w, strings.Join(lines, "\n")+"\n")
}

// Manual writes what an admin does in the console for each of the sections in place of the wizard.
func Manual(w io.Writer, a *guide.Answers, sections []guide.Section) {
	for _, s := range sections {
		fmt.Fprintf(w, "\n%s, by hand:\n", s.Title)
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
