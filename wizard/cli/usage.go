package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"msgsso-wizard/steps/guide"
)

// sectionAnnotation names the section of a flag's question.
const sectionAnnotation = "section"

// endingAnnotation is the end of a command's help.
const endingAnnotation = "ending"

// The help fits the smallest common terminal. The text of a flag begins below its name.
const (
	helpWidth     = 80
	commandColumn = 14
	flagColumn    = 6
	faultColumn   = 22
)

// usage writes the help of a command: subcommands, and flags by section.
func usage(cmd *cobra.Command) error {
	w := cmd.OutOrStderr()
	fmt.Fprintf(w, "Usage:\n  %s\n", cmd.UseLine())
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(w, "\nCommands:\n")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() || c.Name() == "help" {
				writeEntry(w, c.Name(), c.Short, commandColumn)
			}
		}
	}
	for _, s := range append(guide.Sections(), guide.Section{Title: "Flags"}) {
		title := "\n" + s.Title + ":\n"
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if sectionOf(f) == s.ID && !f.Hidden {
				name, text := flagTexts(f)
				fmt.Fprint(w, title)
				title = ""
				writeEntry(w, name, text, flagColumn)
			}
		})
	}
	if ending, ok := cmd.Annotations[endingAnnotation]; ok {
		fmt.Fprintln(w, ending)
	}
	if !cmd.HasParent() {
		fmt.Fprint(w, secretsHelp())
	}
	return nil
}

// flagTexts returns the name of a flag with the word for its value, and what it does.
func flagTexts(f *pflag.Flag) (name, text string) {
	value, text := pflag.UnquoteUsage(f)
	name = strings.TrimSpace("--" + f.Name + " " + value)
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	switch f.DefValue {
	case "", "0", "0s", "false", "[]":
	default:
		text += " (default " + f.DefValue + ")"
	}
	return name, text
}

// writeEntry writes a name, and a text in whole words that begins at the column, below the name if that is longer.
func writeEntry(w io.Writer, name, text string, column int) {
	line := "  " + name
	if len(line)+2 > column {
		fmt.Fprintln(w, line)
		line = ""
	}
	line += strings.Repeat(" ", column-len(line))
	begun := false
	for _, word := range strings.Fields(text) {
		switch {
		case !begun:
		case ansi.StringWidth(line+" "+word) > helpWidth:
			fmt.Fprintln(w, line)
			line = strings.Repeat(" ", column)
		default:
			line += " "
		}
		line, begun = line+word, true
	}
	fmt.Fprintln(w, line)
}

func secretsHelp() string {
	text := "\nOnly from the environment or a prompt:\n"
	for _, q := range guide.Questions("") {
		if q.Flag == "" {
			text += fmt.Sprintf("  %-21s %s\n", q.Label, q.OtherSources())
		}
	}
	return text + "\nExit codes:\n" + exitCodes
}

// exitCodes lists what each exit code means.
const exitCodes = `  0  done
  1  error
  2  wrong usage or missing values
  3  credentials not accepted
  4  missing permission or license
  5  conflict: you must choose
  6  network error
  7  sign-in test or doctor check failed
  129, 130, 143  ended by a signal; 130 also: you quit
`

func sectionOf(f *pflag.Flag) guide.SectionID {
	if of := f.Annotations[sectionAnnotation]; len(of) == 1 {
		return guide.SectionID(of[0])
	}
	return ""
}
