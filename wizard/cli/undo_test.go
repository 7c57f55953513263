package cli

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// Two orgs are used in turn with one state folder. The credentials say which run is undone.
func TestUndoFindsRunByOrgs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := orgs(t, dir, 1)
	second := orgs(t, dir, 2)
	invoke(t, first, 0)
	invoke(t, second, 0)
	_, runs := kept(t, dir+"/msgsso-wizard", 2)
	assert.Check(t, is.Contains(invoke(t, first, 0, "undo", "--yes"), "deleted  deployment  Web SSO"))
	_, now := kept(t, dir+"/msgsso-wizard", 2)
	assert.Check(t, now[0].State == journal.Undone && now[1].State != journal.Undone, "the runs are %s and %s", now[0].State, now[1].State)
	said := invoke(t, first, 0, "undo", "--yes")
	assert.Check(t, is.Contains(said, "Nothing left"))
	assert.Check(t, is.Contains(said, "Run "+runs[1].ID+" used "+second["OKTA_CLIENT_ORGURL"]))
	none := maps.Clone(second) // the run says which orgs
	delete(none, "OKTA_CLIENT_ORGURL")
	delete(none, "GENESYSCLOUD_REGION")
	assert.Check(t, is.Contains(invoke(t, none, 0, "undo", "--yes"), "deleted  deployment  Web SSO"))
}

// What an undone run kept is not forgotten: undo without a name says how to check it again.
func TestUndoNamesRunWithLeftovers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	environ := orgs(t, dir, 1)
	invoke(t, environ, 0)
	folder, runs := kept(t, dir+"/msgsso-wizard", 1)
	runJournal := journal.New(folder, "test", guide.NewAnswers())
	runJournal.Continue(runs[0])
	assert.NilError(t, journal.Undoing{Journal: runJournal}.EndUndone())

	said := invoke(t, environ, 0, "undo", "--yes")
	want := fmt.Sprintf("Run %s kept %d items. Use `msgsso-wizard undo %[1]s` to check again.", runs[0].ID, len(runs[0].Left()))
	assert.Assert(t, is.Contains(said, want))
	assert.Assert(t, !strings.Contains(said, "Nothing left"), said)
}

// A change that was cut off before it was sent, and never found, is no leftover of an undone run.
func TestUndoForgetsUnsentChanges(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	environ := orgs(t, dir, 1)
	invoke(t, environ, 0)
	folder, runs := kept(t, dir+"/msgsso-wizard", 1)
	run := runs[0]
	unsent := run.Entries[len(run.Entries)-1]
	unsent.Stage, unsent.ID, unsent.At = journal.Intended, "", unsent.At.Add(-time.Hour)
	run.Entries = append(run.Entries, unsent)
	assert.NilError(t, folder.Save(run))
	assert.Check(t, is.Contains(invoke(t, environ, 0, "undo", "--yes"), "deleted  deployment  Web SSO"))
	assert.Check(t, is.Contains(invoke(t, environ, 0, "undo", "--yes"), "Nothing left to undo"))
}

// A repair is journaled, so doctor takes the folder for it.
func TestDoctorJournalsFixes(t *testing.T) {
	t.Parallel()
	environ, dir := orgs(t, t.TempDir(), 1), t.TempDir()
	invoke(t, environ, 0)
	invoke(t, environ, 0, "doctor", "--redirect-uri", "http://localhost:8080", "--fix", "--yes", "--state-dir", dir)
	kept(t, dir, 1)
}

// kept are the runs in a folder.
func kept(t *testing.T, path string, count int) (*journal.Folder, []journal.Run) {
	t.Helper()
	folder, err := journal.Open(path)
	assert.NilError(t, err)
	runs, _, err := folder.Runs()
	assert.NilError(t, err)
	assert.Equal(t, len(runs), count)
	return folder, runs
}
