package cli

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

func TestParseAge(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{"90d": 90 * 24 * time.Hour, "1d": 24 * time.Hour, "12h": 12 * time.Hour, "36h30m": 36*time.Hour + 30*time.Minute} {
		got, err := parseAge(text)
		assert.NilError(t, err)
		assert.Check(t, is.Equal(got, want), text)
	}
	for _, text := range []string{"", "0d", "-3d", "d", "90", "1.5d", "-1h", "0h", "999999d", "soon"} {
		_, err := parseAge(text)
		assert.Check(t, is.ErrorContains(err, "takes an age such as 90d"), text)
	}
}

// TestSecretOfRotation: the handover record tells of a rotation in the guide, how to go back while that is possible, and
// nothing after an undo.
func TestSecretOfRotation(t *testing.T) {
	t.Parallel()
	r := &run{rotated: journal.New(nil, "test", guide.NewAnswers())}
	change := func(verb engine.Verb, kind guide.ObjectKind) {
		entry, err := r.rotated.Intend(engine.Change{Verb: verb, Kind: kind})
		assert.NilError(t, err)
		assert.NilError(t, r.rotated.Settle(entry, "id", nil))
	}
	shows := func(created bool, run string) {
		t.Helper()
		at, back := r.secret()
		assert.Check(t, is.Equal(!at.IsZero(), created))
		assert.Check(t, is.Equal(back, run))
	}
	shows(false, "")
	change(engine.Create, guide.KindSecret)
	change(engine.Update, guide.KindOldSecret)
	shows(true, r.rotated.RunID())
	change(engine.Remove, guide.KindOldSecret)
	shows(true, "")
	assert.NilError(t, journal.Undoing{Journal: r.rotated}.EndUndone())
	shows(false, "")
}

// TestInterruptedFixIsResumed: a fix that was cut off while it rotated stays open, so that a rotation resumes it.
func TestInterruptedFixIsResumed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	r := &run{Program: &Program{Version: "test", Lookup: func(string) (string, bool) { return "", false }}, options: &options{stateDir: folder}}
	answers := guide.NewAnswers()
	assert.NilError(t, answers.Set(guide.OktaOrg, guide.FromFlag, "acme.okta.com"))
	for _, tt := range []struct {
		kinds  []guide.ObjectKind
		resume bool
	}{
		{[]guide.ObjectKind{guide.KindOldSecret, guide.KindSecret, guide.KindCredential}, true},
		{[]guide.ObjectKind{guide.KindOldSecret, guide.KindSecret, guide.KindCredential, guide.KindOldSecret}, false},
		{[]guide.ObjectKind{guide.KindPolicy}, false},
	} {
		kept, release, err := r.begin(answers)
		assert.NilError(t, err)
		for _, kind := range tt.kinds {
			entry, err := kept.Intend(engine.Change{Verb: engine.Create, Kind: kind})
			assert.NilError(t, err)
			assert.NilError(t, kept.Settle(entry, "id", nil))
		}
		release()
		opened, err := journal.Open(folder)
		assert.NilError(t, err)
		stored, err := opened.Run(kept.RunID())
		assert.NilError(t, err)
		_, resume := interrupted([]journal.Run{stored}, answers)
		assert.Check(t, is.Equal(resume, tt.resume), "%v", tt.kinds)
	}
}
