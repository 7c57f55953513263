package oktasim

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

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

// Each active secret opens the token endpoint, and no other one does.
func TestActiveSecretsAuthenticate(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Limits: map[string]int{}})
	x := o.webClient(nil)
	at := "/api/v1/apps/" + x.id + "/credentials/secrets"
	made := o.do("POST", at, object{}).want(t, "201")
	assert.Check(t, made.text("status") == "ACTIVE" && made.text("created") != "" && made.text("lastUpdated") != "", made.raw)
	first, second := x, webClient{x.id, made.text("client_secret")}
	firstID := o.do("GET", at, nil).want(t, "200").column("id")[0]
	accepts := func(clients ...webClient) {
		t.Helper()
		for _, client := range []webClient{first, second} {
			want := "401 invalid_client"
			if slices.Contains(clients, client) {
				want = "400 invalid_grant"
			}
			got, _, _ := strings.Cut(o.redeem("/oauth2/default", client, "none", nil).outcome(), ":")
			assert.Check(t, strings.HasPrefix(got, want), "%s instead of %s", got, want)
		}
	}
	accepts(first, second)
	o.do("POST", at+"/"+firstID+"/lifecycle/deactivate", object{}).want(t, "200")
	accepts(second)
	o.do("POST", at+"/"+firstID+"/lifecycle/activate", object{}).want(t, "200")
	accepts(first, second)
	o.do("POST", at+"/"+firstID+"/lifecycle/deactivate", object{}).want(t, "200")
	o.do("DELETE", at+"/"+firstID, nil).want(t, "204")
	accepts(second)
}
