package oktasim

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/simkit"
)

func TestOrganization(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	open := o.send("GET", "/.well-known/okta-organization", nil, nil).want(t, "200")
	org := o.do("GET", "/api/v1/org", nil).want(t, "200")
	me := o.do("GET", "/api/v1/users/me", nil).want(t, "200")
	roles := o.do("GET", "/api/v1/users/"+me.text("id")+"/roles", nil).want(t, "200")
	got := []any{
		open.text("pipeline"), open.text("_links.organization.href"), org.text("companyName"), org.text("subdomain"), org.text("status"),
		me.text("profile.login"), me.text("status"), roles.column("type"), o.do("GET", "/api/v1/domains", nil).want(t, "200").raw,
	}
	want := []any{"idx", o.http.URL, "Acme", "acme", "ACTIVE", "ada@acme.test", "ACTIVE", []string{"SUPER_ADMIN"}, `{"domains":[]}`}
	assert.Check(t, is.DeepEqual(got, want))
	assert.Check(t, open.text("id") == org.text("id") && open.text("id")[:3] == "00o" &&
		me.at("lastLogin") == nil && me.has("lastLogin"), "org %s, user %s", open.raw, me.raw)
	if got := o.do("GET", "/api/v1/users/ada@acme.test", nil).want(t, "200").text("id"); got != me.text("id") {
		t.Errorf("by login %q", got)
	}
	o.do("GET", "/api/v1/users/00uNone", nil).want(t, "404 E0000007")
}

// everyID is what a seed decides.
func everyID(o *testOrg) []string {
	made := o.do("POST", "/api/v1/apps", webApp(nil))
	out := []string{o.Token(), made.text("id"), made.text("credentials.oauthClient.client_secret"), made.text("credentials.signing.kid")}
	for path, seeded := range map[string]int{"/api/v1/apps": 5, "/api/v1/groups": 6, "/api/v1/authorizationServers": 1} {
		out = append(out, o.do("GET", path, nil).column("id")[:seeded]...)
	}
	slices.Sort(out)
	return out
}

func TestSeedDecidesIDs(t *testing.T) {
	t.Parallel()
	first := everyID(startWith(t, simkit.Settings{Seed: 7}, Options{}))
	again := startWith(t, simkit.Settings{Seed: 7}, Options{})
	again.do("POST", "/api/v1/apps", object{}).want(t, "400 E0000001 name: The field cannot be left blank") // a refusal moves no id
	assert.Check(t, is.DeepEqual(everyID(again), first), "the same seed")
	large := startWith(t, simkit.Settings{Seed: 7}, Options{Groups: 20, Apps: 20})
	assert.Check(t, is.DeepEqual(everyID(large), first), "the size of an org")
	seen := map[string]bool{}
	for _, id := range first {
		seen[id] = true
	}
	for _, id := range everyID(startWith(t, simkit.Settings{Seed: 8}, Options{})) {
		assert.Check(t, !seen[id], "%s comes with both seeds", id)
	}
}

func TestConcurrentCalls(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	group := o.do("GET", "/api/v1/groups", nil).column("id")[0]
	before := o.Counts()
	const callers = 12
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			made := o.do("POST", "/api/v1/apps", webApp(object{"label": fmt.Sprint("App ", i)}))
			at := "/api/v1/apps/" + made.text("id")
			o.do("PUT", at, webApp(object{"label": fmt.Sprint("App ", i, " again")}))
			o.do("PUT", at+"/groups/"+group, object{})
			o.do("GET", "/api/v1/apps?q=App", nil)
			o.do("POST", "/api/v1/trustedOrigins", originBody("Same", "https://www.example.com", "CORS"))
		})
	}
	wg.Wait()
	after := o.Counts()
	want := before
	want.Apps, want.Secrets, want.GroupsAssigned, want.TrustedOrigins = before.Apps+callers, before.Secrets+callers, before.GroupsAssigned+callers, 1
	assert.Check(t, is.DeepEqual(after, want))
	assert.Check(t, is.Equal(o.Calls().Writes, 4*callers))
}
