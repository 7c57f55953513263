package engine_test

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// Undo leaves what was there before the run, whatever delays, lag, and lost answers the run had.
func TestUndoWholeRun(t *testing.T) {
	t.Parallel()
	for name, before := range befores {
		each(t, map[string]func(*world){
			name + " calm":        nothing,
			name + " lag":         func(w *world) { w.s.lag, w.s.blind = 4*time.Second, true },
			name + " linger":      func(w *world) { w.s.linger = 10 * time.Second },
			name + " lost before": func(w *world) { w.s.faults = loseFirst(fault{before: lost(0)}) },
			name + " lost after":  func(w *world) { w.s.faults = loseFirst(fault{after: lost(0)}) },
		}, func(t *testing.T, w *world, hurt func(*world)) {
			before(w)
			time.Sleep(window) // existing objects are not young
			was := w.s.state()
			hurt(w)
			w.mustSetUp(t)
			shown := w.undo(t)
			time.Sleep(window)
			assert.Check(t, is.DeepEqual(w.s.state(), was), "(-after undo +before the run)")
			for _, e := range w.j.pastRun().Entries {
				assert.Check(t, e.Lost && e.Ref.ID == "", "the journal still has %+v", e)
			}
			for _, i := range shown {
				assert.Check(t, name != "new" || i.Act == engine.Delete, "shown %+v", i)
			}
		})
	}
}

// loseFirst loses the answer to the first create of every kind.
func loseFirst(f fault) func(call) fault {
	return func(c call) fault {
		if c.Op == "create" && c.Nth == 1 {
			return f
		}
		return fault{}
	}
}

// The run is cut off at a lost create, and undone at once.
func TestUndoLostCreate(t *testing.T) {
	t.Parallel()
	eachKind(t, lostFaults, func(t *testing.T, w *world, kind guide.ObjectKind, f fault) {
		w.s.lag = 20 * time.Second
		w.s.faults = on("create", kind, 1, f)
		w.emit = func(ev engine.Event) {
			if ev.Phase == engine.Paused {
				w.stop.Stop()
			}
		}
		_, err := w.setUp(t.Context())
		assert.Assert(t, err != nil, "the run wasn't cut off")
		w.again()
		w.undo(t)
		assert.Check(t, is.Len(w.s.state(), 0))
	})
}

// The answer of one create was lost and it was sent again: both objects exist, or only the second.
func TestUndoSentAgain(t *testing.T) {
	t.Parallel()
	type c struct {
		fault fault
		apps  int
	}
	each(t, map[string]c{"one": {fault{before: lost(0)}, 1}, "two": {fault{after: lost(0)}, 2}}, func(t *testing.T, w *world, tc c) {
		w.scope = engine.Nodes("app")
		w.s.lag = window + 10*time.Second // the service takes longer than the engine waits
		w.s.faults = on("create", kindApp, 1, tc.fault)
		w.mustSetUp(t)
		time.Sleep(2 * window)
		assert.Check(t, is.Len(w.undo(t), tc.apps))
		assert.Check(t, is.Equal(w.s.number(kindApp), 0))
	})
}

func TestUndoKeeps(t *testing.T) {
	t.Parallel()
	needs := []engine.Entry{{Verb: engine.Update, Kind: kindIntegration, Ref: engine.Ref{ID: "integration-sso"}}}
	other := []engine.PastRun{{ID: "20250101-000000-efgh", Entries: needs}, {ID: "20260101-000000-abcd", Command: "msgsso-wizard rotate", Entries: needs}}
	parts := []guide.ObjectKind{kindSettings, kindCredential}
	type c struct {
		change func(*world)
		others []engine.PastRun
		kept   guide.ObjectKind
		with   []guide.ObjectKind // parts that stay with it
	}
	each(t, map[string]c{
		"mark removed": {func(w *world) { w.s.edit(kindApp, "app-messenger", func(o *object) { o.RunID = "" }) }, nil, kindApp, []guide.ObjectKind{kindAssignment}},
		"other run":    {nothing, other, kindIntegration, parts},
		"users": {func(w *world) {
			w.s.put(object{Kind: kindDeployment, Name: "shop", Fields: fields{refs: {"integration-sso"}}})
		}, nil, kindIntegration, parts},
		"other members": {func(w *world) {
			w.s.edit(kindDeployment, "deployment-site", func(o *object) { o.Fields[users] = append(o.Fields[users], "shop") })
		}, nil, kindDeployment, []guide.ObjectKind{kindIntegration, kindSettings, kindCredential}},
	}, func(t *testing.T, w *world, tc c) {
		w.mustSetUp(t)
		tc.change(w)
		items := w.planUndo(t, tc.others...)
		assert.Check(t, slices.ContainsFunc(items, func(i engine.Item) bool {
			return i.Kind == tc.kept && i.Act == engine.Keep && i.Why != "" && (tc.others == nil || i.Why == "run 20260101-000000-abcd (msgsso-wizard rotate) needs it; undo that first: msgsso-wizard undo 20260101-000000-abcd")
		}), "the plan is %+v", items)
		w.undo(t, tc.others...)
		stay := append(tc.with, tc.kept)
		for _, kind := range append(kinds, kindSettings) {
			exists := slices.ContainsFunc(w.s.state(), func(o object) bool { return o.Kind == kind && o.Name != "shop" })
			assert.Check(t, is.Equal(exists, slices.Contains(stay, kind)), "%s exists", kind)
			left := slices.ContainsFunc(w.j.pastRun().Entries, func(e engine.Entry) bool { return e.Kind == kind })
			assert.Check(t, is.Equal(left, slices.Contains(stay, kind)), "the journal still has %s", kind)
		}
	})
}

