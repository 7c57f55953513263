package oktasim

import (
	"net/url"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/simkit"
)

func TestManyGroups(t *testing.T) {
	t.Parallel()
	const many, seeded = 3000, 6
	o := start(t, Options{Groups: many})
	all := "/api/v1/groups?limit=200&filter=" + url.QueryEscape(`type eq "OKTA_GROUP" or type eq "BUILT_IN"`)
	total, pages := 0, 0
	for at := all; at != ""; pages++ {
		a := o.do("GET", at, nil).want(t, "200")
		total, at = total+len(a.column("id")), a.next()
	}
	assert.Check(t, total == many+seeded && pages == 16, "%d groups on %d pages", total, pages)
	assert.Check(t, is.DeepEqual(o.do("GET", "/api/v1/groups?q=group+299", nil).column("profile.name"), []string{"Group 2990", "Group 2991", "Group 2992", "Group 2993", "Group 2994", "Group 2995", "Group 2996", "Group 2997", "Group 2998", "Group 2999"}))
	a := o.do("GET", "/api/v1/groups?q=Group", nil).want(t, "200")
	if n := len(a.column("id")); n != 300 || a.next() != "" {
		t.Errorf("a search gives %d groups, then %q", n, a.next())
	}
}

// The size of an org changes no id of what a small one has too.
func TestSizeMovesNoIDs(t *testing.T) {
	t.Parallel()
	small := startWith(t, simkit.Settings{Seed: 7}, Options{})
	large := startWith(t, simkit.Settings{Seed: 7}, Options{Groups: 20, Apps: 20, Profile: NoAPIAM})
	for _, o := range []*testOrg{small, large} {
		o.do("POST", "/api/v1/apps", webApp(object{"label": "Same"})).want(t, "200")
	}
	if diff := cmp.Diff(small.do("GET", "/api/v1/apps?q=Same", nil).column("id"), large.do("GET", "/api/v1/apps?q=Same", nil).column("id")); diff != "" || small.Token() != large.Token() {
		t.Error(diff)
	}
}

// A large org takes little room. Not parallel: others would be counted too.
func TestLargeOrgIsSmallInMemory(t *testing.T) {
	before := heap()
	o := New(simkit.Settings{Seed: 1}, Options{Groups: 3000, Apps: 400})
	grown := heap() - before
	assert.Check(t, grown <= 8<<20, "%d bytes", grown)
	runtime.KeepAlive(o)
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc) //nolint:gosec // far below the limit
}
