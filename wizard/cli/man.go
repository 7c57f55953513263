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
		Short: "Print the manual page, for man -l",
		Args:  noArguments,
		Run:   func(cmd *cobra.Command, _ []string) { manual{p.Out}.page(cmd.Root(), p.Version) },
	}
}

// variables are those that answer no question.
var variables = []struct{ name, does string }{
	{"ACCESSIBLE", "Set to anything: as --accessible. TERM=dumb does the same."},
	{"MSGSSO_REDUCED_MOTION", "Set to anything: as --no-motion."},
	{"NO_COLOR", "Set to anything: no colour, unless --color says otherwise."},
	{"XDG_STATE_HOME", "Below it is kept what runs make, unless --state-dir says otherwise."},
	{"HTTPS_PROXY, NO_PROXY", "The proxy by which both services are reached. This computer is always reached directly."},
	{"SSL_CERT_FILE", "Further certificates to trust, such as a company's own."},
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
	m.text("Answers can come from variables: a flag names its own. These have no flag, as secrets have none, or belong to one:")
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

// shown are the commands that the help lists, too.
func shown(root *cobra.Command) []*cobra.Command {
	return slices.DeleteFunc(root.Commands(), func(c *cobra.Command) bool { return !c.IsAvailableCommand() && c.Name() != "help" })
}

func (m manual) section(title, text string) {
	fmt.Fprintf(m.w, ".SH %s\n", quoted(title))
	m.text(text)
}

// text fills its lines, as paragraphs.
func (m manual) text(text string) {
	fmt.Fprintln(m.w, strings.ReplaceAll(escaped(text), "\n\n", "\n.PP\n"))
}

// listing keeps its lines.
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
		value, text := pflag.UnquoteUsage(f)
		m.item(strings.TrimSpace("--"+f.Name+" "+value), text)
	})
}

// escaped keeps text from being taken for requests: a backslash, a hyphen that is to stay one, a dot or quote that
// begins a line.
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
