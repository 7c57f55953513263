package doctor

import (
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/pagecode"
)

func TestSetup(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	env := w.visit(t, both...)
	r, err := Examine(t.Context(), Config{Env: env, Deployment: "Web SSO"})
	noError(t, err)
	setup, err := r.Setup(t.Context(), env, "")
	noError(t, err)
	same(t, "issuer", w.made.Okta.Issuer, setup.Document.Issuer)
	same(t, "client", w.made.Okta.ClientID, setup.ClientID)
	same(t, "app", w.made.Okta.AppID, setup.AppID)
	same(t, "deployment", w.made.Genesys.DeploymentID, setup.DeploymentID)
	same(t, "redirect URI", "http://localhost:8080/", setup.RedirectURI)
	same(t, "refresh tokens", true, setup.Refresh)
	same(t, "a secret", false, setup.Secret.Empty())
	noError(t, setup.Discovery.CheckClient(t.Context(), setup.Document, setup.ClientID, setup.Secret, setup.RedirectURI))
	named, err := r.Setup(t.Context(), env, "https://www.example.com/chat")
	noError(t, err)
	same(t, "named redirect URI", "https://www.example.com/chat", named.RedirectURI)
	same(t, "the one to register", []string{"https://www.example.com/chat"}, r.seen.missingRedirects())
}

// TestARuleWithoutRefreshTokens: page code and test ask for what the rule gives, so that Okta takes both.
func TestARuleWithoutRefreshTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	rule(`["*"]`, `["openid","profile","email"]`)(t, w)
	env := w.visit(t, both...)
	r, err := Examine(t.Context(), Config{Env: env, Deployment: "Web SSO"})
	noError(t, err)
	same(t, "what is wrong", []string{}, bad(r))
	facts, err := r.Page(t.Context(), env)
	noError(t, err)
	same(t, "scopes of the page", []string{"openid", "email", "profile"}, facts.Scopes)
	setup, err := r.Setup(t.Context(), env, "")
	noError(t, err)
	same(t, "the test asks for refresh tokens", false, setup.Refresh)
	i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Check == "access-policy" })
	same(t, "what is said", `The rule "Messenger sign-in" of the policy "Genesys Messenger" lets everyone in who is assigned, without refresh tokens: the page must not ask for offline_access.`, r.Findings[i].What)
}

// TestSetupWithAWrongDiscoveryURI: the test then begins at the server that should be there.
func TestSetupWithAWrongDiscoveryURI(t *testing.T) {
	t.Parallel()
	for name, uri := range map[string]string{"Google's": "https://accounts.google.com" + wellKnown, "the org's own": "{okta}" + wellKnown} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 5})
			discovery(uri)(t, w)
			env := w.visit(t, both...)
			r, err := Examine(t.Context(), Config{Env: env, Deployment: "Web SSO"})
			noError(t, err)
			setup, err := r.Setup(t.Context(), env, "")
			noError(t, err)
			same(t, "issuer", w.sim.OktaURL()+"/oauth2/default", setup.Document.Issuer)
		})
	}
}

func TestSetupLacksSomething(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	genesys := []guide.Key{guide.GenesysRegion, guide.GenesysClientID, guide.GenesysClientSecret}
	for name, tt := range map[string]struct {
		keys []guide.Key
		want string
	}{
		"no Okta":         {genesys, "Not known: the app's client secret."},
		"the region only": {genesys[:1], "Not known: which app integration signs visitors in."},
	} {
		env := w.visit(t, tt.keys...)
		r, err := Examine(t.Context(), Config{Env: env, Deployment: w.made.Genesys.DeploymentID})
		noError(t, err)
		_, err = r.Setup(t.Context(), env, "")
		same(t, name, tt.want, problem(t, err))
	}
}

// TestPageCode: what the page code is filled in with fits what doctor then looks for on a page.
func TestPageCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	env := w.visit(t, both...)
	r, err := Examine(t.Context(), Config{Env: env, Deployment: "Web SSO"})
	noError(t, err)
	facts, err := r.Page(t.Context(), env)
	noError(t, err)
	same(t, "facts", pagecode.Facts{
		Issuer: w.made.Okta.Issuer, AuthorizeURL: w.made.Okta.Issuer + "/v1/authorize", ClientID: w.made.Okta.ClientID,
		RedirectURI: "http://localhost:8080/", OktaURL: w.sim.OktaURL(), Scopes: []string{"openid", "email", "profile", "offline_access"},
		Snippet: w.made.Snippet, DeploymentID: w.made.Genesys.DeploymentID,
	}, facts)
	plugin, err := pagecode.Plugin(facts)
	noError(t, err)
	same(t, "issuers in the page code", []string{w.made.Okta.Issuer}, signInAt(plugin))
	same(t, "the client in it", true, strings.Contains(plugin, w.made.Okta.ClientID))
}
