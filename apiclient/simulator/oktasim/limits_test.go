package oktasim

import (
	"cmp"
	"fmt"
	"net/http"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// slow is an org whose clock stands still.
func slow(t *testing.T, opts Options) (*testOrg, *clock) {
	t.Helper()
	c := &clock{}
	c.seconds.Store(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).Unix())
	return startWith(t, simkit.Settings{Seed: 1, Now: c.now}, opts), c
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts  Options
		limit int
	}{
		"by default":   {Options{}, 20},
		"integrator":   {Options{Profile: Integrator}, 20},
		"half of it":   {Options{Profile: Integrator, HalfForTokens: true}, 10},
		"workforce":    {Options{Profile: Workforce}, 100},
		"half of that": {Options{Profile: Workforce, HalfForTokens: true}, 50},
		"half of one":  {Options{HalfForTokens: true, Limits: map[string]int{"/api/v1/apps": 1}}, 1},
		"short":        {Options{Window: 2 * time.Second}, 20},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, c := slow(t, tt.opts)
			window := cmp.Or(tt.opts.Window, time.Minute)
			for i := range tt.limit {
				a := o.do("GET", "/api/v1/apps?limit=1", nil).want(t, "200")
				got, want := a.header.Get("X-Rate-Limit-Remaining"), fmt.Sprint(tt.limit-1-i)
				assert.Equal(t, got, want, "remaining")
			}
			a := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "429 E0000047")
			for name, want := range map[string]string{
				"X-Rate-Limit-Limit": fmt.Sprint(tt.limit), "X-Rate-Limit-Remaining": "0",
				"X-Rate-Limit-Reset": fmt.Sprint(c.now().Add(window).Unix()), "Date": "Sun, 01 Mar 2026 12:00:00 GMT", "Retry-After": "",
			} {
				assert.Check(t, is.Equal(a.header.Get(name), want), name)
			}
			o.do("GET", "/api/v1/apps/0oaNone", nil).want(t, "404 E0000007") // a bucket of its own
			c.advance(window - time.Second)
			o.do("GET", "/api/v1/apps", nil).want(t, "429 E0000047")
			c.advance(time.Second)
			o.do("GET", "/api/v1/apps", nil).want(t, "200")
		})
	}
}

// Who may call. What Okta limits says so in every answer, refusals included; what it does not limit says nothing.
func TestWhoMayCallAndWhatIsLeft(t *testing.T) {
	t.Parallel()
	o, _ := slow(t, Options{})
	for _, tt := range []struct {
		method, path, sign string
		want               string
		limited            bool
	}{
		{"GET", "/api/v1/org", "SSWS " + o.Token(), "200", true},
		{"GET", "/api/v1/org", "", "403 E0000005", true},
		{"GET", "/api/v1/org", "ssws " + o.Token(), "200", true},
		{"GET", "/api/v1/org", "Basic eDp5", "403 E0000005", true},
		{"GET", "/api/v1/org", "Bearer " + o.Token(), "401 E0000011", true},
		{"GET", "/api/v1/org", "SSWS " + o.Token() + "x", "401 E0000011", true},
		{"GET", "/api/v1/nothing", "SSWS " + o.Token(), "404 E0000008", true},
		{"DELETE", "/api/v1/apps", "SSWS " + o.Token(), "405 E0000022", true},
		{"POST", "/oauth2/v1/token", "", "400 invalid_request", true},
		{"GET", "/oauth2/v1/authorize", "", "400", true},
		{"GET", "/oauth2/v1/keys", "", "200", false},
		{"GET", "/.well-known/openid-configuration", "", "200", false},
		{"GET", "/oauth2/default/.well-known/openid-configuration", "", "200", false},
	} {
		a := o.send(tt.method, tt.path, nil, http.Header{"Authorization": {tt.sign}}).want(t, tt.want)
		for _, name := range []string{"X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"} {
			assert.Check(t, (a.header.Get(name) != "") == tt.limited, "%s %s: %s is %q", tt.method, tt.path, name, a.header.Get(name))
		}
	}
}
