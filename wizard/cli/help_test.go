package cli

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestHelpFitsTerminal(t *testing.T) {
	t.Parallel()
	p, _, _ := program(nil)
	p.Faults = []Fault{{"a-name", strings.Repeat("It goes wrong. ", 8)}}
	for _, cmd := range append(p.root().Commands(), p.root()) {
		p, out, errs := program(nil)
		p.Faults = []Fault{{"a-name", strings.Repeat("It goes wrong. ", 8)}}
		args := append(strings.Fields(cmd.CommandPath())[1:], "--help")
		assert.Check(t, is.Equal(p.Run(t.Context(), args), 0), "%s: %s", args, errs)
		assert.Check(t, out.Len() > 0, "%s", args)
		for line := range strings.Lines(out.String()) {
			assert.Check(t, ansi.StringWidth(strings.TrimSuffix(line, "\n")) <= 80, "%s: %s", args, line)
		}
	}
}

// Every word of a flag's text is whole, and the flag's name has its own line.
func TestHelpKeepsWords(t *testing.T) {
	t.Parallel()
	p, out, _ := program(nil)
	assert.Equal(t, p.Run(t.Context(), []string{"--help"}), 0)
	said := strings.Join(strings.Fields(out.String()), " ")
	f := p.root().Flags().Lookup("genesys-sign-in")
	assert.Check(t, is.Contains(said, strings.Join(strings.Fields(f.Usage), " ")))
	assert.Check(t, is.Contains(out.String(), "\n  --genesys-sign-in client|browser|access-token|profile\n      "))
}

func TestUnknownWordsAreNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, says string }{
		{"help nonsense", `There is no command "nonsense".`},
		{"help undoo", "Did you mean msgsso-wizard undo?"},
		{"undoo", "There is no command \"undoo\".\n  Did you mean msgsso-wizard undo?"},
		{"nonsense", `There is no command "nonsense".`},
		{"00canary7431", "There is no such command."},
		{"help 00canary7431", "There is no such command."},
		{"demo nonsense", `msgsso-wizard demo doesn't take "nonsense".`},
		{"export one two", `msgsso-wizard export takes 1 run at most.`},
		{"undo one two", `msgsso-wizard undo takes 1 run at most.`},
		{"completion tcsh", `There is no command "completion tcsh".`},
		{"completion bash tcsh", `msgsso-wizard completion bash doesn't take "tcsh".`},
		{"--region x", "There is no flag --region.\n  Did you mean --genesys-region?"},
		{"--sign-in x", "Did you mean --okta-sign-in or --genesys-sign-in?"},
		{"--no-imput", "Did you mean --no-input?"},
		{"--flavour x", "There is no flag --flavour."},
		{"demo --fualt x", "Did you mean --fault?"},
		{"demo --region x", "There is no flag --region."},
	} {
		p, out, errs := program(nil)
		assert.Check(t, is.Equal(p.Run(t.Context(), strings.Fields(c.args)), 2), c.args)
		assert.Check(t, is.Contains(errs.String(), c.says), c.args)
		assert.Check(t, is.Equal(out.String(), ""), c.args)
		assert.Check(t, !strings.Contains(errs.String(), "canary"), c.args)
	}
}

// A number or a time below 0 is refused before the services start.
func TestNegativeValuesAreRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"simulator", "demo"} {
		p, _, _ := program(nil)
		cmd, _, err := p.root().Find([]string{name})
		assert.NilError(t, err)
		found := regexp.MustCompile(`--([a-z-]+) [ND]\n`).FindAllStringSubmatch(cmd.UsageString(), -1)
		assert.Check(t, len(found) >= 7, "%s has the flags %v", name, found)
		for _, f := range found {
			if f[1] == "speed" {
				continue // it has its own check
			}
			p, _, errs := program(nil)
			assert.Check(t, is.Equal(p.Run(t.Context(), []string{name, "--" + f[1], "-5s"}), 2), f[1])
			assert.Check(t, is.Contains(errs.String(), "--"+f[1]+" takes "), f[1])
			p, _, errs = program(nil)
			assert.Check(t, is.Equal(p.Run(t.Context(), []string{name, "--" + f[1], "-5"}), 2), f[1])
			assert.Check(t, is.Contains(errs.String(), "--"+f[1]+" takes "), f[1])
		}
	}
}
