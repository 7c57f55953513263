package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"msgsso-wizard/steps/guide"
)

func (p *Program) manCommand() *cobra.Command {
	return &cobra.Command{
		Use: "man", DisableFlagsInUseLine: true,
		Short: "Print the man page, for man -l",
		Args:  noArguments,
		Run:   func(cmd *cobra.Command, _ []string) { manual{p.Out}.page(cmd.Root(), p.Version) },
	}
}

// variables are those that belong to no question.
var variables = []struct{ name, does string }{
	{"ACCESSIBLE", "Any value: same as --accessible. TERM=dumb does the same."},
	{"MSGSSO_REDUCED_MOTION", "Any value: same as --no-motion."},
	{"NO_COLOR", "Any value: no color, unless --color is set."},
	{"XDG_STATE_HOME", "Folder that contains the run journals, unless --state-dir is set."},
	{"HTTPS_PROXY, NO_PROXY", "The proxy for calls to both services. Calls to this computer never use it."},
	{"SSL_CERT_FILE", "More certificate authorities to trust, such as your company's."},
}

// manual writes the manual page (man(7)) from the commands and their flags.
type manual struct{ w io.Writer }

func (m manual) page(root *cobra.Command, version string) {
	name := root.Name()
	fmt.Fprintf(m.w, ".TH %s 1 \"\" %s\n", quoted(strings.ToUpper(name)), quoted(name+" "+version))
	m.section("NAME", name+" - "+root.Short)
	fmt.Fprintf(m.w, ".SH SYNOPSIS\n.nf\n")
	for _, c := range append([]*cobra.Command{root}, shown(root)...) {
		fmt.Fprintf(m.w, "\\fB%s\\fR%s\n", escaped(c.CommandPath()), escaped(strings.TrimPrefix(c.UseLine(), c.CommandPath())))
	}
	fmt.Fprintf(m.w, ".fi\n")
	m.section("DESCRIPTION", root.Long)
	m.flags(root)
	fmt.Fprintf(m.w, ".SH COMMANDS\n")
	for _, c := range shown(root) {
		fmt.Fprintf(m.w, ".SS %s\n", quoted(c.CommandPath()))
		m.text(cmp.Or(c.Long, c.Short+"."))
		m.flags(c)
		m.listing(c.Annotations[endingAnnotation])
	}
	fmt.Fprintf(m.w, ".SH ENVIRONMENT\n")
	m.text("Variables can set values: each flag above names its own. The following variables have no flag, such as those for secrets, or match a flag:")
	for _, q := range guide.Questions("") {
		if q.Flag == "" {
			m.item(strings.Join(q.Env, ", "), q.Label+".")
		}
	}
	for _, v := range variables {
		m.item(v.name, v.does)
	}
	fmt.Fprintf(m.w, ".SH \"EXIT STATUS\"\n")
	m.listing(exitCodes)
}

// shown returns the commands that the help lists.
func shown(root *cobra.Command) []*cobra.Command {
	return slices.DeleteFunc(root.Commands(), func(c *cobra.Command) bool { return !c.IsAvailableCommand() && c.Name() != "help" })
}

func (m manual) section(title, text string) {
	fmt.Fprintf(m.w, ".SH %s\n", quoted(title))
	m.text(text)
}

// text writes paragraphs.
func (m manual) text(text string) {
	fmt.Fprintln(m.w, strings.ReplaceAll(escaped(text), "\n\n", "\n.PP\n"))
}

// listing writes lines unchanged.
func (m manual) listing(text string) {
	if text != "" {
		fmt.Fprintf(m.w, ".PP\n.nf\n%s\n.fi\n", escaped(strings.Trim(text, "\n")))
	}
}

func (m manual) item(term, text string) {
	fmt.Fprintf(m.w, ".TP\n.B %s\n%s\n", escaped(term), escaped(text))
}

func (m manual) flags(cmd *cobra.Command) {
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		m.item(flagTexts(f))
	})
}

// escaped escapes what man(7) would read as a request: backslashes, hyphens, and a dot or quote at the start of a line.
func escaped(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

// quoted is one argument of a request.
func quoted(text string) string { return `"` + strings.ReplaceAll(escaped(text), `"`, `\(dq`) + `"` }
