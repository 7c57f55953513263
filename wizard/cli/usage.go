package cli

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"msgsso-wizard/steps/guide"
)

// sectionAnnotation ties a flag to the section of the guide whose question it answers.
const sectionAnnotation = "section"

// endingAnnotation is what a command's help ends with.
const endingAnnotation = "ending"

// helpWidth is where the help breaks its lines, in cells.
const helpWidth = 100

// usage writes a command's help: its commands, and its flags under the guide's own headings.
func usage(cmd *cobra.Command) error {
	w := cmd.OutOrStderr()
	fmt.Fprintf(w, "Usage:\n  %s\n", cmd.UseLine())
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(w, "\nCommands:\n")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() || c.Name() == "help" {
				fmt.Fprintf(w, "  %-12s%s\n", c.Name(), c.Short)
			}
		}
	}
	for _, s := range append(guide.Sections(), guide.Section{Title: "Flags"}) {
		group := pflag.NewFlagSet(s.Title, pflag.ContinueOnError)
		group.SortFlags = false
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if sectionOf(f) == s.ID {
				group.AddFlag(f)
			}
		})
		if group.HasAvailableFlags() {
			fmt.Fprintf(w, "\n%s:\n%s", s.Title, group.FlagUsagesWrapped(helpWidth))
		}
	}
	if ending, ok := cmd.Annotations[endingAnnotation]; ok {
		fmt.Fprintln(w, ending)
	}
	if !cmd.HasParent() {
		fmt.Fprint(w, secretsHelp())
	}
	return nil
}

func secretsHelp() string {
	text := "\nOnly from the environment, or when asked:\n"
	for _, q := range guide.Questions("") {
		if q.Flag == "" {
			text += fmt.Sprintf("  %-21s %s\n", q.Label, q.Ways())
		}
	}
	return text + "\nExit codes:\n" + exitCodes
}

// exitCodes is the table of them.
const exitCodes = `  0 done   1 fault   2 usage, or an answer is missing   3 credentials not accepted
  4 permission   5 conflict, decide   6 network
  7 the sign-in test, or a check of doctor, failed
  129 130 143 ended by a signal; 130 also: you left
`

func sectionOf(f *pflag.Flag) guide.SectionID {
	if of := f.Annotations[sectionAnnotation]; len(of) == 1 {
		return guide.SectionID(of[0])
	}
	return ""
}
