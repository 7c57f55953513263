package genesyssim_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

func TestLargeOrganization(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 6, 0, genesyssim.Options{Configurations: 700, Integrations: 250, Flows: 40, CallsPerMinute: 1000})
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

// One page of many costs what one page of few costs.
func TestPageCostsWhatItShows(t *testing.T) {
	cost := func(many int) float64 {
		o := newOrg(t, 1, 0, genesyssim.Options{Configurations: many, CallsPerMinute: 1000})
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

func TestParallelCreates(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 9, 0)
	m := o.discover()
	const each = 8
	before := o.sim.Counts()
	var wg sync.WaitGroup
	for n := range each {
		wg.Go(func() { o.call(http.MethodPost, "integrations", m.integration(fmt.Sprint(n))) })
		wg.Go(func() { o.call(http.MethodPost, "integrations/credentials", m.credential("s")) })
		wg.Go(func() { o.call(http.MethodPost, configurations, sample) })
		wg.Go(func() { o.call(http.MethodGet, configurations, nil) })
		wg.Go(func() { o.public("none", "config.json") })
		wg.Go(func() { _ = o.sim.Calls() })
	}
	wg.Wait()
	after := o.sim.Counts()
	if after.Integrations-before.Integrations != each || after.Credentials-before.Credentials != each || after.Configurations-before.Configurations != each {
		t.Errorf("before %+v, after %+v", before, after)
	}
	ids := map[any]bool{}
	for _, one := range o.all(configurations) {
		ids[one["id"]] = true
	}
	assert.Check(t, is.Len(ids, after.Configurations))
}

func TestNumberedPages(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	first := o.must(http.MethodGet, "flows?pageSize=2", nil)
	assert.Check(t, first["total"] == 5.0 && first["pageCount"] == 3.0 && first["previousUri"] == nil,
		"first: %v", first)
	got, want := first["nextUri"], "/api/v2/flows?pageNumber=2&pageSize=2"
	assert.Check(t, got == want, "nextUri %v, want %s", got, want)
	last := o.must(http.MethodGet, "flows?pageSize=2&pageNumber=3", nil)
	assert.Check(t, len(last["entities"].([]any)) == 1 && last["nextUri"] == nil, "last: %v", last)
	assert.Check(t, o.must(http.MethodGet, "flows?pageSize=5", nil)["nextUri"] == nil, "a page that is just full is the last")
	beyond := o.must(http.MethodGet, "flows?pageSize=2&pageNumber=4", nil)
	assert.Check(t, is.Len(beyond["entities"].([]any), 0), "beyond")
	if got := len(o.all("integrations/types?pageSize=10")); got != int(o.must(http.MethodGet, "integrations/types", nil)["total"].(float64)) {
		t.Errorf("walked %d", got)
	}
}

func TestCursors(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	for n := range 5 {
		o.must(http.MethodPost, configurations, object{"name": fmt.Sprintf("Number %d", n)})
	}
	seen := map[any]bool{}
	list := o.all(configurations + "?pageSize=3")
	for _, one := range list {
		seen[one["id"]] = true
	}
	assert.Check(t, len(list) == 7 && len(seen) == 7, "walked %d, %d different", len(list), len(seen))
	whole := o.must(http.MethodGet, configurations, nil)
	assert.Check(t, whole["nextUri"] == nil && len(whole["entities"].([]any)) == 7 && whole["pageNumber"] == nil,
		"one page: %v", whole)
	second := o.must(http.MethodGet, o.must(http.MethodGet, configurations+"?pageSize=3", nil)["nextUri"].(string), nil)
	back := o.must(http.MethodGet, second["previousUri"].(string), nil)
	assert.Check(t, back["entities"].([]any)[0].(object)["id"] == list[0]["id"],
		"previousUri leads to %v", back["entities"])
	for path, most := range map[string]int{configurations: 300, "integrations/credentials/listing": 200} {
		for _, query := range []string{"after=x", "before=x", "pageSize=0", fmt.Sprint("pageSize=", most+1)} {
			o.refuses("400 invalid.query.param.value", http.MethodGet, path+"?"+query, nil)
		}
		o.must(http.MethodGet, path+fmt.Sprint("?pageSize=", most), nil)
	}
	m := o.discover()
	o.must(http.MethodPost, "integrations/credentials", m.credential("s"))
	got := o.all("integrations/credentials/listing?pageSize=1")
	assert.Check(t, len(got) == 2 && got[1]["name"] == "Integration-x", "credentials: %v", got)
}
