package matrix

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

type wrapper = func(http.Handler) http.Handler

// answering answers the requests of a path itself, and calls reached with how many there were.
func answering(method, path string, status int, body string, reached func(n int32) bool) wrapper {
	var seen atomic.Int32
	where := regexp.MustCompile(path)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != method || !where.MatchString(r.URL.Path) {
				next.ServeHTTP(w, r)
				return
			}
			reached(seen.Add(1))
			if status == 0 {
				panic(http.ErrAbortHandler)
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
	}
}

// rewriting has the service's answers at a path say something else, as long as that, which gets how many there were,
// returns true.
func rewriting(methods, path, old, text string, still func(n int32) bool) wrapper {
	var seen atomic.Int32
	how, where, what := regexp.MustCompile(methods), regexp.MustCompile(path), regexp.MustCompile(old)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !how.MatchString(r.Method) || !where.MatchString(r.URL.Path) {
				next.ServeHTTP(w, r)
				return
			}
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			for name, values := range answer.Header() {
				if name != "Content-Length" {
					w.Header()[name] = values
				}
			}
			body := answer.Body.Bytes()
			if what.Match(body) && still(seen.Add(1)) {
				body = what.ReplaceAll(body, []byte(text))
			}
			w.WriteHeader(answer.Code)
			_, _ = w.Write(body)
		})
	}
}

func always(int32) bool { return true }

const (
	statusActive  = `"status":\s*"Active"`
	statusPending = `"status":"Pending"`
	refusedRef    = `{"status":400,"code":"constraint.validation","message":"no such integration"}`
)

// wait is something that takes longer than any wait. The stop comes in the middle of it.
type wait struct {
	genesys func(stop func()) wrapper
	options func(*simulator.Options)
	kind    guide.ObjectKind // stop when it is waited for; empty: the wrapper stops
}

// second stops at the second request, which comes after the first pause.
func second(stop func()) func(int32) bool {
	return func(n int32) bool {
		if n == 2 {
			stop()
		}
		return true
	}
}

var waits = map[string]wait{
	"draft": {kind: guide.KindConfiguration, genesys: func(func()) wrapper {
		return rewriting("GET|POST", `/webdeployments/configurations(/[^/]+/versions/draft)?$`, statusActive, statusPending, always)
	}},
	"activation": {kind: guide.KindState, options: func(o *simulator.Options) { o.Genesys.Activation = time.Hour }},
	"version": {kind: guide.KindVersion, genesys: func(func()) wrapper {
		return rewriting("GET|POST", `/versions/(draft/publish|\d+)$`, statusActive, statusPending, always)
	}},
	"deployment": {kind: guide.KindDeployment, genesys: func(func()) wrapper {
		return rewriting("GET|POST", `/webdeployments/deployments(/[^/]+)?$`, statusActive, statusPending, always)
	}},
	"deployment that was Active when it was created": {
		options: func(o *simulator.Options) { o.Genesys.EarlyActive = time.Hour },
		genesys: func(stop func()) wrapper {
			return rewriting("GET", `/webdeployments/deployments/[^/]+$`, `^{`, "{", second(stop))
		},
	},
	"integration that was Active when it was activated": {genesys: func(stop func()) wrapper {
		return rewriting("GET", `/api/v2/integrations/[0-9a-f-]{36}$`, `"code":\s*"ACTIVE"`, `"code":"ACTIVATING"`, second(stop))
	}},
	"public file": {genesys: func(stop func()) wrapper {
		return answering("GET", `/config\.json$`, http.StatusForbidden, "", second(stop))
	}},
	"young object": {genesys: func(stop func()) wrapper {
		return answering("PUT", `/config/current$`, http.StatusNotFound, `{"status":404,"code":"not.found"}`, second(stop))
	}},
	"reference to a young object": {genesys: func(stop func()) wrapper {
		return answering("POST", `/webdeployments/configurations$`, http.StatusBadRequest, refusedRef, second(stop))
	}},
}

// TestStopEndsEveryWait: a wait that Stop did not end would last until its limit, and end as something else.
func TestStopEndsEveryWait(t *testing.T) {
	t.Parallel()
	for name, w := range waits {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stop := engine.NewStop()
			var opts simulator.Options
			if w.options != nil {
				w.options(&opts)
			}
			if w.genesys != nil {
				opts.WrapGenesys = w.genesys(stop.Stop)
			}
			r := newComputer(t, opts, 0).start(t, nil) // pauses as long as the real ones
			r.session.Emit = func(ev engine.Event) {
				if ev.Phase == engine.Waiting && ev.Change.Kind == w.kind {
					stop.Stop()
				}
			}
			plan := kit.Must(r.session.Plan(t.Context()))(t)
			if err := r.session.Apply(t.Context(), plan, stop); err != engine.ErrStopped { //nolint:errorlint // it comes bare
				t.Errorf("got %v", err)
			}
			assert.Check(t, stop.Stopped(), "there was no such wait")
		})
	}
}

