package cli

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// orgs is the environment of an admin of two simulated orgs.
func orgs(t *testing.T, stateDir string, seed uint64) map[string]string {
	t.Helper()
	sim := simtest.Start(t, simulator.Options{Seed: seed})
	environ := map[string]string{"LANG": "C.UTF-8", "XDG_STATE_HOME": stateDir}
	for _, line := range sim.Environment() {
		name, value, _ := strings.Cut(line, "=")
		environ[name] = value
	}
	return environ
}

// invoke runs the program without a terminal and returns what it says.
func invoke(t *testing.T, environ map[string]string, code int, args ...string) string {
	t.Helper()
	p, out, errs := program(environ, nil)
	assert.Check(t, is.Equal(p.Run(t.Context(), append(args, "--no-input")), code), "%v: exit code", args)
	return out.String() + errs.String()
}

// Two orgs are used in turn with one state folder. The credentials say which run is undone.
func TestUndoOfTheseOrgs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := orgs(t, dir, 1)
	second := orgs(t, dir, 2)
	invoke(t, first, 0)
	invoke(t, second, 0)
	runs := kept(t, dir)
	assert.Check(t, is.Contains(invoke(t, first, 0, "undo", "--yes"), "deleted  deployment  Web SSO"))
	if now := kept(t, dir); now[0].State != journal.Undone || now[1].State == journal.Undone {
		t.Errorf("the runs are %s and %s", now[0].State, now[1].State)
	}
	if said := invoke(t, first, 0, "undo", "--yes"); !strings.Contains(said, "Nothing is left") || !strings.Contains(said, "Run "+runs[1].ID+" was in "+second["OKTA_CLIENT_ORGURL"]) {
		t.Error(said)
	}
	none := maps.Clone(second) // the run says which orgs
	delete(none, "OKTA_CLIENT_ORGURL")
	delete(none, "GENESYSCLOUD_REGION")
	assert.Check(t, is.Contains(invoke(t, none, 0, "undo", "--yes"), "deleted  deployment  Web SSO"))
}

// What an undone run kept is not forgotten: undo without a name says how to look at it again.
func TestUndoNamesTheRunThatKeptThings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	environ := orgs(t, dir, 1)
	invoke(t, environ, 0)
	folder, err := journal.Open(dir + "/msgsso-wizard")
	assert.NilError(t, err)
	runs, _, err := folder.Runs()
	assert.NilError(t, err)
	assert.Equal(t, len(runs), 1)
	book := journal.NewBook(folder, "test", guide.NewAnswers())
	book.Continue(runs[0])
	assert.NilError(t, journal.Undoing{Book: book}.EndUndone())

	said := invoke(t, environ, 0, "undo", "--yes")
	want := fmt.Sprintf("Run %s kept %d things; `msgsso-wizard undo %[1]s` looks at them again.", runs[0].ID, len(runs[0].Left()))
	assert.Assert(t, is.Contains(said, want))
	assert.Assert(t, !strings.Contains(said, "Nothing is left"), said)
}

// A repair is journaled, so doctor takes the folder for it.
func TestDoctorKeepsItsRepairInTheStateFolder(t *testing.T) {
	t.Parallel()
	environ, dir := orgs(t, t.TempDir(), 1), t.TempDir()
	invoke(t, environ, 0)
	invoke(t, environ, 0, "doctor", "--redirect-uri", "http://localhost:8080", "--fix", "--yes", "--state-dir", dir)
	folder, err := journal.Open(dir)
	assert.NilError(t, err)
	runs, _, err := folder.Runs()
	assert.NilError(t, err)
	assert.Equal(t, len(runs), 1)
}

func kept(t *testing.T, dir string) []journal.Run {
	t.Helper()
	folder, err := journal.Open(dir + "/msgsso-wizard")
	assert.NilError(t, err)
	runs, _, err := folder.Runs()
	assert.Assert(t, err == nil && len(runs) == 2, "%d runs, %v", len(runs), err)
	return runs
}
