package genesyssim_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/testkit/ratio"
)

func TestLargeOrganization(t *testing.T) {
	t.Parallel()
	o := shapedOrg(t, 6, 0, genesyssim.Options{Configurations: 700, Integrations: 250, Flows: 40, CallsPerMinute: 1000})
	o.signIn()
	for path, want := range map[string]int{
		configurations:                               702,
		configurations + "?pageSize=50":              702,
		"integrations?pageSize=100":                  252,
		"flows?type=inboundshortmessage&sortBy=name": 42,
		deployments:                                  1,
	} {
		ids := map[any]bool{}
		for _, one := range o.all(path) {
			ids[one["id"]] = true
		}
		assert.Check(t, is.Len(ids, want), path)
	}
	first := o.must(http.MethodGet, configurations, nil)
	if len(first["entities"].([]any)) != 300 || first["total"] != 702.0 || first["previousUri"] != nil {
		t.Errorf("first page: %d of %v", len(first["entities"].([]any)), first["total"])
	}
	second := o.must(http.MethodGet, first["nextUri"].(string), nil)
	back := o.must(http.MethodGet, second["previousUri"].(string), nil)
	assert.Check(t, back["entities"].([]any)[0].(object)["id"] == first["entities"].([]any)[0].(object)["id"],
		"previousUri does not lead back")
	published := 0
	for _, f := range o.all("flows?type=inboundshortmessage") {
		if f["publishedVersion"] != nil {
			published++
		}
	}
	assert.Check(t, is.Equal(published, 41))
	one := o.named(configurations, "Branch 00700")
	assert.Check(t, one["version"] == "DRAFT" && one["status"] == "Active", "the last one: %v", one)
}

// What is added changes nothing of what a seed gives without it.
func TestSizeKeepsTheSeed(t *testing.T) {
	t.Parallel()
	small, large := newOrg(t, 6, 0), shapedOrg(t, 6, 0, genesyssim.Options{Configurations: 5, Integrations: 5, Flows: 5})
	large.signIn()
	for path, name := range map[string]string{configurations: "Main website", "integrations": "CRM data actions", "flows": "Web chat"} {
		a, b := small.named(path, name)["id"], large.named(path, name)["id"]
		assert.Check(t, a == b, "%s: %v, want %v", name, b, a)
	}
	if small.token != large.token || small.must(http.MethodPost, configurations, sample)["id"] != large.must(http.MethodPost, configurations, sample)["id"] {
		t.Error("tokens or new ids differ")
	}
}

// TestLargeStartsAtOnce: what is in an org is made in a time that grows with it, and not faster.
func TestLargeStartsAtOnce(t *testing.T) {
	start := func(many int) func() time.Duration {
		return ratio.Work(func() {
			genesyssim.New(simkit.Settings{Seed: 1}, genesyssim.Options{Configurations: many, Integrations: many, Flows: many})
		})
	}
	more := ratio.Of(start(3000), start(300))
	assert.Check(t, !(more > 30), "10 times as much takes %.0f times as long", more)
}

// One page of many costs what one page of few costs.
func TestPageCostsWhatItShows(t *testing.T) {
	cost := func(many int) float64 {
		o := shapedOrg(t, 1, 0, genesyssim.Options{Configurations: many, CallsPerMinute: 1000})
		o.signIn()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v2/"+configurations+"?pageSize=25", nil)
		assert.NilError(t, err)
		r.Header.Set("Authorization", "Bearer "+o.token)
		return testing.AllocsPerRun(10, func() { o.sim.ServeHTTP(nowhere{http.Header{}}, r) })
	}
	few, many := cost(100), cost(20000)
	assert.Check(t, !(many > 2*few), "%.0f allocations for a page of 20000, %.0f for one of 100", many, few)
}

type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header       { return n.header }
func (nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (nowhere) WriteHeader(int)             {}

func TestTokensAreForgotten(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	code := o.code(o.request())
	o.clock.advance(48 * time.Hour)
	o.signIn()
	o.code(o.request())
	status, answer := o.form("", "", o.redemption(code))
	assert.Check(t, status == 400 && strings.Contains(answer["description"].(string), "unknown"),
		"%d %v", status, answer)
	o.must(http.MethodGet, "organizations/me", nil)
}
