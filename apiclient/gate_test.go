package apiclient

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestOneLimitHoldsAllCallsBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		net := &fake{replies: []reply{{status: 429, header: map[string]string{"Retry-After": "30"}}, {status: 200}}}
		c := client(t, "https://acme.okta.com", func(cfg *Config) { cfg.HTTP = net })
		start := time.Now()
		var wg sync.WaitGroup
		wg.Go(func() {
			_, err := c.Do(t.Context(), post, nil)
			assert.Check(t, err)
		})
		time.Sleep(time.Second)
		wg.Go(func() {
			_, err := c.Do(t.Context(), get, nil)
			assert.Check(t, err)
		})
		wg.Wait()
		for i, want := range []time.Duration{0, 30 * time.Second, 30 * time.Second} {
			assert.Check(t, is.Equal(net.times[i].Sub(start), want), "request %d was sent after", i+1)
		}
	})
}

func TestSpentBucketIsPaced(t *testing.T) {
	t.Parallel()
	spent := func(reset string) reply {
		return reply{status: 200, header: map[string]string{"X-Rate-Limit-Remaining": "0", "X-Rate-Limit-Reset": reset}}
	}
	const in10s, in10min, past = "946684810", "946685400", "946684700"
	for name, tc := range map[string]struct {
		first reply
		next  string // the path of the call that follows
		want  time.Duration
	}{
		"same bucket":              {spent(in10s), "/apps/2", 11 * time.Second},
		"other bucket":             {spent(in10s), "/groups", 0},
		"no bucket":                {spent(in10s), "/free", 0},
		"reset in the past":        {spent(past), "/apps/2", 0},
		"reset far off":            {spent(in10min), "/apps/2", 0},
		"not spent":                {reply{status: 200, header: map[string]string{"X-Rate-Limit-Remaining": "1", "X-Rate-Limit-Reset": in10s}}, "/apps/2", 0},
		"an error answer spent it": {reply{status: 400, header: spent(in10s).header}, "/apps/2", 11 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			net := &fake{replies: []reply{tc.first, {status: 200}}}
			c := client(t, "https://acme.okta.com", func(cfg *Config) {
				cfg.HTTP = net
				cfg.Bucket = func(path string) string {
					return map[string]string{"/apps/1": "apps", "/apps/2": "apps", "/groups": "groups"}[path]
				}
			})
			for _, path := range []string{"/apps/1", tc.next} {
				_, _ = c.Do(t.Context(), Request{Op: "x", Method: "GET", Path: path}, nil)
			}
			assert.Check(t, is.Equal(net.times[1].Sub(net.times[0]), tc.want), "%s: the next call waited", name)
		})
	}
}
