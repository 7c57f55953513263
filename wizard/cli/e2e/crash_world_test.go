//go:build unix

package e2e

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/testkit/eventually"
)

// crashWorld is two orgs, a state folder, and an accident that happens once.
type crashWorld struct {
	accident
	sim   *simulator.Server
	state string

	mu     sync.Mutex
	seen   []*http.Request
	healed bool
	kill   func()
}

func newCrashWorld(t *testing.T, p accident) *crashWorld {
	t.Helper()
	w := &crashWorld{accident: p, state: t.TempDir()}
	w.sim = startServices(t, simulator.Options{
		Seed: w.seed, Okta: oktasim.Options{Profile: w.profile, Limits: map[string]int{}}, WrapOkta: w.wrap, WrapGenesys: w.wrap,
	})
	return w
}

// startServices starts both services, of which a call that hangs is cut off in the end.
func startServices(t *testing.T, opts simulator.Options) *simulator.Server {
	t.Helper()
	sim, err := simulator.Start(t.Context(), opts)
	assert.NilError(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = sim.Close(ctx)
	})
	return sim
}

func (w *crashWorld) heal() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.healed = true
}

// due reports whether the accident happens at this call.
func (w *crashWorld) due(r *http.Request) (bool, func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = append(w.seen, r)
	return !w.healed && len(w.seen) == w.call+1, w.kill
}

func (w *crashWorld) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
		due, kill := w.due(r)
		if !due {
			next.ServeHTTP(answer, r)
			return
		}
		if w.after {
			next.ServeHTTP(httptest.NewRecorder(), r)
		}
		switch w.kind {
		case "kill":
			kill()
			panic(http.ErrAbortHandler)
		case "500":
			http.Error(answer, `{"message":"broken"}`, http.StatusInternalServerError)
		case "reset":
			if conn, _, err := http.NewResponseController(answer).Hijack(); err == nil {
				_ = conn.(*net.TCPConn).SetLinger(0)
				_ = conn.Close()
			}
		case hangs:
			_, _ = io.Copy(io.Discard, r.Body) // a server hears of a client's end only between requests
			<-r.Context().Done()
		default:
			panic(http.ErrAbortHandler)
		}
	})
}

func (w *crashWorld) environ() []string {
	return append(w.sim.Environment(), "XDG_STATE_HOME="+w.state, "HOME="+w.state)
}

// run runs the guide without questions, or another command, until nothing that it sent is under way any more.
func (w *crashWorld) run(t *testing.T, args ...string) ended {
	t.Helper()
	if len(args) == 0 || args[0] != "undo" {
		args = append([]string{"--no-input"}, args...)
	}
	cmd := command(t, w.environ(), args...)
	started := make(chan struct{})
	w.mu.Lock()
	w.kill = func() {
		<-started // the first call may come before
		_ = cmd.Process.Kill()
	}
	w.mu.Unlock()
	got := finish(t, cmd, func() { close(started) })
	eventually.True(t, func() bool { return w.sim.Connections() == 0 }, func() string { return "a call stays under way" })
	return got
}

// converge runs the guide until it succeeds; once is to be enough.
func (w *crashWorld) converge(t *testing.T) string {
	t.Helper()
	got := w.run(t)
	assert.Equal(t, got.code, 0, got.said)
	return got.out
}

type crashObjects struct {
	Okta    oktasim.Counts
	Genesys genesyssim.Counts
}

func (w *crashWorld) objects() crashObjects {
	return crashObjects{w.sim.Okta().Counts(), w.sim.Genesys().Counts()}
}

// orgs names the orgs in which the accident happens.
func (p accident) orgs() accident { return accident{seed: p.seed, profile: p.profile} }

// calmRun returns what one undisturbed run leaves in the same orgs, and the calls that it sends.
func calmRun(t *testing.T, p accident) (left crashObjects, calls []*http.Request) {
	t.Helper()
	calm := newCrashWorld(t, p)
	calm.heal()
	calm.converge(t)
	return calm.objects(), calm.seen
}

func writes(sim *simulator.Server) int {
	return sim.Okta().Calls().Writes + sim.Genesys().Calls().Writes
}