// What a service still shows is not confirmed as undone, and what is confirmed by the next undo is.
func TestUndoUnconfirmed(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		w.scope = engine.Nodes("app")
		w.mustSetUp(t)
		w.s.linger = 2 * window
		_, err := w.applyUndo(t, w.planUndo(t))
		assert.ErrorContains(t, err, "still shows it")
		assert.DeepEqual(t, w.j.stages(kindApp), []journal.Stage{journal.Made})
		time.Sleep(2 * window)
		assert.Check(t, is.Len(w.undo(t), 0))
		assert.Check(t, is.DeepEqual(w.j.stages(kindApp), []journal.Stage{journal.Gone}))
	})
}

// Stop ends the wait for what was deleted, and nothing else is deleted.
func TestUndoStop(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		w.mustSetUp(t)
		w.s.linger = time.Hour
		items := w.planUndo(t)
		const stopAt = 1300 * time.Millisecond
		time.AfterFunc(stopAt, w.stop.Stop)
		passed := started()
		_, err := w.applyUndo(t, items)
		assert.ErrorIs(t, err, engine.ErrStopped)
		assert.Check(t, is.Equal(passed(), stopAt), "ended after")
		assert.Check(t, w.s.count("delete", kindDeployment) == 1 && w.s.count("delete", kindIntegration) == 0, "%+v", callCounts(w.s))
		assert.Check(t, !slices.Contains(w.j.stages(kindDeployment), journal.Gone), "the delete isn't confirmed")
	})
}

// A refusal ends an undo. What was undone before stays undone, and the next undo does the rest.
func TestUndoRefused(t *testing.T) {
	t.Parallel()
	for _, op := range []string{"delete", "read"} {
		bubble(t, func(t *testing.T, w *world) {
			w.mustSetUp(t)
			items := w.planUndo(t)
			w.s.calls = nil
			w.s.faults = on(op, kindIntegration, 1, fault{before: refused(http.StatusForbidden)})
			_, err := w.applyUndo(t, items)
			assert.Assert(t, status(err) == http.StatusForbidden && w.s.number(kindApp) == 1, "%s: got %v", op, err)
			w.again()
			w.undo(t)
			assert.Check(t, is.Len(w.s.state(), 0), op)
		})
	}
}

// A plan of an undo fails where it cannot read, and takes no refusal for "gone".
func TestUndoPlanRefused(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		w.mustSetUp(t)
		incomplete := errors.New("incomplete")
		for _, f := range []func(call) fault{
			on("read", kindDeployment, 0, fault{before: incomplete}), on("list", kindDeployment, 0, fault{before: incomplete}),
		} {
			w.s.faults = f
			_, err := engine.PlanUndo(t.Context(), w.undoKinds(), engine.Config{}, w.j.pastRun())
			assert.ErrorIs(t, err, incomplete)
		}
	})
}

// What its service keeps, and is gone all the same, goes away with something else.
func TestUndoOfLastingThatIsGone(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		w.mustSetUp(t)
		lasting := objectOf(w.s, kindApp)
		lasting.Lasts = "the service keeps it"
		w.s.faults = on("read", kindApp, 0, fault{before: &apiclient.Error{Service: apiclient.Okta, Status: http.StatusNotFound}})
		items, err := engine.PlanUndo(t.Context(), []engine.UndoKind{engine.Undoing(lasting)}, engine.Config{}, w.j.pastRun())
		assert.NilError(t, err)
		assert.Check(t, is.Len(engine.Shown(items), 0))
	})
}

func TestUndoWords(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		edited(t, w, fields{}, fields{note: {"new"}})
		reported, lasting := w.marked(kindApp), objectOf(w.s, kindApp)
		reported.Restored, lasting.Lasts = "its own words", "the service keeps it"
		for want, object := range map[engine.Act]engine.Object[object]{engine.Restore: reported, engine.Keep: lasting} {
			items, err := engine.PlanUndo(t.Context(), []engine.UndoKind{engine.Undoing(object)}, engine.Config{}, w.j.pastRun())
			why := object.Restored + object.Lasts
			assert.Check(t, err == nil && len(items) == 1 && items[0].Act == want && items[0].Why == why, "%v, %+v", err, items)
		}
	})
}
