package engine_test

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

const patterns = 300

// delays returns a delay for every call that depends on nothing but the seed and the call.
func delays(seed int) func(call) time.Duration {
	return func(c call) time.Duration {
		h := fnv.New32a()
		fmt.Fprint(h, seed, c.Op, c.Kind, c.Name, c.Nth)
		return time.Duration(h.Sum32()%1000) * time.Millisecond
	}
}

// existing are objects of others that a run finds and changes.
func existing(w *world) {
	w.origins = 3
	w.s.put(object{Kind: kindApp, Name: "messenger", Fields: map[string]engine.Value{uris: {"https://other.example"}}})
	w.s.put(object{Kind: kindIntegration, Name: "sso", Fields: map[string]engine.Value{note: {"by hand"}}})
	w.s.put(object{Kind: kindDeployment, Name: "site", Fields: map[string]engine.Value{users: {"shop.example"}}})
}

func nothing(*world) {}

// befores are the worlds in which a run begins.
var befores = map[string]func(*world){"new": nothing, "existing": existing}

func TestDelaysSameResult(t *testing.T) {
	t.Parallel()
	for name, before := range befores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var want []any
			for seed := range patterns {
				bubble(t, func(t *testing.T, w *world) {
					before(w)
					if seed > 0 {
						w.s.delay = delays(seed)
					}
					first := w.mustSetUp(t)
					calls := callCounts(w.s)
					w.again()
					rerun := w.mustSetUp(t)
					got := []any{first, rerun, w.s.state(), calls}
					if seed == 0 {
						want = got
						for op, n := range calls { // an object asks once, however many ask it
							assert.Check(t, n == 1 || strings.HasSuffix(op, "origin") || name == "existing", "%s: %d", op, n)
						}
					}
					assert.Assert(t, is.DeepEqual(got, want, cmpopts.IgnoreUnexported(engine.Change{})), "pattern %d (-with delays +without)", seed)
					assert.Assert(t, !rerun.Writes() && len(first.Changes) >= len(kinds) && first.Writes(), "first %+v, rerun %+v", first, rerun)
				})
			}
		})
	}
}

// callCounts returns how often each call was made.
func callCounts(s *service) map[string]int {
	counts := map[string]int{}
	for _, c := range s.calls {
		counts[c.Op+" "+string(c.Kind)]++
	}
	return counts
}

// A plan has the error of the earliest of its nodes, also where it is of a section, and what that needs is not part of it.
func TestDelaysSameError(t *testing.T) {
	t.Parallel()
	all := append([]guide.ObjectKind{"org"}, kinds...)
	for i, early := range all {
		for _, late := range all[i+1:] {
			scopes := []engine.Scope{engine.Sections()}
			if early == kindApp && late == kindDeployment {
				scopes = append(scopes, engine.Nodes("credential", "deployment"))
			}
			want := on("list", early, 0, fault{before: refused(http.StatusForbidden)})
			alsoFails := on("list", late, 0, fault{before: refused(http.StatusConflict)})
			for seed := range patterns / 10 * len(scopes) {
				bubble(t, func(t *testing.T, w *world) {
					w.s.delay = delays(seed)
					w.s.faults = first(want, alsoFails)
					_, err := w.graph().Plan(t.Context(), scopes[seed%len(scopes)])
					assert.Equal(t, status(err), http.StatusForbidden, "%s and %s fail, pattern %d: got %v", early, late, seed, err)
				})
			}
		}
	}
}

// What is after a failed node ends at once, also what it asks for after the failure, although it is not part of the plan.
func TestOutranked(t *testing.T) {
	t.Parallel()
	each(t, map[string]time.Duration{"asked before": 0, "asked after": 2 * time.Second}, func(t *testing.T, _ *world, asked time.Duration) {
		failure := errors.New("failure")
		run := engine.New(engine.Config{})
		engine.AddLookup(run, "fails", "okta", func(context.Context, *engine.Notes) (int, error) {
			time.Sleep(time.Second)
			return 0, failure
		})
		waits := engine.AddLookup(run, "waits", "okta", func(ctx context.Context, _ *engine.Notes) (int, error) {
			<-ctx.Done()
			return 0, ctx.Err()
		})
		engine.AddLookup(run, "asks", "okta", func(ctx context.Context, _ *engine.Notes) (int, error) {
			time.Sleep(asked)
			return waits.Get(ctx)
		})
		passed := started()
		_, err := run.Plan(t.Context(), engine.Nodes("fails", "asks"))
		assert.ErrorIs(t, err, failure)
		assert.Check(t, is.Equal(passed(), max(asked, time.Second)), "ended after")
	})
}

func TestPlanOnlyReads(t *testing.T) {
	in(t, func(t *testing.T, w *world) {
		existing(w)
		w.s.delay = func(c call) time.Duration { return map[guide.ObjectKind]time.Duration{kindOrigin: time.Second}[c.Kind] }
		passed := started()
		plan, err := w.graph().Plan(t.Context(), w.scope)
		assert.Check(t, err == nil && plan.Writes(), "%v, %+v", err, plan)
		assert.Check(t, is.Equal(passed(), time.Second), "the objects of a set aren't planned side by side")
		w.wantUntouched(t)
		verbs := map[guide.StepID]engine.Verb{}
		for _, c := range plan.Changes {
			verbs[c.Step] = c.Verb
		}
		want := map[guide.StepID]engine.Verb{
			"app": engine.Update, "assignment": engine.Create, "origins": engine.Create, "integration": engine.Update,
			"credential": engine.Create, "settings": engine.Update, "deployment": engine.Update,
		}
		assert.Check(t, is.DeepEqual(verbs, want))
	})
}
