package engine_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// marked is an object that carries the mark of its run. It is kept while objects of another kind refer to it, unless the
// plan deletes or restores these.
func (w *world) marked(kind guide.ObjectKind, usedBy ...guide.ObjectKind) engine.Object[object] {
	o := objectOf(w.s, kind)
	o.Taken = func(o object) string {
		if o.RunID == "" {
			return "others took it over"
		}
		return ""
	}
	o.Trace = func(ctx context.Context, _ engine.Entry) ([]object, error) { return w.s.list(ctx, kind) }
	o.CreatedByRun = func(o object, e engine.Entry, run string) bool { return o.RunID == run && o.Name == e.Name }
	o.Users = func(ctx context.Context, now object, _ engine.Entry, u *engine.Undo) (string, error) {
		for _, by := range usedBy {
			all, err := w.s.list(ctx, by)
			if err != nil {
				return "", err
			}
			for _, o := range all {
				if restored, ok := u.Restored(by, o.ID); ok {
					o = restored.(object)
				}
				if slices.Contains(o.Fields[refs], now.ID) && !u.Going(by, o.ID) {
					return "the " + string(by) + " " + o.Name + " uses it", nil
				}
			}
		}
		return "", nil
	}
	return o
}

// within goes away with the object that contains it.
func (w *world) within(kind, whole guide.ObjectKind) engine.Object[object] {
	o := objectOf(w.s, kind)
	o.Within = func(at engine.Ref) (guide.ObjectKind, string) {
		if len(at.In) == 0 {
			return whole, at.ID
		}
		return whole, at.In[0]
	}
	return o
}

// undoKinds are all kinds, in the order in which they are undone.
func (w *world) undoKinds() []engine.UndoKind {
	return []engine.UndoKind{
		engine.Undoing(w.marked(kindDeployment)),
		engine.Undoing(w.within(kindSettings, kindIntegration)),
		engine.Undoing(w.within(kindCredential, kindIntegration)),
		engine.Undoing(w.marked(kindIntegration, kindDeployment)),
		engine.Undoing(w.marked(kindOrigin)),
		engine.Undoing(w.within(kindAssignment, kindApp)),
		engine.Undoing(w.marked(kindApp, kindOrigin)),
	}
}

// planUndo plans to undo the world's run.
func (w *world) planUndo(t *testing.T, others ...engine.PastRun) []engine.Item {
	t.Helper()
	items, err := engine.PlanUndo(t.Context(), w.undoKinds(), engine.Config{}, w.j.pastRun(), others...)
	assert.NilError(t, err)
	return items
}

// applyUndo carries a plan out, and returns what the user sees of it.
func (w *world) applyUndo(t *testing.T, items []engine.Item) (shown []engine.Item, err error) {
	t.Helper()
	err = engine.ApplyUndo(t.Context(), items, w.stop, journal.Undoing{Journal: w.j.Journal}.Gone, func(i engine.Item) { shown = append(shown, i) })
	return shown, err
}

// undo undoes the world's run.
func (w *world) undo(t *testing.T, others ...engine.PastRun) []engine.Item {
	t.Helper()
	shown, err := w.applyUndo(t, w.planUndo(t, others...))
	assert.NilError(t, err)
	return shown
}

// change has runs give the app exactly these fields, step by step.
func (w *world) change(t *testing.T, steps ...fields) {
	t.Helper()
	for _, f := range steps {
		run := engine.New(engine.Config{Journal: w.j})
		add(run, "app", "okta", exactly{wanting{w.resource(kindApp, "messenger", f, nil)}})
		_, err := w.carryOut(t.Context(), run)
		assert.NilError(t, err)
	}
}

// edited is an app that a run changed step by step, when nothing is young any more.
func edited(t *testing.T, w *world, before fields, steps ...fields) *object {
	t.Helper()
	w.s.put(object{Kind: kindApp, Name: "messenger", Fields: before})
	w.change(t, steps...)
	time.Sleep(window)
	return &w.s.get(kindApp, "app-messenger").object
}

// exactly wants the fields as they are given, and the members of a list, too.
type exactly struct{ wanting }

func (e exactly) Want(_ context.Context, _ engine.Stage, now object, _ *engine.Notes) (object, string, error) {
	for _, f := range e.Fields {
		if v, given := e.fields[f.Name]; given {
			f.Set(&now, v)
		}
	}
	return now, "it differs", nil
}

// runJournal is the journal of a run, kept in memory, that can't be written at times.
type runJournal struct {
	*journal.Journal
	unwritten func(kind guide.ObjectKind, s journal.Stage) error // nil: every entry can be written
}

func newRunJournal() *runJournal {
	j := &runJournal{Journal: journal.New(nil, "test", guide.NewAnswers())}
	j.Continue(journal.Run{ID: "run-1"})
	return j
}

func (j *runJournal) write(kind guide.ObjectKind, s journal.Stage) error {
	if j.unwritten == nil {
		return nil
	}
	return j.unwritten(kind, s)
}

func (j *runJournal) Intend(c engine.Change) (int, error) {
	if err := j.write(c.Kind, journal.Intended); err != nil {
		return 0, err
	}
	return j.Journal.Intend(c)
}

func (j *runJournal) Settle(i int, id string, failed error) error {
	if err := j.Journal.Settle(i, id, failed); err != nil {
		return err
	}
	e := j.entries()[i]
	return j.write(e.Kind, e.Stage)
}

func (j *runJournal) entries() []journal.Entry { return j.Run().Entries }

// pastRun returns what is left to undo.
func (j *runJournal) pastRun() engine.PastRun { return j.Run().PastRun() }

// stages returns what became of the changes of a kind.
func (j *runJournal) stages(kind guide.ObjectKind) []journal.Stage {
	var out []journal.Stage
	for _, e := range j.entries() {
		if e.Kind == kind {
			out = append(out, e.Stage)
		}
	}
	return out
}

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
