package matrix

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/guide"
)

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
		before := c.writes()
		r := c.set(t, answers)
		if answers == nil && c.writes() != before {
			t.Errorf("a rerun without answers wrote %d times: %v", c.writes()-before, rows(r.plan.Changes))
		}
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
	patterns := 12
	if full() {
		patterns = 200
	}
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
