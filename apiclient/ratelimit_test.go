package apiclient

import (
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestPauseAskedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // the clock says 2000-01-01 00:00 UTC
		date := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
		epoch := func(d time.Duration) string { return strconv.FormatInt(time.Now().Add(d).Unix(), 10) }
		for name, tc := range map[string]struct {
			header map[string]string
			want   time.Duration
			asked  bool
		}{
			"nothing":                     {nil, 0, false},
			"seconds":                     {map[string]string{"Retry-After": "42"}, 42 * time.Second, true},
			"zero":                        {map[string]string{"Retry-After": "0"}, 0, false},
			"negative":                    {map[string]string{"Retry-After": "-5"}, 0, false},
			"nonsense":                    {map[string]string{"Retry-After": "soon"}, 0, false},
			"an age":                      {map[string]string{"Retry-After": "99999999999999999999"}, 2147483647 * time.Second, true},
			"date":                        {map[string]string{"Retry-After": date(30 * time.Second)}, 30 * time.Second, true},
			"date by the service's clock": {map[string]string{"Retry-After": date(630 * time.Second), "Date": date(10 * time.Minute)}, 30 * time.Second, true},
			"date in the past":            {map[string]string{"Retry-After": date(-time.Hour)}, time.Second, true},
			"reset":                       {map[string]string{"X-Rate-Limit-Reset": epoch(20 * time.Second)}, 21 * time.Second, true},
			"reset by its clock":          {map[string]string{"X-Rate-Limit-Reset": epoch(620 * time.Second), "Date": date(10 * time.Minute)}, 21 * time.Second, true},
			"reset in the past":           {map[string]string{"X-Rate-Limit-Reset": epoch(-time.Hour)}, time.Second, true},
			"reset is nonsense":           {map[string]string{"X-Rate-Limit-Reset": "later"}, 0, false},
			"Retry-After comes first":     {map[string]string{"Retry-After": "2", "X-Rate-Limit-Reset": epoch(time.Minute)}, 2 * time.Second, true},
		} {
			header := http.Header{}
			for k, v := range tc.header {
				header.Set(k, v)
			}
			got, asked := askedPause(header)
			assert.Check(t, got == tc.want && asked == tc.asked, "%s: got %v, %v", name, got, asked)
		}
	})
}

func TestLimitIsWaitedFor(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		header map[string]string
		want   time.Duration // before the second try
	}{
		"as asked":       {map[string]string{"Retry-After": "42"}, 42 * time.Second},
		"at the cap":     {map[string]string{"Retry-After": "120"}, 2 * time.Minute},
		"zero: back-off": {map[string]string{"Retry-After": "0"}, time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			net := &fake{replies: []reply{{status: 429, header: tc.header}, {status: 200}}}
			c := client(t, "https://acme.okta.com", func(cfg *Config) { cfg.HTTP = net })
			_, err := c.Do(t.Context(), post, nil)
			assert.NilError(t, err, name)
			assert.Check(t, is.Equal(net.times[1].Sub(net.times[0]), tc.want), name)
		})
	}
}

func TestLongRateLimitReturns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		net := &fake{replies: []reply{{status: 429, header: map[string]string{"Retry-After": "121"}}}}
		c := client(t, "https://acme.okta.com", func(cfg *Config) { cfg.HTTP = net })
		start := time.Now()
		_, err := c.Do(t.Context(), get, nil)
		e, ok := AsError(err)
		if !ok || e.RetryAfter != 121*time.Second || e.Status != 429 || net.count() != 1 || time.Since(start) != 0 {
			t.Errorf("got %v after %d tries", err, net.count())
		}
	})
}

