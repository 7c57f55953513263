package engine_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// waits are all waits of an apply: how a world gets into one, and the event or call after which it is in it.
var waits = map[string]struct {
	begin func(*world)
	scope engine.Scope
}{
	"until ready": {func(w *world) { w.s.slow = time.Hour }, engine.Nodes("integration")},
	"until ready, reused": {func(w *world) {
		w.s.slow = time.Hour
		w.s.put(object{Kind: kindIntegration, Name: "sso", Fields: map[string]engine.Value{note: {"made"}}})
	}, engine.Nodes("integration")},
	"after a lost answer": {func(w *world) { w.s.faults = on("create", kindApp, 1, fault{before: lost(0)}) }, engine.Nodes("app")},
	"while a write is refused": {func(w *world) {
		w.s.faults = on("create", kindAssignment, 0, fault{before: refused(http.StatusNotFound)})
	}, engine.Nodes("app", "assignment")},
	"while a read finds nothing": {func(w *world) { w.s.lag = time.Hour }, engine.Nodes("app", "assignment", "integration", "credential", "settings")},
}

func TestStopEndsWaits(t *testing.T) {
	t.Parallel()
	for name, tc := range waits {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in(t, func(t *testing.T, w *world) {
				tc.begin(w)
				w.scope = tc.scope
				const stopAt = 1700 * time.Millisecond // in a pause
				time.AfterFunc(stopAt, w.stop.Stop)
				passed := started()
				_, err := w.setUp(t.Context())
				if err == nil || passed() != stopAt {
					t.Errorf("got %v after %v", err, passed())
				}
			})
		})
	}
}

// A failure elsewhere ends the same waits, and is what is reported.
func TestFailureEndsWaits(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken elsewhere")
	for name, tc := range waits {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in(t, func(t *testing.T, w *world) {
				tc.begin(w)
				const failsAt = 1700 * time.Millisecond
				g := w.graph()
				engine.AddCheck(g.Run, "elsewhere", "okta", func(context.Context, *engine.Look) (int, error) {
					time.Sleep(failsAt)
					return 0, broken
				})
				scope := func(id guide.StepID, _ guide.SectionID) bool { return id == "elsewhere" || tc.scope(id, "") }
				if _, err := g.Plan(t.Context(), scope); err != nil {
					t.Fatal(err)
				}
				passed := started()
				err := g.Apply(t.Context(), scope, w.stop)
				assert.Check(t, is.Equal(passed(), failsAt), "ended after")
				// The lost answer comes first in the guide.
				if name != "after a lost answer" {
					wantErr(t, err, broken)
				}
			})
		})
	}
}

// A failure elsewhere keeps an update from being sent that was still being compared.
func TestFailureBeforeNextChange(t *testing.T) {
	t.Parallel()
	in(t, func(t *testing.T, w *world) {
		existing(w)
		g := w.graph()
		scope := engine.Nodes("app", "integration")
		_, err := g.Plan(t.Context(), scope)
		assert.NilError(t, err)
		w.s.delay = func(c call) time.Duration {
			return map[guide.ObjectKind]time.Duration{kindApp: time.Second, kindIntegration: 10 * time.Second}[c.Kind]
		}
		w.s.faults = on("write", kindApp, 0, fault{before: refused(http.StatusForbidden)})
		if err := g.Apply(t.Context(), scope, w.stop); status(err) != http.StatusForbidden || w.s.count("write", kindIntegration) != 0 {
			t.Errorf("got %v, %+v", err, callCounts(w.s))
		}
	})
}

func TestCancelEndsWaits(t *testing.T) {
	t.Parallel()
	left := errors.New("the user left")
	for name, tc := range waits {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in(t, func(t *testing.T, w *world) {
				tc.begin(w)
				w.scope = tc.scope
				ctx, cancel := context.WithCancelCause(t.Context())
				defer cancel(nil)
				const leftAt = 1700 * time.Millisecond
				time.AfterFunc(leftAt, func() { cancel(left) })
				passed := started()
				_, err := w.setUp(ctx)
				wantErr(t, err, left)
				assert.Check(t, is.Equal(passed(), leftAt), "ended after")
			})
		})
	}
}

