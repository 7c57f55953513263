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

	"msgsso-wizard/steps/setup"
)

// TestNoticesReachEveryOutput: what a plan says that needs attention is on standard error and in the document, of a dry
// run and of a real one.
func TestNoticesReachEveryOutput(t *testing.T) {
	t.Parallel()
	environ := orgs(t, t.TempDir(), 1)
	run := func(args ...string) setup.Result {
		t.Helper()
		p, out, errs := program(environ)
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

// TestHandoverHasFoundValues: a rerun without answers writes a record of the pages that the app has.
func TestHandoverHasFoundValues(t *testing.T) {
	t.Parallel()
	const page = "http://localhost:8123/"
	environ := orgs(t, t.TempDir(), 1)
	invoke(t, environ, 0, "--redirect-uri", page)
	file := filepath.Join(t.TempDir(), "record.md")
	invoke(t, environ, 0, "--handover", file)
	text, err := os.ReadFile(file)
	assert.Check(t, err == nil && strings.Contains(string(text), page), "%v; no %s in:\n%s", err, page, text)
}