func TestSkewAndRateLimits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limits := func(ahead time.Duration, limit string) map[string]string {
			return map[string]string{
				"Date": time.Now().Add(ahead).UTC().Format(http.TimeFormat), "X-Rate-Limit-Limit": limit,
			}
		}
		service := &fake{replies: []reply{
			{status: 200, header: limits(0, "20")},
			{status: 403, header: limits(90*time.Second, "10")},
			{status: 403, header: limits(-time.Hour, "0")},
			{status: 403},
		}}
		c := client(t, "https://acme.test", func(cfg *Config) {
			cfg.HTTP = service
			cfg.Bucket = func(path string) string { return path }
		})
		_, known := c.Skew()
		assert.Check(t, !known && c.RateLimits() == nil, "something is known before the first answer")
		want := []RateLimit{{Bucket: "/things/1", Limit: 20}}
		for i, skew := range []time.Duration{0, 90 * time.Second, -time.Hour, -time.Hour} {
			_, err := c.Do(t.Context(), get, nil)
			assert.Equal(t, (err == nil), (i == 0), err)
			want[0].Calls, want[0].Until = min(i+1, 2), time.Now()
			if i == 1 {
				want[0].Limit = 10
			}
			if got, known := c.Skew(); got != skew || !known {
				t.Errorf("skew %v %v after answer %d, want %v", got, known, i, skew)
			}
			assert.Check(t, is.DeepEqual(c.RateLimits(), want), "after answer %d", i)
		}
	})
}

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

// limited is a service of a few calls a window, each of which takes a second. It says what is left, in either vendor's
// headers.
type limited struct {
	mu         sync.Mutex
	limit      int
	reset      time.Time
	used, most int
	genesys    bool
}

func (l *limited) RoundTrip(*http.Request) (*http.Response, error) {
	l.mu.Lock()
	if now := time.Now(); !now.Before(l.reset) {
		l.used, l.reset = 0, now.Add(time.Minute)
	}
	l.used++
	l.most = max(l.most, l.used)
	left, reset := l.limit-l.used, l.reset
	l.mu.Unlock()
	time.Sleep(time.Second)
	header := http.Header{"Content-Type": {"application/json"}}
	for name, n := range map[string]int64{"X-Rate-Limit-Limit": int64(l.limit), "X-Rate-Limit-Remaining": int64(max(0, left)), "X-Rate-Limit-Reset": reset.Unix()} {
		header.Set(name, strconv.FormatInt(n, 10))
	}
	if l.genesys {
		header = http.Header{"Content-Type": {"application/json"}}
		for name, n := range map[string]int{"inin-ratelimit-allowed": l.limit, "inin-ratelimit-count": l.limit - left, "inin-ratelimit-reset": int(time.Until(reset).Seconds())} {
			header.Set(name, strconv.Itoa(n))
		}
	}
	return &http.Response{StatusCode: http.StatusOK, Header: header, Body: http.NoBody}, nil
}

// TestLimitIsNotExceeded: not by calls at the same time either, and each window is used up.
func TestLimitIsNotExceeded(t *testing.T) {
	t.Parallel()
	for name, genesys := range map[string]bool{"Okta": false, "Genesys Cloud": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const limit, calls = 10, 37
				service := &limited{limit: limit, genesys: genesys}
				c := client(t, "https://acme.okta.com", func(cfg *Config) {
					cfg.HTTP = service
					if !genesys {
						cfg.Bucket = func(string) string { return "/apps" }
					}
				})
				began := time.Now()
				var wg sync.WaitGroup
				call := func() {
					_, err := c.Do(t.Context(), get, nil)
					assert.Check(t, err)
				}
				call() // the first answer says the limit
				for range calls - 1 {
					wg.Go(call)
				}
				wg.Wait()
				assert.Check(t, service.most <= limit, "%d calls in a window of %d", service.most, limit)
				windows := int(time.Since(began)/time.Minute) + 1
				assert.Check(t, windows <= calls/limit+1, "%d windows", windows)
				seen := c.RateLimits()
				assert.Check(t, len(seen) == 1 && seen[0].Limit == limit && seen[0].Calls == calls && seen[0].Window > 58*time.Second, "%+v", seen)
			})
		})
	}
}
