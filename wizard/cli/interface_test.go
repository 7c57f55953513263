package cli

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
)

// TestInterfaceOnlyGrows: what scripts can use stays until the next major version. -update adds to the list, and never
// removes from it.
func TestInterfaceOnlyGrows(t *testing.T) {
	t.Parallel()
	const list = "testdata/interface.txt"
	text, err := os.ReadFile(list)
	assert.NilError(t, err)
	promised, now := strings.Split(strings.TrimSpace(string(text)), "\n"), usable()
	for _, line := range promised {
		assert.Check(t, slices.Contains(now, line), "%s: %q is gone or has changed. docs/compatibility.md promises it until the next major version.", list, line)
	}
	if t.Failed() || slices.Equal(promised, now) {
		return
	}
	assert.Assert(t, golden.FlagUpdate(), "%s lacks what is new, or isn't sorted; run: go test ./wizard/cli -run TestInterfaceOnlyGrows -update", list)
	assert.NilError(t, os.WriteFile(list, []byte(strings.Join(now, "\n")+"\n"), 0o644)) //nolint:gosec // a public text
}

// usable are the commands, flags with their types, values, and defaults, answers, environment variables, and exit codes,
// one a line.
func usable() (all []string) {
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	p, _, _ := program(nil)
	for _, f := range simulator.Faults() {
		p.Faults = append(p.Faults, Fault{Name: f.Name})
	}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		add("command %s", cmd.UseLine())
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			flag := cmd.CommandPath() + " --" + f.Name
			switch v := f.Value.(type) {
			case *choice:
				for _, word := range v.allowed {
					add("flag %s %s", flag, word)
				}
				add("default of flag %s %q", flag, f.DefValue)
			case *values:
				add("flag %s%s", flag, map[bool]string{true: ", repeatable"}[v.several])
			default:
				add("flag %s, %s, default %q", flag, strings.Replace(f.Value.Type(), "func", "string", 1), f.DefValue)
			}
			if f.Shorthand != "" {
				add("flag %s -%s", cmd.CommandPath(), f.Shorthand)
			}
		})
		for _, c := range cmd.Commands() {
			walk(c)
		}
	}
	walk(p.root())
	for _, q := range guide.Questions("") {
		add("answer %s, flag %q, default %q", q.Key, q.Flag, q.Default)
		for _, o := range q.Fixed {
			add("answer %s: %s", q.Key, o.Spelling())
		}
		for _, name := range q.Env {
			add("variable %s answers %s", name, q.Key)
		}
	}
	for _, v := range variables {
		for name := range strings.SplitSeq(v.name, ", ") {
			add("variable %s", name)
		}
	}
	for line := range strings.Lines(exitCodes) {
		add("exit code %s", strings.TrimSpace(line))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
