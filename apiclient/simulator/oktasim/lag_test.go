package oktasim

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// For a while after its creation no read finds an object, nor what is below it. Writes do, unless they are to miss it
// too. A name that it has is taken at once.
func TestLag(t *testing.T) {
	t.Parallel()
	for _, writes := range []bool{false, true} {
		o, c := slow(t, Options{Lag: 2 * time.Second, LagWrites: writes, Limits: map[string]int{}})
		made := func(method, path string, body object) string {
			id := o.do(method, path, body).want(t, "200").text("id")
			return strings.TrimSuffix(path, "/"+id) + "/" + id
		}
		app := made("POST", "/api/v1/apps", webApp(nil))
		seen := func(want string) {
			t.Helper()
			o.do("GET", app, nil).want(t, want)
			o.do("GET", app+"/groups", nil).want(t, want)
			assert.Check(t, is.Equal(len(o.do("GET", "/api/v1/apps?q=Messenger", nil).column("id")) == 1, want == "200"))
		}
		seen("404 E0000007")
		c.advance(time.Second)
		seen("404 E0000007")
		o.do("PUT", app, webApp(nil)).want(t, map[bool]string{true: "404 E0000007", false: "200"}[writes])
		c.advance(time.Second)
		seen("200")

		group := made("PUT", app+"/groups/"+o.groups[0].id, object{})
		o.do("GET", group, nil).want(t, "404 E0000007")
		assert.Check(t, is.Len(o.do("GET", app+"/groups", nil).want(t, "200").column("id"), 0))
		o.do("POST", "/api/v1/trustedOrigins", originBody("a", "https://a.test", "CORS")).want(t, "200")
		o.do("POST", "/api/v1/trustedOrigins", originBody("a", "https://b.test", "CORS")).want(t, "400 E0000001 name: An object with this field already exists in the current organization")
	}
}

// Each call waits as long as it is told to, before the org sees it.
func TestDelay(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	o := start(t, Options{Delay: func(r *http.Request) time.Duration {
		if r.URL.Path != "/api/v1/org" {
			return 0
		}
		cancel()
		return time.Hour
	}})
	o.do("GET", "/api/v1/domains", nil).want(t, "200")
	r, err := http.NewRequestWithContext(ctx, "GET", o.http.URL+"/api/v1/org", nil)
	assert.NilError(t, err)
	if resp, err := o.http.Client().Do(r); err == nil {
		_ = resp.Body.Close()
		t.Error("the call did not wait")
	}
	assert.Check(t, is.Equal(o.Calls().Reads, 1))
}