// TestStopEndsSearch stops while the run looks for an app whose create got no answer: in the apply that sent it, and in
// the plan that the next apply makes. Nothing is sent again.
func TestStopEndsSearch(t *testing.T) {
	t.Parallel()
	var sent atomic.Int32
	c := newComputer(t, simulator.Options{WrapOkta: answering("POST", `/api/v1/apps$`, 0, "", func(n int32) bool { sent.Store(n); return true })}, 0)
	r := c.start(t, nil)
	var stop *engine.Stop
	searches := 0
	r.session.Emit = func(ev engine.Event) {
		if ev.Phase == engine.Paused {
			searches++
			stop.Stop()
		}
	}
	plan := kit.Must(r.session.Plan(t.Context()))(t)
	stop = engine.NewStop()
	e := new(explain.Error)
	if err := r.session.Apply(t.Context(), plan, stop); !errors.As(err, &e) || e.Class != explain.ClassNetwork || !stop.Stopped() {
		t.Errorf("the first apply: %v", err) // the failure of the call outranks the stop
	}
	stop = engine.NewStop()
	if err := r.session.Apply(t.Context(), plan, stop); err != engine.ErrStopped || !stop.Stopped() { //nolint:errorlint // it comes bare
		t.Errorf("the second apply: %v", err)
	}
	if searches != 2 { // one of each apply: the next look after a stop is one too many
		t.Errorf("%d pauses", searches)
	}
	n := sent.Load()
	assert.Check(t, n == 1, "the app was sent %d times", n)
}

// TestStopEndsUndo stops while a deleted deployment is still shown. It is not taken for undone.
func TestStopEndsUndo(t *testing.T) {
	t.Parallel()
	stop := engine.NewStop()
	const one = `/webdeployments/deployments/[^/]+$`
	var deleted atomic.Bool
	kept := answering("DELETE", one, http.StatusNoContent, "", func(int32) bool { deleted.Store(true); return true })
	var again atomic.Int32
	shown := rewriting("GET", one, `^{`, "{", func(int32) bool {
		return !deleted.Load() || second(stop.Stop)(again.Add(1))
	})
	c := newComputer(t, simulator.Options{WrapGenesys: func(next http.Handler) http.Handler { return shown(kept(next)) }}, 0)
	made := c.set(t, nil)
	u := made.undoing()
	items := kit.Must(u.Plan(t.Context()))(t)
	left := len(made.journal.Run().Left())
	if err := u.Apply(t.Context(), items, stop, nil); err != engine.ErrStopped { //nolint:errorlint // it comes bare
		t.Errorf("got %v", err)
	}
	assert.Check(t, is.Equal(len(made.journal.Run().Left()), left))
}

// early is longer than a read is taken to be out of date, which is 100 ms with a first pause of 5 ms.
const early = 400 * time.Millisecond

// TestActiveInTheAnswerOnly writes deployments whose answers say Active while reads say Pending for longer than a read
// may be out of date: the run waits as long as a deployment may take.
func TestActiveInTheAnswerOnly(t *testing.T) {
	t.Parallel()
	var opts simulator.Options
	opts.Genesys.EarlyActive = early
	c := newComputer(t, opts, lagPoll)
	for _, step := range []struct {
		name    string
		answers map[guide.Key][]string
	}{
		{"POST", nil},
		{"PUT", map[guide.Key][]string{guide.RedirectURIs: {"https://www.example.com/chat"}}},
		{"nothing to change", nil},
	} {
		r := c.set(t, step.answers)
		got := r.result.Genesys.DeploymentID
		assert.Check(t, got != "" && r.result.Snippet != "", "%s: deployment %q", step.name, got)
	}
}

// TestIntegrationActiveInTheAnswerOnly is the same of an integration, which ends more looks than a read may be out of
// date for.
func TestIntegrationActiveInTheAnswerOnly(t *testing.T) {
	t.Parallel()
	const tries = 12
	var seen atomic.Int32
	c := newComputer(t, simulator.Options{
		WrapGenesys: rewriting("GET", `/api/v2/integrations/[0-9a-f-]{36}$`, `"code":\s*"ACTIVE"`, `"code":"ACTIVATING"`, func(n int32) bool {
			seen.Store(n)
			return n <= tries
		}),
	}, lagPoll)
	c.set(t, nil)
	assert.Check(t, seen.Load() > tries, "the integration was read %d times", seen.Load())
}
