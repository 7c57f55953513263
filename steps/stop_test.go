package steps

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/internal/eventually"
)

// events remembers what a run tells, and calls back before it goes on.
type events struct {
	mu   sync.Mutex
	all  []Event
	when func(Event)
}

func (e *events) emit(ev Event) {
	e.mu.Lock()
	e.all = append(e.all, ev)
	e.mu.Unlock()
	if e.when != nil {
		e.when(ev)
	}
}

func watch(env *Env, when func(Event)) *events {
	e := &events{when: when}
	env.Emit = e.emit
	return e
}

// later are the steps that have to wait for a step's changes.
func later(step string) []string {
	var out []string
	for _, n := range graph {
		if slices.ContainsFunc(n.applyAfter, func(id string) bool { return id == step || slices.Contains(out, id) }) {
			out = append(out, n.step.ID())
		}
	}
	return out
}

// TestStop stops the run while each of its changes is under way: that one ends well, nothing after it begins.
func TestStop(t *testing.T) {
	t.Parallel()
	kinds := []string{
		KindApp, KindAssignment, KindOrigin, KindPolicy, KindRule, KindIntegration, KindCredential, KindSettings,
		KindState, KindConfiguration, KindVersion, KindDeployment,
	}
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			sim, env := world(t, simulator.Options{Seed: 1})
			before := count(sim)
			var stoppedAt string
			told := watch(env, func(ev Event) {
				if ev.Phase == Working && ev.Change.Kind == kind && stoppedAt == "" {
					stoppedAt = ev.Change.Step
					env.Stop()
				}
			})
			_, err := runAll(t, env)
			if err != ErrStopped { //nolint:errorlint // it comes bare
				t.Fatalf("Apply returns %v", err)
			}
			made, begun := env.Made(), 0
			for _, ev := range told.all {
				if ev.Phase == Working {
					begun++
				}
				if ev.Phase == Failed {
					t.Errorf("failed: %v", ev.Change)
				}
			}
			same(t, "writes", begun, writes(sim))
			same(t, "changes that ended", begun, len(made))
			same(t, "the change under way ended", true, slices.ContainsFunc(made, func(c Change) bool { return c.Kind == kind }))
			for _, c := range made {
				if slices.Contains(later(stoppedAt), c.Step) {
					t.Errorf("%s began after the stop", c.Step)
				}
			}
			same(t, "objects", tally(before, made), count(sim))
			same(t, "error of a stopped Env", true, errors.Is(Apply(t.Context(), env), ErrStopped))

			env.Resume()
			mustRun(t, env)
			same(t, "objects after it went on", guideMakes(before), count(sim))
		})
	}
}

func TestStopBeforeAnything(t *testing.T) {
	t.Parallel()
	sim, env := world(t, simulator.Options{})
	must(MakePlan(t.Context(), env))(t)
	env.Stop()
	same(t, "the bare error", true, Apply(t.Context(), env) == ErrStopped) //nolint:errorlint // it comes bare
	same(t, "writes", 0, writes(sim))
	same(t, "what was made", 0, len(env.Made()))
}

func TestFailureOutranksAStop(t *testing.T) {
	t.Parallel()
	sim, env := world(t, simulator.Options{})
	w := guideWrites["settings"]
	sim.Genesys().Faults.Add(fault(w.method, w.path, brokenService))
	watch(env, func(ev Event) {
		if ev.Change.Kind == KindSettings {
			env.Stop()
		}
	})
	_, err := runAll(t, env)
	same(t, "step", "settings", asError(t, err).Step)
}

// hang keeps a call waiting until its caller gives up.
func hang(method, path string, reached chan<- struct{}) func(http.Handler) http.Handler {
	f := fault(method, path, brokenService)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != method || !f.Path.MatchString(r.URL.Path) {
				next.ServeHTTP(w, r)
				return
			}
			_, _ = io.Copy(io.Discard, r.Body) // an unread body hides that the caller has gone
			reached <- struct{}{}
			<-r.Context().Done()
		})
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	const prompt = 15 * time.Second // half of a call's own time limit, which a call that goes on would take
	for name, tt := range map[string]struct{ method, path string }{
		"while planning":     {"GET", `^/api/v2/integrations/types$`},
		"while writing":      {"PUT", `/config/current$`},
		"while reading back": {"GET", `/config\.json$`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reached := make(chan struct{}, 8)
			_, env := world(t, simulator.Options{WrapGenesys: hang(tt.method, tt.path, reached)})
			why := errors.New("the user left")
			ctx, cancel := context.WithCancelCause(t.Context())
			var at time.Time
			go func() {
				<-reached
				at = time.Now()
				cancel(why)
			}()
			_, err := MakePlan(ctx, env)
			if err == nil {
				err = Apply(ctx, env)
			}
			same(t, "the cause is returned", true, errors.Is(err, why))
			if took := time.Since(at); took > prompt {
				t.Errorf("returned %v after the cancellation", took)
			}
		})
	}
}

func TestCancelWhileTheServiceNeedsTime(t *testing.T) {
	t.Parallel()
	_, env := world(t, simulator.Options{Settle: time.Hour})
	env.Poll = time.Hour // a wait that does not end at once goes on
	ctx, cancel := context.WithCancel(t.Context())
	watch(env, func(ev Event) {
		if ev.Phase == Waiting && ev.Change.Kind == KindState {
			cancel()
		}
	})
	must(MakePlan(ctx, env))(t)
	applied := make(chan error, 1)
	go func() { applied <- Apply(ctx, env) }()
	err := eventually.From(t, applied, "the end of the wait")
	same(t, "cancelled", true, errors.Is(err, context.Canceled))
}
