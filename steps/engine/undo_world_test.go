package engine_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
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
	o.Ours = func(o object, e engine.Entry, run string) bool { return o.RunID == run && o.Name == e.Name }
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
func (w *world) planUndo(t *testing.T, others ...engine.Record) []engine.Item {
	t.Helper()
	items, err := engine.PlanUndo(t.Context(), w.undoKinds(), engine.Config{}, w.j.record(), others...)
	assert.NilError(t, err)
	return items
}

// undo undoes the world's run, and returns what the user sees of it.
func (w *world) undo(t *testing.T, others ...engine.Record) []engine.Item {
	t.Helper()
	var shown []engine.Item
	err := engine.ApplyUndo(t.Context(), w.planUndo(t, others...), w.stop, w.j.reverse, func(i engine.Item) { shown = append(shown, i) })
	assert.NilError(t, err)
	return shown
}

// edited is a world in which a run changed one object of the given fields, step by step, and nothing is young any more.
func edited(t *testing.T, w *world, before map[string]engine.Value, steps ...map[string]engine.Value) *object {
	t.Helper()
	w.s.put(object{Kind: kindApp, Name: "messenger", Fields: before})
	w.scope = engine.Sections()
	for _, fields := range steps {
		run := engine.New(engine.Config{Journal: w.j})
		add(run, "app", "okta", exactly{wanting{w.resource(kindApp, "messenger", fields, nil)}})
		_, err := run.Plan(t.Context(), w.scope)
		assert.NilError(t, err)
		assert.NilError(t, run.Apply(t.Context(), w.scope, engine.NewStop()))
	}
	time.Sleep(window)
	return &w.s.get(kindApp, "app-messenger").object
}

// exactly wants the fields as they are given, and the members of a list, too.
type exactly struct{ wanting }

func (e exactly) Want(_ context.Context, _ engine.Stage, now object, _ *engine.Look) (object, string, error) {
	for _, f := range e.Fields {
		if v, given := e.fields[f.Name]; given {
			f.Set(&now, v)
		}
	}
	return now, "it differs", nil
}
