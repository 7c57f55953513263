package matrix

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/internal/kit"
)

// With a first pause of 5 ms, lag is 8 pauses, as 2 s are of the real ones; an object counts as young for 240.
const (
	lagPoll = 5 * time.Millisecond
	lag     = 40 * time.Millisecond
)

// lags are the ways in which a service shows late what was created.
var lags = map[string]func(*simulator.Options){
	"none":           func(*simulator.Options) {},
	"genesys reads":  func(o *simulator.Options) { o.Genesys.Lag = lag },
	"genesys writes": func(o *simulator.Options) { o.Genesys.Lag, o.Genesys.LagWrites = lag, true },
	"okta reads":     func(o *simulator.Options) { o.Okta.Lag = lag },
	"okta writes":    func(o *simulator.Options) { o.Okta.Lag, o.Okta.LagWrites = lag, true },
	"both and writes": func(o *simulator.Options) {
		o.Okta.Lag, o.Okta.LagWrites, o.Genesys.Lag, o.Genesys.LagWrites = lag, true, lag, true
	},
}

// accident is what happens at one writing call. With after, the service did what it was asked for first.
type accident struct {
	kind  string
	after bool
}

var accidents = []accident{
	{"kill", false}, {"kill", true}, {"403", false}, {"503", false}, {"503", true}, {"reset", false}, {"reset", true},
}

// trap has an accident happen at the nth writing call of both services together.
type trap struct {
	accident
	at   int
	rest bool // all calls that follow go wrong too
	kill context.CancelFunc

	mu    sync.Mutex
	armed bool
	seen  int
}

// arm has the trap count from the next call on, or not any more.
func (p *trap) arm(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.armed = on
}

func (p *trap) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		springs, first := p.springs(r)
		if !springs {
			next.ServeHTTP(w, r)
			return
		}
		if first && p.after {
			next.ServeHTTP(httptest.NewRecorder(), r)
		}
		switch p.kind {
		case "kill":
			_, _ = io.Copy(io.Discard, r.Body) // a server hears of a client's end only between requests
			p.kill()
			<-r.Context().Done() // the program is gone before an answer comes
		case "reset":
			panic(http.ErrAbortHandler)
		case "403":
			http.Error(w, `{"code":"missing.any.permissions","errorCode":"E0000006","message":"no","errorSummary":"no"}`, http.StatusForbidden)
		default:
			http.Error(w, `{"code":"service.unavailable","errorCode":"E0000009","message":"down","errorSummary":"down"}`, http.StatusServiceUnavailable)
		}
	})
}

// springs reports whether the call goes wrong, and whether it is the first to do so. Signing in is no write.
func (p *trap) springs(r *http.Request) (springs, first bool) {
	if r.Method == http.MethodGet || r.URL.Path == "/oauth/token" {
		return false, false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.armed {
		return false, false
	}
	p.seen++
	return p.seen == p.at || p.rest && p.seen > p.at, p.seen == p.at
}

// TestFirstRunUnderLag ends well however late a service shows what was created.
func TestFirstRunUnderLag(t *testing.T) {
	t.Parallel()
	for name, late := range lags {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var opts simulator.Options
			late(&opts)
			c := newComputer(t, opts, lagPoll)
			c.set(t, nil)
			made, wrote := c.counts(), c.writes()
			c.set(t, nil) // at once
			if c.counts() != made || c.writes() != wrote {
				t.Errorf("a second run at once made %+v of %+v, with %d writes", c.counts(), made, c.writes()-wrote)
			}
		})
	}
}

// TestRunAgainAfterAccident cuts a run off at each write, in each way, and runs it again at once: in the end there is
// exactly one of each object, one more run writes nothing, and undo leaves nothing.
func TestRunAgainAfterAccident(t *testing.T) {
	t.Parallel()
	profiles, late := []string{oktasim.Integrator}, []string{"both and writes"}
	if full() {
		profiles, late = append(profiles, oktasim.Workforce), []string{"none", "genesys reads", "genesys writes", "okta reads", "okta writes", "both and writes"}
	}
	for _, profile := range profiles {
		for _, name := range late {
			for at := 1; at <= writes; at++ {
				for i, a := range accidents {
					if !full() && i%4 != at%4 {
						continue // the kinds take turns
					}
					t.Run(fmt.Sprintf("%s/%s/%s/write%02d/after=%v", profile, name, a.kind, at, a.after), func(t *testing.T) {
						t.Parallel()
						runAgain(t, profile, name, &trap{accident: a, at: at})
					})
				}
			}
		}
	}
}

func runAgain(t *testing.T, profile, late string, p *trap) {
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	p.kill = kill
	var opts simulator.Options
	opts.Okta.Profile, opts.WrapOkta, opts.WrapGenesys = profile, p.wrap, p.wrap
	lags[late](&opts)
	c := newComputer(t, opts, lagPoll)
	before := c.counts()
	p.arm(true)
	first := c.start(t, nil)
	err := first.do(ctx) // under lag it may end by its patience, on a busy machine
	assert.Check(t, p.kind != "reset" || late != "none" || err == nil, "a lost answer isn't looked for: %v", err)
	p.arm(false)
	c.set(t, nil) // at once
	want := calm(t, profile)
	assert.Check(t, is.Equal(c.counts(), want), "there")
	wrote := c.writes()
	c.set(t, nil)
	if c.writes() != wrote {
		t.Errorf("one more run wrote %d times", c.writes()-wrote)
	}
	time.Sleep(2 * lag) // undo reads lists, which show everything by then
	c.undo(t)
	assert.Check(t, is.Equal(c.counts(), before), "after undo there")
}

var (
	calmRuns = map[string]kit.Census{}
	calmLock sync.Mutex
)

// calm is what there is after a run without any accident.
func calm(t *testing.T, profile string) kit.Census {
	calmLock.Lock()
	defer calmLock.Unlock()
	if known, ok := calmRuns[profile]; ok {
		return known
	}
	var opts simulator.Options
	opts.Okta.Profile = profile
	c := newComputer(t, opts, lagPoll)
	c.set(t, nil)
	calmRuns[profile] = c.counts()
	return calmRuns[profile]
}

// TestAccidentWhileAddingPage adds a page to a setup, with an accident at each write, most of which are updates. The next run
// ends as if there had been none, and undo restores what there was before, also where the answer to an update was lost
// in a 5xx.
func TestAccidentWhileAddingPage(t *testing.T) {
	t.Parallel()
	const writes = 3
	for at := 1; at <= writes; at++ {
		for i, a := range accidents {
			if !full() && i%2 != at%2 {
				continue // the kinds take turns
			}
			t.Run(fmt.Sprintf("%s/write%d/after=%v", a.kind, at, a.after), func(t *testing.T) {
				t.Parallel()
				ctx, kill := context.WithCancel(t.Context())
				defer kill()
				p := &trap{accident: a, at: at, kill: kill}
				c := newComputer(t, simulator.Options{WrapOkta: p.wrap, WrapGenesys: p.wrap}, lagPoll)
				first := c.set(t, nil)
				before := c.snapshot(t)
				p.arm(true)
				_ = c.start(t, onPage).do(ctx)
				c.set(t, onPage)
				assert.Assert(t, p.seen >= p.at, "there was no write %d", at)
				wrote := c.writes()
				c.set(t, onPage)
				if c.writes() != wrote {
					t.Errorf("one more run wrote %d times", c.writes()-wrote)
				}
				c.undo(t, first.journal.RunID())
				assert.Check(t, is.Equal(different(before, c.snapshot(t)), ""), "undo left (-before +after)")
			})
		}
	}
}
