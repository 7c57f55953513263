package matrix

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
)

// TestOldJournals: the runs of earlier versions are read, resumed, and undone from their own journals. Each file was written
// by the first or last version with that format, for a run on a simulator: a whole one, or one that was cut off before it
// published. docs/compatibility.md promises it.
func TestOldJournals(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../journal/testdata/run*.json")
	assert.NilError(t, err)
	formats := map[int]bool{}
	for _, file := range files {
		content := kit.Must(os.ReadFile(file))(t)
		var recorded journal.Run
		assert.NilError(t, json.Unmarshal(content, &recorded))
		formats[recorded.Format] = true
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			oldJournal(t, string(content), recorded)
		})
	}
	assert.Check(t, is.Equal(len(formats), journal.Format), "formats with a recorded run; a new format needs the journals of the last one")
}

func oldJournal(t *testing.T, content string, recorded journal.Run) {
	t.Helper()
	var refused atomic.Bool
	w := newWorld(t, simulator.Options{Seed: 7, WrapGenesys: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if refused.Load() && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/publish") {
				http.Error(w, `{"code":"bad.request","message":"no"}`, http.StatusBadRequest)
				return
			}
			next.ServeHTTP(w, r)
		})
	}})
	w.keepJournals(t)
	before, page := w.snapshot(t), recorded.Answers[string(guide.RedirectURIs)]
	w.set(t, guide.RedirectURIs, page...)
	refused.Store(recorded.State == journal.Running)
	assert.Equal(t, w.run(t) != nil, refused.Load(), "the run was cut off")

	// The orgs are as the old version left them. Only the objects' IDs and the hosts are others.
	now := w.journal.Run()
	same := []string{recorded.ID, now.ID, recorded.Okta, w.sim.OktaURL(), recorded.Genesys, w.sim.GenesysURL()}
	for _, e := range recorded.Entries {
		for _, created := range now.Entries {
			if created.Kind == e.Kind {
				same = append(same, e.ID, created.ID)
			}
		}
	}
	assert.NilError(t, os.WriteFile(w.journal.Path(), []byte(strings.NewReplacer(same...).Replace(content)), 0o600))
	old := kit.Must(w.folder.Run(now.ID))(t)
	assert.Equal(t, old.Format, recorded.Format)
	w.visit(t, old)
	w.session.Answers.FromRun(old.Answers)
	if refused.CompareAndSwap(true, false) {
		assert.NilError(t, w.run(t), "resume")
	}
	plan := kit.Must(w.session.Plan(t.Context()))(t)
	assert.Check(t, !plan.Writes(), "%+v", plan.Changes)
	assert.Check(t, is.Equal(len(w.journal.Run().Left()), len(now.Left())+map[bool]int{true: 2}[recorded.State == journal.Running]), "changes in the journal")
	w.undo(t)
	assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
}
