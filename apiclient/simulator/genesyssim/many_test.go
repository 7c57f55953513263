package genesyssim_test

import (
	"fmt"
	"net/http"
	"strings"
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

const configurations = "webdeployments/configurations"

var sample = object{
	"name": "Web SSO Messenger", "languages": []any{"en-us"}, "defaultLanguage": "en-us",
	"messenger": object{"enabled": true, "launcherButton": object{"visibility": "On"}},
	"position":  object{"alignment": "Auto", "sideSpace": 20.0, "bottomSpace": 12.0},
}

func TestVersions(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 5, 0)
	id := o.must(http.MethodPost, configurations, sample)["id"].(string)
	for range 60 {
		o.must(http.MethodPost, configurations+"/"+id+"/versions/draft/publish", nil)
	}
	var numbers []string
	for _, v := range o.all(configurations + "/" + id + "/versions?pageSize=7") {
		numbers = append(numbers, v["version"].(string))
	}
	assert.Check(t, len(numbers) == 50 && strings.Join(numbers[:3], " ") == "DRAFT 60 59" && numbers[49] == "12",
		"%d versions: %v", len(numbers), numbers)
	o.refuses("404 not.found", http.MethodGet, configurations+"/"+id+"/versions/61", nil)
	o.refuses("404 not.found", http.MethodGet, configurations+"/none/versions", nil)
}
