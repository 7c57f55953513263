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
	"msgsso-wizard/steps/journal"
)

// Stop, a failure elsewhere, and the end of the context end every wait of an apply, and say so.
func TestWaitsEnd(t *testing.T) {
	t.Parallel()
	const endAt = 1700 * time.Millisecond // in a pause
	broken, left := errors.New("broken elsewhere"), errors.New("the user left")
	for by, want := range map[string]error{"stop": engine.ErrStopped, "failure": broken, "cancel": left} {
		type c struct {
			begin func(*world) // gets into the wait
			nodes []guide.StepID
			first bool // its own error comes first in the guide
		}
		each(t, map[string]c{
			by + " until ready": {func(w *world) { w.s.slow = time.Hour }, []guide.StepID{"integration"}, false},
			by + " until ready, reused": {func(w *world) {
				w.s.slow = time.Hour
				w.s.put(object{Kind: kindIntegration, Name: "sso", Fields: map[string]engine.Value{note: {"made"}}})
			}, []guide.StepID{"integration"}, false},
			by + " after a lost answer": {func(w *world) {
				w.s.faults = on("create", kindApp, 1, fault{before: lost(0)})
			}, []guide.StepID{"app"}, true},
			by + " while a write is refused": {func(w *world) {
				w.s.faults = on("create", kindAssignment, 0, fault{before: refused(http.StatusNotFound)})
			}, []guide.StepID{"app", "assignment"}, false},
			by + " while a read finds nothing": {func(w *world) {
				w.s.lag = time.Hour
			}, []guide.StepID{"app", "assignment", "integration", "credential", "settings"}, false},
		}, func(t *testing.T, w *world, tc c) {
			tc.begin(w)
			w.scope = engine.Nodes(append(tc.nodes, "elsewhere")...)
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			g := w.graph()
			switch by {
			case "stop":
				time.AfterFunc(endAt, w.stop.Stop)
			case "cancel":
				time.AfterFunc(endAt, func() { cancel(left) })
			case "failure":
				engine.AddCheck(g.Run, "elsewhere", "okta", func(context.Context, *engine.Notes) (int, error) {
					time.Sleep(endAt)
					return 0, broken
				})
			}
			passed := started()
			_, err := w.carryOut(ctx, g.Run)
			assert.Check(t, is.Equal(passed(), endAt), "ended after")
			if by == "cancel" || !tc.first {
				assert.ErrorIs(t, err, want)
			}
			assert.Check(t, err != nil)
			for _, e := range w.j.entries() { // however the repetition of a refused write ends
				assert.Check(t, e.Stage != journal.Intended || tc.first, "%+v is left open", e)
			}
		})
	}
}

// A failure elsewhere keeps an update from being sent that was still being compared.
func TestFailureBeforeNextChange(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		existing(w)
		w.scope = engine.Nodes("app", "integration")
		w.s.delay = func(c call) time.Duration {
			return map[guide.ObjectKind]time.Duration{kindApp: time.Second, kindIntegration: 10 * time.Second}[c.Kind]
		}
		w.s.faults = on("write", kindApp, 0, fault{before: refused(http.StatusForbidden)})
		_, err := w.setUp(t.Context())
		assert.Check(t, is.Equal(status(err), http.StatusForbidden))
		assert.Check(t, is.Equal(w.s.count("write", kindIntegration), 0))
	})
}

// Cancel ends a plan, too, with every call of it.
func TestCancelEndsPlan(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		w.s.delay = func(call) time.Duration { return time.Hour }
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		passed := started()
		_, err := w.graph().Plan(ctx, w.scope)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Check(t, is.Equal(passed(), time.Second), "ended after")
	})
}

// Stop comes while any one call of an apply is under way: that call ends well, and no other change is sent.
func TestStopBeforeNextChange(t *testing.T) {
	t.Parallel()
	for nth := 1; ; nth++ {
		reached := false
		bubble(t, func(t *testing.T, w *world) {
			existing(w)
			writes, n := 0, 0
			w.planned = func() {
				w.s.delay = delays(nth)
				w.s.faults = func(call) fault {
					if n++; n != nth {
						return fault{}
					}
					reached = true
					return fault{act: func() {
						w.stop.Stop()
						writes = w.s.writes()
					}}
				}
			}
			_, err := w.setUp(t.Context())
			if !reached {
				return
			}
			assert.Check(t, is.Equal(w.s.writes(), writes), "stop at call %d", nth)
			assert.Check(t, err == nil || errors.Is(err, engine.ErrStopped), "stop at call %d: %v", nth, err)
			assert.Check(t, err != nil || len(w.j.entries()) >= 7,
				"stop at call %d: no error after %d changes", nth, len(w.j.entries()))
			for _, e := range w.j.entries() {
				assert.Check(t, is.Equal(e.Stage, journal.Made), "stop at call %d: what became of %s", nth, e.Kind)
			}
			w.s.delay = nil
			w.wantRecovery(t)
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
	type c struct {
		before func(*world)
		err    error
	}
	each(t, map[string]c{
		"lost create":     {nothing, lost(http.StatusServiceUnavailable)},
		"lost update":     {existing, lost(http.StatusBadGateway)},
		"conflict update": {existing, refused(http.StatusConflict)},
	}, func(t *testing.T, w *world, tc c) {
		w.scope = engine.Nodes("app")
		tc.before(w)
		sent := 0
		w.s.faults = func(c call) fault {
			switch {
			case c.Op == "create" || c.Op == "write":
				sent++
				return fault{before: tc.err}
			case sent > 0: // the look after it lasts until the window is over
				return fault{act: func() {
					time.Sleep(2 * window)
					w.stop.Stop()
				}}
			}
			return fault{}
		}
		_, err := w.setUp(t.Context())
		assert.Check(t, sent == 1 && status(err) == status(tc.err), "sent %d times, got %v", sent, err)
	})
}

func TestStopBeforeApply(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		existing(w)
		w.stop.Stop()
		w.stop.Stop()
		_, err := w.setUp(t.Context())
		assert.ErrorIs(t, err, engine.ErrStopped)
		w.wantUntouched(t)
	})
}
