package engine_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

func TestSettle(t *testing.T) {
	t.Parallel()
	type c struct {
		slow, lag time.Duration
		before    func(*world)
		ready     bool
	}
	each(t, map[string]c{
		"at once":            {0, 0, nothing, true},
		"slow":               {20 * time.Second, 0, nothing, true},
		"slow and unseen":    {20 * time.Second, 10 * time.Second, nothing, true},
		"slow update":        {20 * time.Second, 0, existing, true},
		"at the last moment": {29 * time.Second, 0, nothing, true},
		"never":              {time.Hour, 0, nothing, false},
		"never an update":    {time.Hour, 0, existing, false},
	}, func(t *testing.T, w *world, tc c) {
		tc.before(w)
		w.s.slow, w.s.lag = tc.slow, tc.lag
		w.scope = engine.Nodes("integration")
		passed := started()
		_, err := w.setUp(t.Context())
		assert.Check(t, is.Equal(err == nil, tc.ready), "got %v", err)
		waited := passed()
		assert.Check(t, waited >= min(tc.slow, 30*time.Second) && waited <= 33*time.Second, "waited for %v", waited)
		if !tc.ready {
			assert.ErrorContains(t, err, `After 30 seconds, the integration "sso" still isn't ready`)
		}
		c := w.ledger.Made()
		assert.Check(t, len(c) == 1 && c[0].Unready != tc.ready && c[0].Writes(), "the ledger has %+v", c)
	})
}

// A run that reuses what an earlier one left unready waits for it, and does not write again.
func TestSettleReused(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		w.s.slow = 40 * time.Second
		w.scope = engine.Nodes("integration")
		_, err := w.setUp(t.Context())
		assert.Assert(t, err != nil, "no error")
		ledger := w.ledger
		w.again()
		w.ledger = ledger // the same session
		w.mustSetUp(t)
		assert.Check(t, is.Equal(w.s.writes(), 1))
		assert.Check(t, w.s.shown(w.s.objects[0]).Ready)
		c := w.ledger.Made()
		assert.Check(t, len(c) == 1 && !c[0].Unready && c[0].Verb == engine.Create, "the ledger has %+v", c)
	})
}

// A refusal while it waits is an error; a look that finds nothing yet is not.
func TestSettleRefused(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		w.s.slow = 10 * time.Second
		missing, no := fault{before: refused(http.StatusNotFound)}, fault{before: refused(http.StatusForbidden)}
		w.s.faults = first(on("read", kindIntegration, 1, missing), on("read", kindIntegration, 2, missing), on("read", kindIntegration, 3, no))
		w.scope = engine.Nodes("integration")
		_, err := w.setUp(t.Context())
		assert.Check(t, is.Equal(status(err), http.StatusForbidden), "got %v", err)
	})
}

func TestEvents(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		var phases []engine.Phase
		w.emit = func(ev engine.Event) {
			if len(phases) == 0 || phases[len(phases)-1] != ev.Phase {
				phases = append(phases, ev.Phase)
			}
		}
		w.s.slow = 10 * time.Second
		w.scope = engine.Nodes("integration")
		w.s.faults = on("create", kindIntegration, 1, fault{before: lost(0)})
		w.mustSetUp(t)
		want := []engine.Phase{engine.Working, engine.Paused, engine.Waiting, engine.Finished}
		assert.Check(t, slices.Equal(phases, want), "got %v, want %v", phases, want)
	})
}

// A panic in a resource is an error of its node. What was under way elsewhere is finished, and nothing else begins.
func TestPanic(t *testing.T) {
	t.Parallel()
	eachKind(t, ops, func(t *testing.T, w *world, kind guide.ObjectKind, op string) {
		w.s.delay = delays(1)
		w.s.faults = on(op, kind, 1, fault{act: func() { panic("broken resource") }})
		_, err := w.setUp(t.Context())
		assert.ErrorContains(t, err, "broken resource")
		for _, e := range w.j.entries() {
			assert.Check(t, e.Stage == journal.Made || e.Kind == kind, "%s is %s", e.Kind, e.Stage)
		}
		w.wantRecovery(t)
	})
}

func TestPanicElsewhere(t *testing.T) {
	t.Parallel()
	breaks := func(context.Context, *engine.Notes) (int, error) { panic("broken") }
	each(t, map[string]func(*engine.Run){
		"lookup": func(r *engine.Run) { engine.AddLookup(r, "lookup", "okta", breaks) },
		"check":  func(r *engine.Run) { engine.AddCheck(r, "check", "okta", breaks) },
		"set": func(r *engine.Run) {
			engine.AddSet(r, "set", "okta", func(context.Context, *engine.Notes) ([]engine.Resource[object], error) { panic("broken") })
		},
		"resource": func(r *engine.Run) {
			engine.Add(r, "app", "okta", func(context.Context) (engine.Resource[object], error) { panic("broken") })
		},
	}, func(t *testing.T, w *world, addTo func(*engine.Run)) {
		r := engine.New(engine.Config{})
		addTo(r)
		_, err := w.carryOut(t.Context(), r)
		assert.Check(t, is.ErrorContains(err, "broken"))
	})
}

// Two nodes fail while they apply: the calls under way end, and the earlier node's error is the one reported.
func TestTwoFailures(t *testing.T) {
	t.Parallel()
	for seed := range patterns {
		bubble(t, func(t *testing.T, w *world) {
			var both sync.WaitGroup
			both.Add(2)
			together := func() {
				both.Done()
				both.Wait()
			}
			w.s.delay = delays(seed)
			w.s.faults = first(
				on("create", kindApp, 1, fault{act: together, before: refused(http.StatusForbidden)}),
				on("create", kindIntegration, 1, fault{act: together, before: refused(http.StatusConflict)}),
			)
			w.scope = engine.Nodes("app", "integration")
			_, err := w.setUp(t.Context())
			assert.Equal(t, status(err), http.StatusForbidden, "pattern %d: got %v", seed, err)
		})
	}
}

func TestWarnings(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		g := w.graph()
		engine.AddCheck(g.Run, "warns", "okta", func(_ context.Context, notes *engine.Notes) (int, error) {
			notes.Warn("twice")
			notes.Warn("twice")
			return 0, nil
		})
		plan, err := w.carryOut(t.Context(), g.Run)
		n, known := g.checked.Peek()
		assert.Check(t, n == 1 && known && err == nil, "the check saw %d deployments (%v), %v", n, known, err)
		assert.Check(t, is.DeepEqual(g.Warnings(), []string{"twice"}))
		assert.Check(t, len(plan.Notices) == 1 && plan.Notices[0].OK, "%v", plan.Notices)
	})
}