// Cancel ends a plan, too, with every call of it.
func TestCancelEndsPlan(t *testing.T) {
	t.Parallel()
	in(t, func(t *testing.T, w *world) {
		w.s.delay = func(call) time.Duration { return time.Hour }
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		passed := started()
		_, err := w.graph().Plan(ctx, w.scope)
		wantErr(t, err, context.DeadlineExceeded)
		assert.Check(t, is.Equal(passed(), time.Second), "ended after")
	})
}

// Stop comes while any one call of an apply is under way: that call ends well, and no other change is sent.
func TestStopBeforeNextChange(t *testing.T) {
	t.Parallel()
	for nth := 1; ; nth++ {
		reached := false
		in(t, func(t *testing.T, w *world) {
			existing(w)
			g := w.graph()
			if _, err := g.Plan(t.Context(), w.scope); err != nil {
				t.Fatal(err)
			}
			w.s.delay = delays(nth)
			writes, n := 0, 0
			w.s.faults = func(c call) fault {
				if n++; n != nth {
					return fault{}
				}
				reached = true
				return fault{act: func() {
					w.stop.Stop()
					writes = w.s.writes()
				}}
			}
			err := g.Apply(t.Context(), w.scope, w.stop)
			if !reached {
				return
			}
			assert.Check(t, is.Equal(w.s.writes(), writes), "stop at call %d", nth)
			assert.Check(t, err == nil || errors.Is(err, engine.ErrStopped), "stop at call %d: %v", nth, err)
			assert.Check(t, err != nil || len(w.j.entries) >= 7,
				"stop at call %d: no error after %d changes", nth, len(w.j.entries))
			for _, e := range w.j.entries {
				assert.Check(t, is.Equal(e.receipt, made), "stop at call %d: the receipt of %s", nth, e.Kind)
			}
			w.again()
			w.s.delay = nil
			w.mustSetUp(t)
			w.wantOneOfEach(t)
		})
		if !reached {
			assert.Assert(t, nth >= 10, "an apply has only %d calls", nth)
			return
		}
	}
}

// After Stop, nothing is sent again: neither what a look did not find, nor what was refused for another change.
func TestStopBeforeSendingAgain(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault fault
		want  int // status
	}{
		"lost create":     {fault{before: lost(http.StatusServiceUnavailable)}, http.StatusServiceUnavailable},
		"lost update":     {fault{before: lost(http.StatusBadGateway)}, http.StatusBadGateway},
		"conflict update": {fault{before: refused(http.StatusConflict)}, http.StatusConflict},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in(t, func(t *testing.T, w *world) {
				w.scope = engine.Nodes("app")
				if name != "lost create" {
					existing(w)
				}
				sent := 0
				w.s.faults = func(c call) fault {
					switch {
					case c.Op == "create" || c.Op == "write":
						sent++
						return tc.fault
					case sent > 0: // the look after it lasts until the window is over
						return fault{act: func() {
							time.Sleep(2 * window)
							w.stop.Stop()
						}}
					}
					return fault{}
				}
				_, err := w.setUp(t.Context())
				assert.Check(t, sent == 1 && status(err) == tc.want, "sent %d times, got %v", sent, err)
			})
		})
	}
}

func TestStopBeforeApply(t *testing.T) {
	t.Parallel()
	in(t, func(t *testing.T, w *world) {
		existing(w)
		w.stop.Stop()
		w.stop.Stop()
		_, err := w.setUp(t.Context())
		wantErr(t, err, engine.ErrStopped)
		if w.s.writes() != 0 || len(w.j.entries) != 0 {
			t.Errorf("%d writes, %d entries", w.s.writes(), len(w.j.entries))
		}
	})
}
