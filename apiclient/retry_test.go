package apiclient

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTries(t *testing.T) {
	t.Parallel()
	is := func(status int) reply { return reply{status: status} }
	cut := reply{err: io.EOF}
	req := func(method string) Request { return Request{Op: "x", Method: method, Path: "/x"} }
	token := Request{Op: "x", Method: "POST", Path: "/x", Read: true}
	for name, tc := range map[string]struct {
		req     Request
		replies []reply
		tries   int
		ok      bool
	}{
		"GET 503 once":         {req("GET"), []reply{is(503), is(200)}, 2, true},
		"GET 503 for ever":     {req("GET"), []reply{is(503)}, 3, false},
		"GET 502":              {req("GET"), []reply{is(502), is(200)}, 2, true},
		"GET 504":              {req("GET"), []reply{is(504), is(200)}, 2, true},
		"GET 408":              {req("GET"), []reply{is(408), is(200)}, 2, true},
		"GET cut":              {req("GET"), []reply{cut, cut, is(200)}, 3, true},
		"HEAD cut":             {req("HEAD"), []reply{cut, is(200)}, 2, true},
		"PUT 503":              {req("PUT"), []reply{is(503), is(200)}, 2, true},
		"DELETE cut":           {req("DELETE"), []reply{cut, is(204)}, 2, true},
		"token request 503":    {token, []reply{is(503), is(200)}, 2, true},
		"GET 500":              {req("GET"), []reply{is(500), is(200)}, 2, true},
		"PUT 500":              {req("PUT"), []reply{is(500)}, 1, false},
		"POST 423":             {req("POST"), []reply{is(423), is(200)}, 2, true},
		"GET 501":              {req("GET"), []reply{is(501)}, 1, false},
		"GET 404":              {req("GET"), []reply{is(404)}, 1, false},
		"POST 503":             {req("POST"), []reply{is(503)}, 1, false},
		"POST cut":             {req("POST"), []reply{cut}, 1, false},
		"PATCH 504":            {req("PATCH"), []reply{is(504)}, 1, false},
		"POST 429":             {req("POST"), []reply{is(429), is(200)}, 2, true},
		"POST 429 for ever":    {req("POST"), []reply{is(429)}, 5, false},
		"GET 429 for ever":     {req("GET"), []reply{is(429)}, 5, false},
		"GET 429 then 503":     {req("GET"), []reply{is(429), is(503), is(200)}, 3, true},
		"GET 429, 429, 503":    {req("GET"), []reply{is(429), is(429), is(503)}, 3, false},
		"POST 429 then cut":    {req("POST"), []reply{is(429), cut}, 2, false},
		"GET malformed answer": {req("GET"), []reply{{status: 200, body: "{"}}, 1, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			net := &fake{replies: tc.replies}
			c := client(t, "https://acme.okta.com", func(cfg *Config) { cfg.HTTP = net })
			var out Object
			_, err := c.Do(t.Context(), tc.req, &out)
			if net.count() != tc.tries || (err == nil) != tc.ok {
				t.Errorf("%s: %d tries and %v", name, net.count(), err)
			}
		})
	}
}

// TestRefusalAfterALostAnswer is a write that was carried out, was sent again because its answer was lost, and was
// refused then: its version is no longer the current one.
func TestRefusalAfterALostAnswer(t *testing.T) {
	t.Parallel()
	cut := reply{err: io.EOF}
	for name, tc := range map[string]struct {
		method  string
		replies []reply
		maybe   bool
	}{
		"PUT refused":           {"PUT", []reply{{status: 409}}, false},
		"PUT cut, refused":      {"PUT", []reply{cut, {status: 409}}, true},
		"PUT 503, refused":      {"PUT", []reply{{status: 503}, {status: 409}}, true},
		"PUT 429, refused":      {"PUT", []reply{{status: 429}, {status: 409}}, false},
		"DELETE cut, not found": {"DELETE", []reply{cut, {status: 404}}, true},
		"GET cut, not found":    {"GET", []reply{cut, {status: 404}}, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := client(t, "https://acme.okta.com", func(cfg *Config) { cfg.HTTP = &fake{replies: tc.replies} })
			_, err := c.Do(t.Context(), Request{Op: "x", Method: tc.method, Path: "/x"}, nil)
			if e, ok := AsError(err); !ok || e.Maybe != tc.maybe {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}

func TestBackoffDoubles(t *testing.T) {
	t.Parallel()
	for tries, low := range map[int]time.Duration{1: 500 * time.Millisecond, 2: time.Second, 3: 2 * time.Second, 4: 4 * time.Second} {
		seen := map[time.Duration]bool{}
		for range 100 {
			got := backoff(tries)
			if got < low || got >= low*3/2 {
				t.Fatalf("try %d: %v", tries, got)
			}
			seen[got] = true
		}
		if len(seen) < 50 {
			t.Errorf("try %d: only %d different waits", tries, len(seen))
		}
	}
}

func TestOnWaitPrecedesEachWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var waits []Wait
		net := &fake{replies: []reply{{status: 429, header: map[string]string{"Retry-After": "42"}}, {status: 503}, {status: 200}}}
		c := client(t, "https://acme.okta.com", func(cfg *Config) {
			cfg.HTTP = net
			cfg.OnWait = func(w Wait) {
				if len(waits) != net.count()-1 {
					t.Errorf("told of wait %d after request %d", len(waits)+1, net.count())
				}
				waits = append(waits, w)
			}
		})
		if _, err := c.Do(t.Context(), get, nil); err != nil {
			t.Fatal(err)
		}
		want := []Wait{{Okta, "rate limit", 42 * time.Second}, {Okta, "retry", net.times[2].Sub(net.times[1])}}
		if diff := cmp.Diff(want, waits); diff != "" {
			t.Errorf("waits (-want +got):\n%s", diff)
		}
	})
}

func TestWaitCanBeCanceled(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"rate limit": http.StatusTooManyRequests, "retry": http.StatusServiceUnavailable} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			net := &fake{replies: []reply{{status: status}}}
			c := client(t, "https://acme.okta.com", func(cfg *Config) {
				cfg.HTTP = net
				cfg.OnWait = func(Wait) { time.AfterFunc(100*time.Millisecond, cancel) }
			})
			start := time.Now()
			_, err := c.Do(ctx, get, nil)
			if !errors.Is(err, context.Canceled) || time.Since(start) != 100*time.Millisecond || net.count() != 1 {
				t.Errorf("%s: got %v after %v", name, err, time.Since(start))
			}
		})
	}
}
