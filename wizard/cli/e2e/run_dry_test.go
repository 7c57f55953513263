//go:build unix

package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/setup"
)

// TestDryRunPredictsRun: a dry run changes nothing, in the orgs or on the disk, and its plan is what the real run then does. The
// second time around everything is there, and the plan says so.
func TestDryRunPredictsRun(t *testing.T) {
	t.Parallel()
	for _, profile := range oktasim.Profiles() {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			w := newDryWorld(t, simulator.Options{Seed: 12, Okta: oktasim.Options{Profile: profile, Limits: map[string]int{}}})
			for _, sees := range []string{"This will:\n", "Everything is in place already:\n"} {
				wrote := writes(w.sim)
				for _, args := range [][]string{{"--no-input"}, {"--plain"}} {
					got := w.run(t, strings.Repeat("\n", 60), append(args, "--dry-run")...)
					if !strings.HasPrefix(got.out, sees) || strings.Contains(got.out, "<script") || !strings.Contains(got.said, "This was a dry run: nothing was changed.") {
						t.Errorf("%v: %s\n%s", args, got.out, got.said)
					}
				}
				dry := w.document(t, "--no-input", "--dry-run")
				got := writes(w.sim)
				assert.Check(t, got == wrote && dry.DryRun && dry.Calls.Writes == 0 && dry.Snippet == "",
					"%d writes more, and the document is %+v", got-wrote, dry)
				wet := w.document(t, "--no-input")
				for i, c := range dry.Changes {
					if c.Name == "client credentials" { // of an app that had no id yet
						dry.Changes[i].Name = "client " + wet.Okta.ClientID
					}
				}
				if diff := cmp.Diff(dry.Changes, wet.Changes, cmpopts.IgnoreFields(setup.ResultChange{}, "ID", "Why", "Unready")); diff != "" || len(wet.Changes) < 6 {
					t.Errorf("what the dry run said (-) and what was done (+):\n%s", diff)
				}
			}
		})
	}
}

// TestDryRunKeepsNoJournal: it leaves no record, so that there is nothing for undo to look at; and what would stop a run
// stops it in the same words.
func TestDryRunKeepsNoJournal(t *testing.T) {
	t.Parallel()
	w := newDryWorld(t, simulator.Options{Seed: 13, Deny: []string{"webDeployments:deployment:add"}})
	var told [2]string
	for i, args := range [][]string{{"--no-input", "--dry-run"}, {"--no-input"}} {
		got := run(t, w.environ, "", args...)
		assert.Check(t, is.Equal(got.code, 4), "%v: exit code", args)
		told[i] = got.said
	}
	if told[0] != told[1] || !strings.Contains(told[0], "webDeployments:deployment:add") {
		t.Errorf("the dry run says\n%s\nand the other\n%s", told[0], told[1])
	}
	records, err := filepath.Glob(filepath.Join(w.state, "*", "*.json"))
	assert.Check(t, err == nil && len(records) == 0, "%v, %v", records, err)
}

type dryWorld struct {
	sim     *simulator.Server
	state   string
	environ []string
}

func newDryWorld(t *testing.T, opts simulator.Options) *dryWorld {
	t.Helper()
	sim := simtest.Start(t, opts)
	w := &dryWorld{sim: sim, state: t.TempDir()}
	w.environ = append(sim.Environment(), "LANG=C.UTF-8", "XDG_STATE_HOME="+w.state, "MSGSSO_SNIPPET_FILE="+filepath.Join(w.state, "snippet.html"))
	return w
}

// run is the whole program with what is typed; it has to succeed.
func (w *dryWorld) run(t *testing.T, typed string, args ...string) ended {
	t.Helper()
	got := run(t, w.environ, typed, args...)
	assert.Equal(t, got.code, 0, "%v, %s", args, got.said)
	_, err := os.Stat(filepath.Join(w.state, "snippet.html"))
	assert.Check(t, err != nil || !strings.Contains(strings.Join(args, " "), "--dry-run") || writes(w.sim) != 0,
		"a dry run saves a snippet")
	return got
}

func (w *dryWorld) document(t *testing.T, args ...string) setup.Result {
	t.Helper()
	var r setup.Result
	assert.NilError(t, json.Unmarshal([]byte(w.run(t, "", append(args, "--output", "json")...).out), &r))
	return r
}
