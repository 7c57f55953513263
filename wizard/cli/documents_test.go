package cli

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/wizard/internal/document"
)

// TestEveryCommandHasSchema: what a command with --output json writes is valid for its schema, also where it stops before
// it begins, or is interrupted.
func TestEveryCommandHasSchema(t *testing.T) {
	t.Parallel()
	environ := orgs(t, t.TempDir(), 1)
	found := 0
	p, _, _ := program(nil)
	for _, cmd := range append([]*cobra.Command{p.root()}, p.root().Commands()...) {
		flags := cmd.Flags()
		if flags.Lookup("output") == nil || cmd.Name() == "demo" { // which is the guide
			continue
		}
		found++
		args := append(strings.Fields(cmd.CommandPath())[1:], "--output", "json", "--no-input")
		if cmd.Name() == "version" {
			args = args[:3]
		}
		p, out, errs := program(nil)
		code := p.Run(t.Context(), args)
		assert.Check(t, document.Of(args, out.String()), "%v ends with %d: %s", args, code, errs)
		assert.Check(t, is.Equal(code != 0, strings.Contains(out.String(), `"exit_code": 2`)), "%v", args)

		if flags.Lookup("yes") != nil {
			args = append(args, "--yes")
		}
		signals := make(chan os.Signal, 1)
		signals <- os.Interrupt
		p, out, errs = program(environ)
		p.Signals = signals
		code = p.Run(t.Context(), args)
		assert.Check(t, document.Of(args, out.String()), "%v ends with %d: %s", args, code, errs)
		assert.Check(t, code == 130 || cmd.Name() == "undo" || cmd.Name() == "version", "%v ends with %d: %s", args, code, errs)
	}
	assert.Check(t, found >= 9, "%d commands", found)
}
