package matrix

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
)

// A session undoes what it made. Then it knows of nothing made, and may begin again.
func TestSessionUndoesItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 11})
	before := w.snapshot(t)
	undo := w.undoing()
	assert.Check(t, is.Equal(undo.Left(), false), "left before the run")
	assert.NilError(t, w.apply(t.Context()))
	assert.Check(t, is.Equal(undo.Left(), true), "left after the run")
	made := len(w.session.Made())

	items := kit.Must(undo.Plan(t.Context()))(t)
	var reported []string
	assert.NilError(t, undo.Apply(t.Context(), items, engine.NewStop(), func(i engine.Item) { reported = append(reported, string(i.Kind)) }))
	assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
	result := w.session.Result(0)
	var undone []string
	for _, c := range result.Undone {
		assert.Check(t, is.Equal(c.Verb, engine.Create), "verb of "+string(c.Kind))
		undone = append(undone, string(c.Kind))
	}
	assert.Check(t, is.DeepEqual(undone, reported), "told of")
	assert.Check(t, made >= len(reported) && len(reported) >= 6, "%d objects were made, %d undone", made, len(reported))
	assert.Check(t, is.Equal(len(slices.DeleteFunc(w.session.Made(), func(c engine.Change) bool { return !c.Writes() })), 0), "still made")
	assert.Check(t, is.Equal(result.Okta.AppID, ""), "app")
	assert.Check(t, is.Equal(result.Genesys.DeploymentID, ""), "deployment")
	assert.Check(t, is.Equal(result.Snippet, ""), "snippet")
	assert.Check(t, is.Equal(undo.Left(), false), "left")
	assert.Check(t, is.Equal(w.journal.Run().State, journal.Undone), "state")

	assert.NilError(t, w.apply(t.Context()))
	assert.Check(t, is.Equal(w.journal.Run().State, journal.Running), "state of the second run")
	assert.Check(t, is.Equal(undo.Left(), true), "left of the second run")
	assert.Check(t, w.session.Result(0).Snippet != "", "the second run came to no snippet")
}

// An undo that is stopped after each of its acts keeps what it did, and continues there.
func TestStopAndResume(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7})
	before := w.snapshot(t)
	assert.NilError(t, w.apply(t.Context()))
	undo := w.undoing()
	items := kit.Must(undo.Plan(t.Context()))(t)
	all := len(engine.Shown(items))
	for done := range all {
		items = kit.Must(undo.Plan(t.Context()))(t)
		assert.Check(t, is.Equal(len(engine.Shown(items)), all-done), "the rest")
		stop := engine.NewStop()
		err := undo.Apply(t.Context(), items, stop, func(engine.Item) { stop.Stop() })
		assert.Assert(t, err == nil || errors.Is(err, engine.ErrStopped), err)
		assert.Check(t, is.Equal(len(w.session.Result(0).Undone), done+1), "undone")
	}
	w.undo(t) // what goes away with the last one
	assert.Check(t, is.Equal(undo.Left(), false), "left")
	assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
}

// deaf is the journal of a process that is killed before it keeps what it undid.
type deaf struct {
	journal.Undoing
	at, acts int
}

func (d *deaf) Gone(entry int) error {
	if d.acts++; d.acts > d.at {
		return errKilled
	}
	return d.Undoing.Gone(entry)
}

// What a killed undo deleted, and did not keep, is gone and no error. The rest goes.
func TestGoneAlready(t *testing.T) {
	t.Parallel()
	for acts := range writes {
		t.Run(fmt.Sprintf("after %d acts", acts), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 9})
			before := w.snapshot(t)
			assert.NilError(t, w.apply(t.Context()))
			undo := setup.NewUndo(w.session, &deaf{Undoing: journal.Undoing{Journal: w.journal}, at: acts})
			items := kit.Must(undo.Plan(t.Context()))(t)
			assert.ErrorIs(t, undo.Apply(t.Context(), items, engine.NewStop(), nil), errKilled,
				"the undo wasn't killed")
			w.visit(t, w.journal.Run())
			again := w.undo(t)
			assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
			assert.Check(t, is.Equal(len(w.journal.Run().Left()), 0), "left")
			assert.Check(t, !slices.ContainsFunc(again, func(i engine.Item) bool { return i.Act == engine.Keep }),
				"%+v", again)
		})
	}
}

