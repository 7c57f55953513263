package report

import (
	"fmt"
	"io"
	"strings"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

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
