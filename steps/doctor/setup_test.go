package doctor

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/pagecode"
)

func TestSetup(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	env, r := w.examineWith(t, both...)
	setup := kit.Must(r.Setup(t.Context(), env, ""))(t)
	assert.Check(t, is.Equal(setup.Document.Issuer, w.made.Okta.Issuer), "issuer")
	assert.Check(t, is.Equal(setup.ClientID, w.made.Okta.ClientID), "client")
	assert.Check(t, is.Equal(setup.AppID, w.made.Okta.AppID), "app")
	assert.Check(t, is.Equal(setup.DeploymentID, w.made.Genesys.DeploymentID), "deployment")
	assert.Check(t, is.Equal(setup.RedirectURI, "http://localhost:8080/"), "redirect URI")
	assert.Check(t, is.Equal(setup.Refresh, true), "refresh tokens")
	assert.Check(t, is.Equal(setup.Secret.Empty(), false), "a secret")
	assert.NilError(t, setup.Discovery.CheckClient(t.Context(), setup.Document, setup.ClientID, setup.Secret, setup.RedirectURI))
	named := kit.Must(r.Setup(t.Context(), env, "https://www.example.com/chat"))(t)
	assert.Check(t, is.Equal(named.RedirectURI, "https://www.example.com/chat"), "named redirect URI")
	assert.Check(t, is.DeepEqual(r.seen.missingRedirects(), []string{"https://www.example.com/chat"}), "the one to register")
}

// TestPageOfTheDeployment: page code and test are for a page on which the deployment lets Messenger start: a live deployment
// has other pages than one for tests.
func TestPageOfTheDeployment(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	live := "https://www.example.com/chat"
	kit.ChangeApp(func(app *okta.App) { app.RedirectURIs = append(app.RedirectURIs, live) })(t, w.Org)
	for host, want := range map[string]string{"www.example.com": live, "localhost": "http://localhost:8080/", "elsewhere.example.com": "http://localhost:8080/"} {
		kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = []string{host} })(t, w.Org)
		env, r := w.examineWith(t, both...)
		assert.Check(t, is.Equal(kit.Must(r.Setup(t.Context(), env, ""))(t).RedirectURI, want), "%s: the test's", host)
		assert.Check(t, is.Equal(facts(t, env, r).RedirectURI, want), "%s: the page code's", host)
	}
}

// TestRuleWithoutRefreshTokens: page code and test ask for what the rule gives, so that Okta takes both.
func TestRuleWithoutRefreshTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	rule(`["*"]`, `["openid","profile","email"]`)(t, w.Org)
	env, r := w.examineWith(t, both...)
	assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong")
	assert.Check(t, is.DeepEqual(facts(t, env, r).Scopes, []string{"openid", "email", "profile"}), "scopes of the page")
	setup := kit.Must(r.Setup(t.Context(), env, ""))(t)
	assert.Check(t, is.Equal(setup.Refresh, false), "the test asks for refresh tokens")
	i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Check == "access-policy" })
	assert.Check(t, is.Equal(r.Findings[i].What, `The rule "Messenger sign-in" of the policy "Genesys Messenger" allows all assigned users, without refresh tokens (the page must not request offline_access).`), "what is said")
}

// TestSetupWithAWrongDiscoveryURI: the test then begins at the server that should be there.
func TestSetupWithAWrongDiscoveryURI(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	for _, org := range []string{"https://accounts.google.com", "{okta}"} {
		kit.DiscoverAt(org+wellKnown)(t, w.Org)
		env, r := w.examineWith(t, both...)
		setup := kit.Must(r.Setup(t.Context(), env, ""))(t)
		assert.Check(t, is.Equal(setup.Document.Issuer, w.Sim.OktaURL()+"/oauth2/default"), "issuer in place of %s", org)
	}
}

