package matrix

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/guide"
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

// trap has an accident happen at the nth call of the program that writes, or at the nth of all, to both services together.
type trap struct {
	accident
	at      int
	rest    bool // all calls that follow go wrong too
	signIns bool // those at Genesys Cloud count as writes
	reads   bool // all calls count
	kill    context.CancelFunc

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

// set has the program killed at the nth call from now on, also at a sign-in, before or after the service carried it out; 0: at
// none.
func (p *trap) set(at int, after bool, kill context.CancelFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at, p.accident, p.kill, p.seen, p.armed, p.signIns = at, accident{"kill", after}, kill, 0, true, true
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

// springs reports whether the call goes wrong, and whether it is the first to do so. Visitors' calls pass.
func (p *trap) springs(r *http.Request) (springs, first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	counts := p.reads || r.Method != http.MethodGet && (p.signIns || r.URL.Path != "/oauth/token")
	if !p.armed || !counts || r.UserAgent() != apiclient.UserAgent {
		return false, false
	}
	p.seen++
	return p.at > 0 && (p.seen == p.at || p.rest && p.seen > p.at), p.seen == p.at
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
			made := c.counts()
			c.again(t, nil) // at once
			assert.Check(t, is.Equal(c.counts(), made))
		})
	}
}

// TestRunAgainAfterAccident cuts a run off at each write, in each way, and runs it again at once: in the end there is
// exactly one of each object, one more run writes nothing, and undo leaves nothing.
func TestRunAgainAfterAccident(t *testing.T) {
	t.Parallel()
	profiles, late := []string{oktasim.Integrator}, []string{"both and writes"}
	if repeat.Full() {
		profiles, late = append(profiles, oktasim.Workforce), []string{"none", "genesys reads", "genesys writes", "okta reads", "okta writes", "both and writes"}
	}
	for _, profile := range profiles {
		for _, name := range late {
			for at := 1; at <= writes; at++ {
				for i, a := range accidents {
					if every := repeat.Every(7, 4); i%every != at%every {
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
	c.again(t, nil)
	time.Sleep(2 * lag) // undo reads lists, which show everything by then
	c.undoAll(t)
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
			if every := repeat.Every(4, 2); i%every != at%every {
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
				c.again(t, onPage)
				c.undoAll(t, first.journal.RunID())
				assert.Check(t, is.Equal(different(before, c.snapshot(t)), ""), "undo left (-before +after)")
			})
		}
	}
}

// delays is a pattern of delays: each call of a path has its own, mostly none, sometimes long.
type delays struct {
	seed  int
	mu    sync.Mutex
	calls map[string]int
}

func (d *delays) of(r *http.Request) time.Duration {
	key := r.Method + " " + scrub(r.URL.Path)
	d.mu.Lock()
	d.calls[key]++
	n := d.calls[key]
	d.mu.Unlock()
	h := fnv.New32a()
	fmt.Fprint(h, d.seed, key, n)
	switch v := h.Sum32() % 16; {
	case v < 8:
		return 0
	case v < 14:
		return time.Duration(v-7) * time.Millisecond
	default:
		return 25 * time.Millisecond
	}
}

// story is a first run, one without answers, and one with others. It is what must not depend on the order of answers.
func story(t *testing.T, profile string, seed int) string {
	t.Helper()
	var opts simulator.Options
	opts.Okta.Profile = profile
	if seed > 0 {
		d := &delays{seed: seed, calls: map[string]int{}}
		opts.Okta.Delay, opts.Genesys.Delay = d.of, d.of
	}
	c := newComputer(t, opts, time.Millisecond)
	var out []string
	for _, answers := range []map[guide.Key][]string{
		{guide.RedirectURIs: {"https://www.example.com/support"}},
		nil,
		{guide.RedirectURIs: {"https://www.example.com/support", "https://shop.example.com/"}, guide.GrantTypes: {"authorization_code"}},
		nil,
	} {
		do := c.set
		if answers == nil {
			do = c.again
		}
		r := do(t, answers)
		out = append(out, rows(r.plan.Changes)...)
		var notices []string
		for _, n := range r.plan.Notices {
			notices = append(notices, scrub(n.Text))
		}
		slices.Sort(notices)
		out = append(out, notices...)
		for _, change := range r.result.Changes {
			out = append(out, scrub(fmt.Sprint(change.Verb, change.Kind, change.Name)))
		}
	}
	return strings.Join(append(out, c.inventory(t)), "\n")
}

// TestDelaysChangeNothing runs the same story under many patterns of delays: plans, changes, and what the orgs then hold
// are the same every time.
func TestDelaysChangeNothing(t *testing.T) {
	t.Parallel()
	patterns := 200 / repeat.Every(60, 16)
	for _, profile := range []string{oktasim.Integrator, oktasim.Workforce} {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			calm := story(t, profile, 0)
			for seed := range patterns {
				t.Run(fmt.Sprint(seed+1), func(t *testing.T) {
					t.Parallel()
					assert.Check(t, is.DeepEqual(story(t, profile, seed+1), calm),
						"delays changed something (-calm +delayed)")
				})
			}
		})
	}
}
