package engine_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// A run is cut off at a kind, under lag, and the next one begins at once.
func TestJournalFirst(t *testing.T) {
	t.Parallel()
	blind := map[string]bool{"reads": false, "reads and writes": true}
	eachKind(t, blind, func(t *testing.T, w *world, kind guide.ObjectKind, blind bool) {
		w.s.lag, w.s.blind = 4*time.Second, blind
		w.s.faults = on("create", kind, 1, fault{before: refused(http.StatusForbidden)})
		_, err := w.setUp(t.Context())
		assert.Equal(t, status(err), http.StatusForbidden, "got %v", err)
		w.wantRecovery(t)
	})
}

// What the journal knows is read by its ID before anything is created, and missing only after the window.
func TestJournalObjectGone(t *testing.T) {
	t.Parallel()
	type c struct {
		age    time.Duration
		waited bool
	}
	each(t, map[string]c{
		"young":              {5 * time.Second, true},
		"just in the window": {window - time.Millisecond, true},
		"old":                {window, false},
	}, func(t *testing.T, w *world, tc c) {
		w.mustSetUp(t)
		time.Sleep(tc.age)
		assert.NilError(t, w.s.delete(t.Context(), kindApp, "app-messenger"))
		w.again()
		w.s.calls = nil
		passed := started()
		plan, err := w.graph().Plan(t.Context(), engine.Nodes("app"))
		assert.Assert(t, err == nil && plan.Changes[0].Verb == engine.Create, "%v, %+v", err, plan.Changes)
		first := w.s.calls[0]
		assert.Check(t, first.Op == "read" && first.Name == "app-messenger", "the first call is %+v", first)
		assert.Check(t, passed() > 0 == tc.waited && passed() <= window, "waited for %v", passed())
	})
}

// A refusal to read what the journal knows does not mean that it is gone.
func TestJournalObjectRefused(t *testing.T) {
	t.Parallel()
	for _, refusal := range []int{http.StatusForbidden, http.StatusInternalServerError} {
		bubble(t, func(t *testing.T, w *world) {
			w.mustSetUp(t)
			w.again()
			w.s.faults = on("read", kindApp, 0, fault{before: refused(refusal)})
			_, err := w.setUp(t.Context())
			assert.Check(t, status(err) == refusal && w.s.number(kindApp) == 1, "got %v, %d apps", err, w.s.number(kindApp))
		})
	}
}

// The API of a reference says in its own refusal that it does not see a young object.
func TestUnseenReference(t *testing.T) {
	t.Parallel()
	type c struct {
		known, young bool
		refusals     int
		succeeds     bool
	}
	each(t, map[string]c{
		"soon visible": {true, true, 3, true},
		"never":        {true, true, 0, false},
		"not young":    {true, false, 3, false},
		"not known":    {false, true, 3, false},
	}, func(t *testing.T, w *world, tc c) {
		existing(w)
		if tc.young {
			w.s.objects = slices.DeleteFunc(w.s.objects, func(o *stored) bool { return o.ID == "integration-sso" })
		}
		w.unseen = func(err error) bool { return tc.known && status(err) == http.StatusBadRequest }
		w.s.faults = func(c call) fault {
			if c.Op == "write" && c.Kind == kindDeployment && (tc.refusals == 0 || c.Nth <= tc.refusals) {
				return fault{before: refused(http.StatusBadRequest)}
			}
			return fault{}
		}
		w.scope = engine.Nodes("integration", "deployment")
		passed := started()
		_, err := w.setUp(t.Context())
		assert.Check(t, is.Equal(err == nil, tc.succeeds), "got %v", err)
		// A reference that is really wrong is not tried for as long as an object may be invisible.
		assert.Check(t, passed() <= 10*time.Second, "waited for %v", passed())
	})
}

// fitting takes an object that the journal knows only if it has a title.
type fitting struct{ wanting }

func (fitting) Fits(_ context.Context, o object) (bool, error) { return o.Fields[title] != nil, nil }

func TestJournalObjectUnfit(t *testing.T) {
	t.Parallel()
	type c struct {
		of   func(w wanting) engine.Resource[object]
		want engine.Verb
	}
	each(t, map[string]c{
		"any":     {func(w wanting) engine.Resource[object] { return w }, engine.Reuse},
		"fitting": {func(w wanting) engine.Resource[object] { return fitting{w} }, engine.Create},
	}, func(t *testing.T, w *world, tc c) {
		w.mustSetUp(t)
		w.s.edit(kindApp, "app-messenger", func(o *object) {
			o.Name = "renamed"
			delete(o.Fields, title)
		})
		run := engine.New(engine.Config{Journal: w.j})
		add(run, "app", "okta", tc.of(wanting{w.resource(kindApp, "messenger", nil, nil)}))
		plan, err := run.Plan(t.Context(), engine.Sections())
		assert.Check(t, err == nil && plan.Changes[0].Verb == tc.want, "%v, %+v", err, plan.Changes)
	})
}

// A list that cannot be read to its end is an error wherever it is read.
func TestIncompleteList(t *testing.T) {
	t.Parallel()
	incomplete := errors.New("the list is incomplete")
	eachKind(t, map[string]bool{"first": false, "after a lost answer": true}, func(t *testing.T, w *world, kind guide.ObjectKind, isLost bool) {
		fails := 1
		w.s.faults = func(c call) fault {
			switch {
			case isLost && c.Op == "create" && c.Kind == kind && c.Nth == 1:
				fails = w.s.count("list", kind) + 2
				return fault{before: lost(0)}
			case c.Op == "list" && c.Kind == kind && c.Nth == fails && (!isLost || fails > 1):
				return fault{before: incomplete}
			}
			return fault{}
		}
		_, err := w.setUp(t.Context())
		assert.ErrorIs(t, err, incomplete)
		n := w.s.number(kind)
		assert.Check(t, n == 0 || isLost && kind == kindOrigin && n == 1, "%d created", n)
		assert.Check(t, isLost || w.s.writes() == 0, "written")
		w.wantRecovery(t)
	})
}

// Two creates of an object got no answer: the newer one may still become visible.
func TestLostTwice(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		w.scope = engine.Nodes("app")
		w.s.lag = 20 * time.Second
		w.s.faults = first(on("create", kindApp, 1, fault{before: lost(0)}), on("create", kindApp, 2, fault{after: lost(0)}))
		_, err := w.setUp(t.Context())
		assert.Assert(t, err != nil, "two lost answers went unnoticed")
		w.again()
		w.mustSetUp(t)
		assert.Check(t, is.Equal(w.s.number(kindApp), 1))
	})
}