// TestStrayEndpointsAreNotUsed: a document that sends browsers and secrets to another host fills in no page code and no
// test.
func TestStrayEndpointsAreNotUsed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	var asked atomic.Int32
	stranger := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	t.Cleanup(stranger.Close)
	at := w.made.Okta.Issuer
	body := strings.ReplaceAll(fetched(t, w.made.Okta.DiscoveryURI), `"`+at+`/v1/`, `"`+stranger.URL+`/v1/`)
	w.Sim.Okta().Faults.Add(simkit.Fault{
		Path: regexp.MustCompile("default/.well-known/openid-configuration$"), Status: http.StatusOK, Body: body, Header: http.Header{"Content-Type": {"application/json"}},
	})
	env, r := w.examineWith(t, both...)
	_, test := r.Setup(t.Context(), env, "")
	_, page := r.Page(t.Context(), env)
	for what, err := range map[string]error{"test": test, "page": page} {
		want := "The discovery document at " + w.made.Okta.DiscoveryURI + " can't be used. Of the endpoints, authorization_endpoint is on another host, "
		assert.Check(t, strings.HasPrefix(problem(t, err), want), "%s: %v", what, err)
	}
	assert.Check(t, is.Equal(asked.Load(), int32(0)), "calls of the other host")
}

func TestSetupLacksSomething(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	for name, tt := range map[string]struct {
		keys []guide.Key
		want string
	}{
		"no Okta":         {genesysOnly, "Missing: the app's client secret."},
		"the region only": {genesysOnly[:1], "Missing: the app integration."},
	} {
		env, r := w.examineWith(t, tt.keys...)
		_, err := r.Setup(t.Context(), env, "")
		assert.Check(t, is.Equal(problem(t, err), tt.want), name)
	}
}

// TestPageCode: what the page code is filled in with fits what doctor then looks for on a page.
func TestPageCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	env, r := w.examineWith(t, both...)
	got := facts(t, env, r)
	assert.Check(t, is.DeepEqual(got, pagecode.Facts{
		Issuer: w.made.Okta.Issuer, AuthorizeURL: w.made.Okta.Issuer + "/v1/authorize", ClientID: w.made.Okta.ClientID,
		RedirectURI: "http://localhost:8080/", OktaURL: w.Sim.OktaURL(), Scopes: []string{"openid", "email", "profile", "offline_access"},
		Snippet: w.made.Snippet, DeploymentID: w.made.Genesys.DeploymentID,
	}), "facts")
	plugin := kit.Must(pagecode.Plugin(got))(t)
	assert.Check(t, is.DeepEqual(signInAt(plugin), []string{w.made.Okta.Issuer}), "issuers in the page code")
	assert.Check(t, is.Equal(strings.Contains(plugin, w.made.Okta.ClientID), true), "the client in it")
}

// fetched is what anyone gets at an address.
func fetched(t *testing.T, address string) string {
	t.Helper()
	request := kit.Must(http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))(t)
	response, err := http.DefaultClient.Do(request)
	assert.NilError(t, err)
	defer response.Body.Close() //nolint:errcheck // only read
	defer http.DefaultClient.CloseIdleConnections()
	body := kit.Must(io.ReadAll(response.Body))(t)
	return string(body)
}

// TestEveryKindOfOrg: what the guide makes is healthy in each, with all credentials, and the page code names its issuer.
func TestEveryKindOfOrg(t *testing.T) {
	t.Parallel()
	for _, profile := range oktasim.Profiles() {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 8, Okta: oktasim.Options{Profile: profile}})
			for name, keys := range map[string][]guide.Key{"both": both, "Genesys Cloud": genesysOnly, "both, no Okta token": {both[0], both[2], both[3], both[4]}} {
				env, r := w.examineWith(t, keys...)
				assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong, seen by "+name)
				assert.Check(t, is.Equal(facts(t, env, r).Issuer, w.made.Okta.Issuer), "issuer")
			}
		})
	}
}
