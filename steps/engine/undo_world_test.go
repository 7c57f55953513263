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

// marked is an object that carries the mark of its run.
type marked struct{ kindOf }

func (marked) Taken(o object) string {
	if o.RunID == "" {
		return "others took it over"
	}
	return ""
}

func (m marked) Trace(ctx context.Context, e engine.Entry, run string) ([]engine.Ref, error) {
	all, err := m.s.list(ctx, m.kind)
	return engine.RefsOf(all, m.Ref, func(o object) bool { return o.RunID == run && o.Name == e.Name }), err
}

// within goes away with the object that contains it.
type within struct {
	kindOf
	whole guide.ObjectKind
}

func (p within) Within(at engine.Ref) (guide.ObjectKind, string) {
	if len(at.In) == 0 {
		return p.whole, at.ID
	}
	return p.whole, at.In[0]
}

// used is kept while objects of another kind refer to it, unless the plan deletes or restores these.
type used struct {
	marked
	by guide.ObjectKind
}

func (k used) Users(ctx context.Context, now object, _ engine.Entry, u *engine.Undo) (string, error) {
	all, err := k.s.list(ctx, k.by)
	for _, o := range all {
		if restored, ok := u.Restored(k.by, o.ID); ok {
			o = restored.(object)
		}
		if slices.Contains(o.Fields[refs], now.ID) && !u.Going(k.by, o.ID) {
			return "the " + string(k.by) + " " + o.Name + " uses it", nil
		}
	}
	return "", err
}

// lasting is never deleted.
type lasting struct{ kindOf }

func (lasting) Lasts() string { return "the service keeps it" }

// told has its own words.
type told struct{ marked }

func (told) Undone(verb engine.Verb) string { return "its own words for " + string(verb) }

// undoKinds are all kinds, in the order in which they are undone.
func (w *world) undoKinds() []engine.UndoKind {
	of := func(kind guide.ObjectKind) kindOf { return kindOf{w.s, kind} }
	return []engine.UndoKind{
		engine.Undoing[object](marked{of(kindDeployment)}),
		engine.Undoing[object](within{of(kindSettings), kindIntegration}),
		engine.Undoing[object](within{of(kindCredential), kindIntegration}),
		engine.Undoing[object](used{marked{of(kindIntegration)}, kindDeployment}),
		engine.Undoing[object](marked{of(kindOrigin)}),
		engine.Undoing[object](within{of(kindAssignment), kindApp}),
		engine.Undoing[object](used{marked{of(kindApp)}, kindOrigin}),
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
		engine.Add(run, "app", "okta", exactly{wanting{w.resource(kindApp, "messenger", fields, nil)}})
		_, err := run.Plan(t.Context(), w.scope)
		assert.NilError(t, err)
		assert.NilError(t, run.Apply(t.Context(), w.scope, engine.NewStop()))
	}
	time.Sleep(window)
	return &w.s.get(kindApp, "app-messenger").object
}

// exactly wants the fields as they are given, and the members of a list, too.
type exactly struct{ wanting }

func (e exactly) Want(_ context.Context, _ engine.Stage, now object, _ *engine.Look) (engine.Desired[object], error) {
	for _, f := range e.Fields() {
		if v, given := e.fields[f.Name]; given {
			f.Set(&now, v)
		}
	}
	return engine.Desired[object]{Value: now, Why: "it differs"}, nil
}
