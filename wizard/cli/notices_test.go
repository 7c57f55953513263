package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/setup"
)

// TestNoticesReachEveryOutput: what a plan says that needs attention is on standard error and in the document, of a dry
// run and of a real one.
func TestNoticesReachEveryOutput(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{})
	environ := map[string]string{"LANG": "C.UTF-8", "XDG_STATE_HOME": t.TempDir()}
	for _, line := range sim.Environment() {
		name, value, _ := strings.Cut(line, "=")
		environ[name] = value
	}
	run := func(args ...string) setup.Result {
		t.Helper()
		p, out, errs := program(environ, nil)
		assert.Equal(t, p.Run(t.Context(), append([]string{"--no-input", "--output", "json"}, args...)), 0, errs)
		var r setup.Result
		assert.NilError(t, json.Unmarshal(out.Bytes(), &r))
		for _, text := range slices.Concat(r.Notices, r.Warnings) {
			assert.Check(t, is.Contains(errs.String(), "! "+text+"\n"),
				"%q is not on standard error:\n%s", text, errs)
		}
		return r
	}
	dry := run("--dry-run")
	made := run()
	assert.Check(t, len(made.Notices) != 0 && len(dry.Notices) == 0 && slices.Equal(made.Notices, dry.Warnings),
		"a dry run warns of %q, the run's notices are %q", dry.Warnings, made.Notices)
}

// TestHandoverNamesWhatWasFound: a rerun without answers writes a record of the pages that the app has.
func TestHandoverNamesWhatWasFound(t *testing.T) {
	t.Parallel()
	environ := setUp(t)
	page := environ["MSGSSO_REDIRECT_URI"]
	delete(environ, "MSGSSO_REDIRECT_URI")
	file := filepath.Join(t.TempDir(), "record.md")
	p, _, errs := program(environ, nil)
	assert.Equal(t, p.Run(t.Context(), []string{"--no-input", "--handover", file}), 0, errs)
	text, err := os.ReadFile(file)
	assert.Check(t, err == nil && strings.Contains(string(text), page), "%v; no %s in:\n%s", err, page, text)
}
