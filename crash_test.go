//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
)

// accident is what happens at one call of a run. With after, the service did what it was asked for first.
type accident struct {
	kind    string
	after   bool
	call    int
	seed    uint64
	profile string
}

var accidents = []string{"drop", "reset", "500", "kill", "hang"}

// hangs are the accidents that take the client's whole time limit of 30 s for each call.
const hangs = "hang"

// TestCrashMatrix has an accident happen at every call of a run, before and after the service committed; then the
// run is begun again. In the end each object is there once, one more run writes nothing, and undo leaves nothing that
// no record knows of. MSGSSO_CRASH=full tries every kind at every call, in two seeds and two kinds of orgs; otherwise
// the kinds take turns.
func TestCrashMatrix(t *testing.T) {
	t.Parallel()
	const calls = 38
	full := os.Getenv("MSGSSO_CRASH") == "full"
	var points []accident
	for i, profile := range []string{oktasim.Integrator, oktasim.Workforce} {
		for seed := uint64(1); seed <= 2; seed++ {
			for n := range calls {
				for k, kind := range accidents {
					inTurn := i == 0 && seed == 1 && kind != hangs && k == n%(len(accidents)-1)
					if full || inTurn {
						points = append(points, accident{kind, false, n, seed, profile}, accident{kind, true, n, seed, profile})
					}
				}
			}
		}
	}
	var tried, again, duplicates, orphans atomic.Int64
	t.Cleanup(func() {
		t.Logf("%d points, %d of them needed a second run; %d with an object twice or missing, %d with one that undo does not know",
			tried.Load(), again.Load(), duplicates.Load(), orphans.Load())
	})
	calm := map[accident]crashObjects{}
	for _, p := range points {
		if _, known := calm[p.orgs()]; !known {
			calm[p.orgs()] = calmRun(t, p)
		}
	}
	for _, p := range points {
		t.Run(fmt.Sprintf("%s/%d/%s/call%02d/after=%v", p.profile, p.seed, p.kind, p.call, p.after), func(t *testing.T) {
			t.Parallel()
			tried.Add(1)
			w := newCrashWorld(t, p)
			empty := w.objects()
			if w.run(t, true) != 0 {
				again.Add(1)
			}
			w.heal()
			snippet := w.converge(t)
			if got, want := w.objects(), calm[p.orgs()]; got != want {
				duplicates.Add(1)
				t.Errorf("objects: %+v, want %+v", got, want)
			}
			wrote := w.writes()
			if w.run(t, false) != 0 || w.out.String() != snippet || w.writes() != wrote {
				t.Errorf("one more run: %d writes more, snippet %q, was %q\n%s", w.writes()-wrote, w.out.String(), snippet, w.err.String())
			}
			for w.run(t, false, "undo", "--yes") == 0 && !strings.Contains(w.err.String(), "Nothing is left to take back") {
			}
			if got := w.objects(); got != empty {
				orphans.Add(1)
				t.Errorf("after undo: %+v, before the run %+v\n%s", got, empty, w.err.String())
			}
		})
	}
}

// crashWorld is two orgs, a state folder, and an accident that happens once.
type crashWorld struct {
	accident
	sim   *simulator.Server
	state string
	out   bytes.Buffer
	err   bytes.Buffer

	mu     sync.Mutex
	seen   int
	healed bool
	kill   func()
}

func newCrashWorld(t *testing.T, p accident) *crashWorld {
	t.Helper()
	w := &crashWorld{accident: p, state: t.TempDir()}
	w.sim = w.start(t, w.wrap)
	return w
}

func (w *crashWorld) start(t *testing.T, wrap func(http.Handler) http.Handler) *simulator.Server {
	t.Helper()
	sim, err := simulator.Start(t.Context(), simulator.Options{
		Seed: w.seed, Okta: oktasim.Options{Profile: w.profile, Limits: map[string]int{}}, WrapOkta: wrap, WrapGenesys: wrap,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = sim.Close(ctx) // a call that hangs is cut off
	})
	return sim
}

func (w *crashWorld) heal() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.healed = true
}

// due reports whether the accident happens at this call.
func (w *crashWorld) due() (bool, func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen++
	return !w.healed && w.seen == w.call+1, w.kill
}

func (w *crashWorld) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
		due, kill := w.due()
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
			<-r.Context().Done()
		default:
			panic(http.ErrAbortHandler)
		}
	})
}

// TestResume: what a killed run was told is not asked again, unless it is to be forgotten.
func TestResume(t *testing.T) {
	t.Parallel()
	for fresh, wants := range map[bool]string{false: "= app integration  Chat of the shop", true: "+ app integration  Genesys Cloud Messenger"} {
		w := newCrashWorld(t, accident{kind: "kill", after: true, call: 28, seed: 1, profile: oktasim.Workforce})
		w.run(t, true, "--app-name", "Chat of the shop")
		w.heal()
		args := []string{}
		if fresh {
			args = append(args, "--fresh", "--integration-name", "Another", "--messenger-config", "Another", "--deployment", "Another")
		}
		code := w.run(t, false, args...)
		said := w.err.String()
		if code != 0 || strings.Contains(said, "Going on with the run of ") == fresh || !strings.Contains(said, wants) {
			t.Errorf("fresh %v: exit code %d\n%s", fresh, code, said)
		}
	}
}

// run runs the guide without questions, in a process of its own where it is to be killed.
func (w *crashWorld) run(t *testing.T, deadly bool, args ...string) int {
	t.Helper()
	environ := append(w.sim.Environment(), "XDG_STATE_HOME="+w.state, "HOME="+w.state)
	w.out.Reset()
	w.err.Reset()
	if len(args) == 0 || args[0] != "undo" {
		args = append([]string{"--no-input"}, args...)
	}
	if !deadly || w.kind != "kill" {
		return run(t.Context(), args, strings.NewReader(""), &w.out, &w.err, environ)
	}
	cmd := command(t, environ, args...)
	cmd.Stdout, cmd.Stderr = &w.out, &w.err
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	w.kill = func() { _ = cmd.Process.Kill() }
	w.mu.Unlock()
	_ = cmd.Wait() // it was killed, most often
	return cmd.ProcessState.ExitCode()
}

// converge runs the guide until it succeeds; once is to be enough.
func (w *crashWorld) converge(t *testing.T) string {
	t.Helper()
	if code := w.run(t, false); code != 0 {
		t.Fatalf("exit code %d:\n%s", code, w.err.String())
	}
	return w.out.String()
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

// calmRun returns what one undisturbed run leaves in the same orgs.
func calmRun(t *testing.T, p accident) crashObjects {
	t.Helper()
	calm := &crashWorld{accident: p, state: t.TempDir(), healed: true}
	calm.sim = calm.start(t, nil)
	calm.converge(t)
	return calm.objects()
}

func (w *crashWorld) writes() int {
	return w.sim.Okta().Calls().Writes + w.sim.Genesys().Calls().Writes
}
