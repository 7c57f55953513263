package oktasim

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/jsontree"
)

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
	first := everyID(startWith(t, 7, time.Now, Options{}))
	again := startWith(t, 7, time.Now, Options{})
	again.do("POST", "/api/v1/apps", object{}).want(t, "400 E0000001 name: The field cannot be left blank") // a refusal moves no id
	assert.Check(t, is.DeepEqual(everyID(again), first), "the same seed")
	large := startWith(t, 7, time.Now, Options{Groups: 20, Apps: 20})
	assert.Check(t, is.DeepEqual(everyID(large), first), "the size of an org")
	seen := map[string]bool{}
	for _, id := range first {
		seen[id] = true
	}
	for _, id := range everyID(startWith(t, 8, time.Now, Options{})) {
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

func TestProfiles(t *testing.T) {
	t.Parallel()
	assert.Check(t, is.DeepEqual(Profiles(), []string{CustomDomain, Integrator, NoAPIAM, Workforce}))
	for name, want := range map[string]struct {
		servers, document string
		clients           []any // of the policies of "default"
		alternate         bool
	}{
		"":           {"200", "200", nil, false},
		Integrator:   {"200", "200", nil, false},
		Workforce:    {"200", "200", []any{"ALL_CLIENTS"}, false},
		NoAPIAM:      {"401 E0000015", "404 E0000007", nil, false},
		CustomDomain: {"200", "200", []any{"ALL_CLIENTS"}, true},
	} {
		o := start(t, Options{Profile: name})
		o.do("GET", "/api/v1/authorizationServers", nil).want(t, want.servers)
		o.send("GET", "/oauth2/default/.well-known/openid-configuration", nil, nil).want(t, want.document)
		var clients []any
		policies, _ := o.do("GET", defaultPolicies, nil).doc.([]any)
		for _, p := range policies {
			include, _ := jsontree.At(p.(object), "conditions.clients.include")
			clients = append(clients, include.([]any)...)
		}
		assert.Check(t, is.DeepEqual(clients, want.clients), "%q", name)
		got := o.send("GET", "/.well-known/okta-organization", nil, nil)
		assert.Check(t, is.Equal(got.has("_links.alternate"), want.alternate), "%q: %s", name, got.raw)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	assert.NilError(t, Options{Profile: Workforce, Groups: 10000, Apps: 3}.Check())
	for want, opts := range map[string]Options{
		`the Okta profile "x" is not one of custom-domain, integrator, no-api-am, workforce`: {Profile: "x"},
		`the admin role "GOD" is not one of `:                                                {Roles: []string{"GOD"}},
		"-1 more groups: it must be 0 to 10000":                                              {Groups: -1},
		"10001 more apps: it must be 0 to 10000":                                             {Apps: 10001},
	} {
		assert.Check(t, is.ErrorContains(opts.Check(), want))
	}
}

// The custom domain is another name of the same listener.
func TestCustomDomain(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: CustomDomain})
	org := o.http.URL
	custom := strings.Replace(org, "127.0.0.1", "localhost", 1)
	assert.Equal(t, o.CustomURL(org), custom, "custom address")
	byDefault := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200")
	assert.Check(t, is.Equal(byDefault.text("settings.oauthClient.issuer_mode"), "CUSTOM_URL"), "issuer mode")
	own := o.do("POST", "/api/v1/apps", webApp(object{"settings.oauthClient.issuer_mode": "ORG_URL"})).want(t, "200")
	for address, want := range map[string]string{
		org + "/.well-known/openid-configuration":                                   org,
		custom + "/.well-known/openid-configuration":                                custom,
		org + "/.well-known/openid-configuration?client_id=" + byDefault.text("id"): custom,
		custom + "/.well-known/openid-configuration?client_id=" + own.text("id"):    org,
		org + "/oauth2/default/.well-known/openid-configuration":                    org + "/oauth2/default",
		custom + "/oauth2/default/.well-known/openid-configuration":                 custom + "/oauth2/default",
	} {
		a := o.send("GET", address, nil, nil).want(t, "200")
		got := a.text("issuer")
		assert.Check(t, got == want && strings.HasPrefix(a.text("authorization_endpoint"), want),
			"%s: issuer %q, want %q", address, got, want)
	}
	for _, base := range []string{org, custom} {
		a := o.send("GET", base+"/.well-known/okta-organization", nil, nil).want(t, "200")
		assert.Check(t, a.text("_links.organization.href") == org && a.text("_links.alternate.href") == custom,
			"%s: %s", base, a.raw)
	}
	domains := o.do("GET", "/api/v1/domains", nil).want(t, "200").at("domains").([]any)
	assert.Check(t, "http://"+jsontree.Text(domains[0].(object), "domain") == custom && len(domains) == 1,
		"domains %v", domains)
	assert.Check(t, is.Equal(start(t, Options{}).CustomURL(org), ""), "an org without one")
}

func originBody(name, address string, scopes ...string) object {
	list := []object{}
	for _, scope := range scopes {
		list = append(list, object{"type": scope})
	}
	return object{"name": name, "origin": address, "scopes": list}
}