// What the service still shows after its delete is not confirmed: it stays in the journal, and the exit code says so.
func TestUnconfirmedDelete(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 9})
	before := w.snapshot(t)
	assert.NilError(t, w.apply(t.Context()))
	left := len(w.journal.Run().Left())
	w.sim.Genesys().Faults.Add(simkit.Fault{
		Method: http.MethodDelete, Path: regexp.MustCompile(`^/api/v2/webdeployments/deployments/`), Status: http.StatusNoContent,
	})
	undo := w.undoing()
	items := kit.Must(undo.Plan(t.Context()))(t)
	err := undo.Apply(t.Context(), items, engine.NewStop(), nil)
	var e *explain.Error
	assert.Assert(t, errors.As(err, &e) && strings.Contains(e.Problem, "isn't confirmed") && explain.ExitCode(err) == 1,
		err)
	assert.Check(t, is.Equal(len(w.journal.Run().Left()), left), "left")
	assert.Check(t, is.Equal(len(w.session.Result(0).Undone), 0), "undone")
	w.sim.Genesys().Faults.Clear()
	w.undo(t)
	assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
}

// What Okta was sent is looked for though nothing of Genesys Cloud is answered.
func TestFirstSectionOnly(t *testing.T) {
	t.Parallel()
	b := cut(1, true)
	w := newWorld(t, simulator.Options{Seed: 13, WrapOkta: b.wrap})
	before := w.snapshot(t)
	for _, key := range []guide.Key{guide.GenesysRegion, guide.GenesysClientID, guide.GenesysClientSecret} {
		assert.NilError(t, w.session.Answers.Set(key, guide.FromUser))
	}
	b.arm(true)
	assert.Assert(t, w.apply(t.Context(), guide.SectionOkta) != nil, "the run wasn't cut off")
	b.arm(false)
	assert.Check(t, len(w.undo(t)) != 0, "nothing was found")
	assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
}

func TestNotSignedIn(t *testing.T) {
	t.Parallel()
	for _, key := range []guide.Key{guide.OktaToken, guide.GenesysClientSecret} {
		w := newWorld(t, simulator.Options{Seed: 14})
		assert.NilError(t, w.apply(t.Context()))
		assert.NilError(t, w.session.Answers.Set(key, guide.FromUser, ""))
		_, err := w.undoing().Plan(t.Context())
		var e *explain.Error
		assert.Check(t, errors.As(err, &e) && e.Class == explain.ClassSignIn && e.Fix != "",
			"without %s: %v", key, err)
	}
}

// In another org than the run was in, nothing would be found, and all of it would pass for gone.
func TestOtherOrg(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	assert.NilError(t, w.apply(t.Context()))
	made := w.journal.Run()
	otherOrganization := made
	otherOrganization.Organization = "c0ffee"
	for name, tt := range map[string]struct {
		at  *world
		run journal.Run
	}{
		"other addresses":      {newWorld(t, simulator.Options{Seed: 99}), made},
		"another organization": {w, otherOrganization},
	} {
		tt.at.visit(t, tt.run)
		tt.at.session.Answers.FromRun(made.Answers)
		var e *explain.Error
		if _, err := tt.at.undoing().Plan(t.Context()); !errors.As(err, &e) || e.Class != explain.ClassUsage || !strings.Contains(e.Problem, "The run was in ") {
			t.Errorf("%s: %v", name, err)
		}
		assert.Check(t, is.Equal(len(tt.at.journal.Run().Left()), len(made.Left())), name)
	}
	assert.Check(t, is.ErrorIs(w.journal.Enter("another"), journal.ErrElsewhere))
}
