package oktasim

import (
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestListApps(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	for range 2 { // labels need not be unique
		o.do("POST", "/api/v1/apps", webApp(object{"label": "Customer chat"})).want(t, "200")
	}
	for query, want := range map[string][]string{
		"":                                      {"Okta Admin Console", "Okta Dashboard", "Okta Workflows", "HR import", "Customer portal", "Setup service", "Setup service without DPoP", "Setup on a device", "Customer chat", "Customer chat"},
		"includeNonDeleted=true":                {"Okta Admin Console", "Okta Dashboard", "Okta Workflows", "HR import", "Customer portal", "Old chat", "Setup service", "Setup service without DPoP", "Setup on a device", "Customer chat", "Customer chat"},
		"q=Customer":                            {"Customer portal", "Customer chat", "Customer chat"},
		"q=Customer+p":                          {"Customer portal"},
		"q=portal":                              {},
		"q=saas":                                {"Okta Admin Console"},
		"q=Customer&limit=1":                    {"Customer portal"},
		`filter=status+eq+"INACTIVE"`:           {"Old chat"},
		`filter=name+eq+"flow"`:                 {"Okta Workflows"},
		`filter=status+eq+"ACTIVE"&q=Customer+`: {"Customer portal", "Customer chat", "Customer chat"},
		`filter=name+eq+"flow"+or+name+eq+"saasure"+and+status+eq+"INACTIVE"`: {"Okta Workflows"},
	} {
		got := o.do("GET", "/api/v1/apps?"+query, nil).want(t, "200").column("label")
		assert.Check(t, is.DeepEqual(got, want), query)
	}
	for query, want := range map[string]string{
		`filter=label+eq+"Customer+chat"`: "400 E0000001 filter: Invalid search criteria.",
		"filter=status":                   "400 E0000001 filter: Invalid search criteria.",
		"limit=201":                       "400 E0000001 limit: must be a number from 1 to 200",
		"limit=0":                         "400 E0000001 limit: must be a number from 1 to 200",
		"after=nothing":                   "400 E0000001 after: the cursor is not known",
	} {
		o.do("GET", "/api/v1/apps?"+query, nil).want(t, want)
	}
}

func TestPagesOfApps(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Apps: 45})
	for query, sizes := range map[string][]int{"q=App": {20, 20, 5}, "q=App&limit=15": {15, 15, 15}, "q=App&limit=200": {45}} {
		got := map[string]bool{}
		var pages []int
		for at := "/api/v1/apps?" + query; at != ""; {
			a := o.do("GET", at, nil).want(t, "200")
			self := a.header.Values("Link")[0]
			assert.Check(t, strings.HasSuffix(self, `; rel="self"`) && strings.HasPrefix(self, "<"+o.http.URL+"/api/v1/apps?"), self)
			for _, label := range a.column("label") {
				got[label] = true
			}
			at, pages = a.next(), append(pages, len(a.column("label")))
		}
		assert.Check(t, is.DeepEqual(pages, sizes), query)
		assert.Check(t, is.Len(got, 45), query)
	}
}

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
