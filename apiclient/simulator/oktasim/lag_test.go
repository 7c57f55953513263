package oktasim

import (
	"context"
	"net/http"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// For a while after its creation no read finds an object. Writes do, unless they are to miss it too.
func TestLag(t *testing.T) {
	t.Parallel()
	for _, writes := range []bool{false, true} {
		o, c := slow(t, Options{Lag: 2 * time.Second, LagWrites: writes, Limits: map[string]int{}})
		group := o.do("GET", "/api/v1/groups?q=Support", nil).column("id")[0]
		app := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200").text("id")
		c.advance(2 * time.Second) // so that only what is under it is new
		policy := defaultPolicies + "/" + o.do("POST", defaultPolicies, policyBody("P", nil)).want(t, "201").text("id")
		c.advance(2 * time.Second)
		for _, tt := range []struct {
			list, make    string
			body          object
			method, write string // by the new object's id
			change        object
		}{
			{list: "/api/v1/apps", body: webApp(nil), method: "PUT", change: webApp(object{"label": "x"})},
			{list: "/api/v1/trustedOrigins", body: originBody("a", "https://a.test", "CORS"), method: "PUT", change: originBody("b", "https://a.test", "CORS")},
			{list: defaultPolicies, body: policyBody("Q", nil), method: "PUT", change: policyBody("R", nil)},
			{list: policy + "/rules", body: ruleBody(nil), method: "PUT", change: ruleBody(object{"name": "x"})},
			{list: "/api/v1/apps/" + app + "/credentials/secrets", body: object{}, method: "POST", write: "/lifecycle/activate", change: object{}},
			{list: "/api/v1/apps/" + app + "/groups", make: group, body: object{}, method: "DELETE"},
		} {
			before := len(o.do("GET", tt.list, nil).want(t, "200").column("id"))
			var made answer
			if tt.make != "" {
				made = o.do("PUT", tt.list+"/"+tt.make, tt.body).want(t, "200")
			} else if made = o.do("POST", tt.list, tt.body); made.status >= 300 {
				t.Fatal(made.raw)
			}
			one := tt.list + "/" + made.text("id")
			missing := func() {
				o.do("GET", one, nil).want(t, "404 E0000007")
				assert.Check(t, is.Equal(len(o.do("GET", tt.list, nil).want(t, "200").column("id")), before), tt.list)
			}
			missing()
			c.advance(time.Second)
			missing()
			a := o.do(tt.method, one+tt.write, tt.change)
			assert.Check(t, (a.status == http.StatusNotFound) == writes && (a.status < 300 || writes),
				"%s %s: %s", tt.method, one, a.raw)
			c.advance(time.Second)
			want, there := "200", 1
			if tt.method == "DELETE" && !writes {
				want, there = "404 E0000007", 0
			}
			o.do("GET", one, nil).want(t, want)
			assert.Check(t, is.Equal(len(o.do("GET", tt.list, nil).want(t, "200").column("id")), before+there),
				tt.list)
		}
	}
}

// What is new is missing for what is below it, too, but a name that it has is taken at once.
func TestLagBelow(t *testing.T) {
	t.Parallel()
	o, _ := slow(t, Options{Lag: time.Second, Limits: map[string]int{}})
	id := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200").text("id")
	o.do("GET", "/api/v1/apps/"+id+"/groups", nil).want(t, "404 E0000007")
	o.do("PUT", "/api/v1/apps/"+id+"/groups/"+o.groups[0].id, object{}).want(t, "200")
	o.do("POST", "/api/v1/trustedOrigins", originBody("a", "https://a.test", "CORS")).want(t, "200")
	o.do("POST", "/api/v1/trustedOrigins", originBody("a", "https://b.test", "CORS")).want(t, "400 E0000001 name: An object with this field already exists in the current organization")
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
