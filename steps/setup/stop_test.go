package setup

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// events remembers what a run tells, and calls back before it goes on.
type events struct {
	mu   sync.Mutex
	all  []engine.Event
	when func(engine.Event)
}

func (e *events) emit(ev engine.Event) {
	e.mu.Lock()
	e.all = append(e.all, ev)
	e.mu.Unlock()
	if e.when != nil {
		e.when(ev)
	}
}

func watch(session *Session, when func(engine.Event)) *events {
	e := &events{when: when}
	session.Emit = e.emit
	return e
}

// needing are the kinds whose changes have to wait for a kind's change.
var needing = map[guide.ObjectKind][]guide.ObjectKind{
	guide.KindApp: {
		guide.KindAssignment, guide.KindPolicy, guide.KindRule, guide.KindCredential, guide.KindSettings, guide.KindState, guide.KindVersion, guide.KindDeployment,
	},
	guide.KindAssignment: nil,
	guide.KindOrigin:     nil,
	guide.KindPolicy:     {guide.KindRule},
	guide.KindRule:       nil,
	guide.KindIntegration: {
		guide.KindCredential, guide.KindSettings, guide.KindState, guide.KindConfiguration, guide.KindVersion, guide.KindDeployment,
	},
	guide.KindCredential:    {guide.KindSettings, guide.KindState, guide.KindVersion, guide.KindDeployment},
	guide.KindSettings:      {guide.KindState, guide.KindVersion, guide.KindDeployment},
	guide.KindState:         {guide.KindVersion, guide.KindDeployment},
	guide.KindConfiguration: {guide.KindVersion, guide.KindDeployment},
	guide.KindVersion:       {guide.KindDeployment},
	guide.KindDeployment:    nil,
}

// TestStopEndsAfterCurrentChange stops the run while each of its changes is under way: that one ends well, nothing after
// it begins.
func TestStopEndsAfterCurrentChange(t *testing.T) {
	t.Parallel()
	for kind, later := range needing {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 1})
			before, stop := kit.Count(sim), engine.NewStop()
			reported := watch(session, func(ev engine.Event) {
				if ev.Phase == engine.Working && ev.Change.Kind == kind {
					stop.Stop()
				}
			})
			err := session.Apply(t.Context(), planned(t, session), stop)
			if err != engine.ErrStopped { //nolint:errorlint // it comes bare
				t.Fatalf("Apply returns %v", err)
			}
			made, begun := session.Made(), 0
			for _, ev := range reported.all {
				if ev.Phase == engine.Working {
					begun++
				}
				assert.Check(t, ev.Phase != engine.Failed, "failed: %v", ev.Change)
			}
			assert.Check(t, is.Equal(kit.Writes(sim), begun), "writes")
			assert.Check(t, is.Equal(len(made), begun), "changes that ended")
			assert.Check(t, is.Equal(slices.ContainsFunc(made, func(c engine.Change) bool { return c.Kind == kind }), true), "the change under way ended")
			for _, c := range made {
				assert.Check(t, !slices.Contains(later, c.Kind), "%s began after the stop", c.Kind)
			}
			assert.Check(t, is.DeepEqual(kit.Count(sim), tally(before, made)), "objects")

			mustRun(t, session)
			assert.Check(t, is.DeepEqual(kit.Count(sim), guideMakes(before)), "objects after the next apply")
		})
	}
}

// hang keeps a call waiting until its caller gives up.
func hang(method, path string, reached chan<- struct{}) func(http.Handler) http.Handler {
	return at(write{method: method, path: path}, func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
		_, _ = io.Copy(io.Discard, r.Body) // an unread body hides that the caller has gone
		reached <- struct{}{}
		<-r.Context().Done()
	})
}

// A call hangs until its caller leaves, so that only the cancellation ends the run.
func TestCancel(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ method, path string }{
		"while planning":     {"GET", `^/api/v2/integrations/types$`},
		"while writing":      {"PUT", `/config/current$`},
		"while reading back": {"GET", `/config\.json$`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reached := make(chan struct{}, 8)
			_, session := world(t, simulator.Options{WrapGenesys: hang(tt.method, tt.path, reached)})
			why := errors.New("the user left")
			ctx, cancel := context.WithCancelCause(t.Context())
			go func() {
				<-reached
				cancel(why)
			}()
			plan, err := session.Plan(ctx)
			if err == nil {
				err = session.Apply(ctx, plan, engine.NewStop())
			}
			assert.Check(t, is.Equal(errors.Is(err, why), true), "the cause is returned")
			assert.Check(t, is.Equal(len(reached), 0), "other calls of that kind")
		})
	}
}
