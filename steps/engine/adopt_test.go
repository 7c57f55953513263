package engine_test

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// section sets up one section in a run that adopts what the earlier run of the session found out.
func (w *world) section(t *testing.T, earlier *graph, section guide.SectionID) (graph, engine.Plan, error) {
	t.Helper()
	g := w.graph()
	w.scope = engine.Sections(section)
	if earlier != nil {
		g.Adopt(earlier.Run, w.scope)
	}
	plan, err := w.carryOut(t.Context(), g.Run)
	w.scope = engine.Sections()
	return g, plan, err
}

// A session goes from section to section, each in its own run. What one found out, none asks for again.
func TestSectionBySection(t *testing.T) {
	t.Parallel()
	sections := []guide.SectionID{"okta", "genesys", "messenger"}
	firstOf := map[guide.StepID]guide.SectionID{"app": "okta", "integration": "genesys", "deployment": "messenger"}
	each(t, befores, func(t *testing.T, w *world, before func(*world)) {
		before(w)
		var earlier *graph
		for _, section := range sections {
			g, plan, err := w.section(t, earlier, section)
			assert.NilError(t, err)
			for _, c := range plan.Changes {
				first := firstOf[c.Step]
				assert.Check(t, first == "" || first == section, "the plan of %s has %+v", section, c)
			}
			earlier = &g
		}
		atOnce := newWorld()
		before(atOnce)
		atOnce.mustSetUp(t)
		assert.Check(t, is.DeepEqual(w.s.state(), atOnce.s.state()), "(-by section +at once)")
		for name, n := range callCounts(w.s) {
			assert.Check(t, n <= 1 || name[:5] != "list " || name == "list origin", "%s: %d calls", name, n)
		}
		w.wantOneOfEach(t)
	})
}

// What is not part of an apply is taken as it is, and never written to.
func TestSectionOutOfScope(t *testing.T) {
	t.Parallel()
	each(t, befores, func(t *testing.T, w *world, before func(*world)) {
		before(w)
		_, _, err := w.section(t, nil, "messenger")
		if w.s.number(kindIntegration) == 0 {
			assert.ErrorContains(t, err, `integration "sso" doesn't exist yet`)
		} else {
			assert.NilError(t, err)
		}
		for _, c := range w.s.calls {
			assert.Check(t, c.Kind == kindDeployment || c.Op == "list" || c.Op == "read", "%+v", c)
		}
	})
}

// A section that failed is planned again by the next run, with nothing of the failure left.
func TestAdoptAfterFailure(t *testing.T) {
	t.Parallel()
	eachKind(t, ops, func(t *testing.T, w *world, kind guide.ObjectKind, op string) {
		failed := w.graph()
		w.s.faults = on(op, kind, 1, fault{before: refused(403)})
		_, err := w.carryOut(t.Context(), failed.Run)
		assert.Equal(t, status(err), 403, "got %v", err)
		w.again()
		g := w.graph()
		g.Adopt(failed.Run, engine.Nodes("check")) // all but one are out of scope
		_, err = w.carryOut(t.Context(), g.Run)
		assert.NilError(t, err)
		w.wantOneOfEach(t)
	})
}

// A session plans section by section, and applies all of it in the last run: no node of an earlier run is asked.
func TestAdoptPlanned(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		earlier := w.graph()
		planned, err := earlier.Plan(t.Context(), w.scope)
		assert.NilError(t, err)
		g := w.graph()
		g.Adopt(earlier.Run, engine.Nodes("check"))
		plan, err := w.carryOut(t.Context(), g.Run)
		assert.Assert(t, err == nil && plan.Same(planned), "%v, %+v", err, plan)
		w.wantOneOfEach(t)
	})
}

// What is in scope is planned again: others may have changed it.
func TestAdoptInScope(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		earlier, _, err := w.section(t, nil, "okta")
		assert.NilError(t, err)
		w.s.edit(kindApp, "app-messenger", func(o *object) { o.Fields[title] = engine.Value{"By others"} })
		_, plan, err := w.section(t, &earlier, "okta")
		assert.Check(t, err == nil && plan.Changes[0].Verb == engine.Update, "%v, %+v", err, plan)
		assert.Check(t, is.DeepEqual(w.s.get(kindApp, "app-messenger").Fields[title], engine.Text("Messenger")))
	})
}

func TestPlanSame(t *testing.T) {
	t.Parallel()
	base := engine.Change{Step: "app", Verb: engine.Update, Kind: kindApp, Name: "a", Why: "w", ID: "1"}
	plan := func(changes ...engine.Change) engine.Plan { return engine.Plan{Changes: changes} }
	assert.Check(t, plan(base).Same(plan(base)) && !plan(base).Same(plan(base, base)))
	for name, other := range map[string]func(*engine.Change){
		"verb": func(c *engine.Change) { c.Verb = engine.Reuse }, "kind": func(c *engine.Change) { c.Kind = kindOrigin },
		"name": func(c *engine.Change) { c.Name = "b" }, "why": func(c *engine.Change) { c.Why = "x" }, "ID": func(c *engine.Change) { c.ID = "2" },
	} {
		changed := base
		other(&changed)
		assert.Check(t, !plan(base).Same(plan(changed)), "another %s", name)
	}
}

func TestLedger(t *testing.T) {
	t.Parallel()
	change := func(verb engine.Verb, unready bool) engine.Change {
		return engine.Change{Verb: verb, Kind: kindApp, Name: "a", ID: "1", Unready: unready}
	}
	created, updated, reused, unready := change(engine.Create, false), change(engine.Update, false), change(engine.Reuse, false), change(engine.Create, true)
	for name, tc := range map[string]struct{ first, then, want engine.Change }{
		"reuse, update":         {reused, updated, updated},
		"create, reuse":         {created, reused, created},
		"create, update":        {created, updated, created},
		"unready, ready":        {unready, created, created},
		"unready, reused later": {unready, reused, created},
	} {
		l := new(engine.Ledger)
		l.Note(tc.first)
		l.Note(tc.then)
		assert.Check(t, is.DeepEqual(l.Made(), []engine.Change{tc.want}), name)
		l.Undo(tc.want)
		assert.Check(t, is.Len(l.Made(), 0), name)
		assert.Check(t, is.DeepEqual(l.Undone(), []engine.Change{tc.want}), name)
	}
}
