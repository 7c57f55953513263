package conformance

import (
	"net/url"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

// genesysSign fetches a token and returns the header that carries it.
func genesysSign(t *testing.T, sim *simulator.Server) string {
	t.Helper()
	c := newCaller(t, sim.GenesysURL(), basic(sim.Credentials().GenesysClientID, sim.Credentials().GenesysClientSecret))
	c.do(call{method: "POST", path: "/oauth/token", body: "grant_type=client_credentials", status: 200, keep: "token=access_token"})
	return "Bearer " + c.kept["token"]
}

func TestGenesysEndpoints(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7})
	admin := newCaller(t, w.sim.GenesysURL(), genesysSign(t, w.sim))
	admin.kept["client"] = w.sim.Credentials().GenesysClientID
	admin.all("Genesys Cloud")
	newCaller(t, w.sim.GenesysURL(), "Bearer "+w.sim.Genesys().AccessToken()).all("Genesys Cloud, a user")
	genesysSignIn(t, w)
	coverage(t, "Genesys Cloud", w.genesys, nil)
}

// What an organization refuses by its own settings has the form of the definition too.
func TestGenesysRefusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7, Deny: []string{"architect:flow:view"}, Genesys: genesyssim.Options{
		MaxConfigurations: 2, LacksFeature: "authenticationSettings", Scopes: []string{"user-basic-info"}, CallsPerMinute: 3,
	}})
	newCaller(t, w.sim.GenesysURL(), genesysSign(t, w.sim)).all("Genesys Cloud, refusals")
	newCaller(t, w.sim.GenesysURL(), "Bearer "+w.sim.Genesys().AccessToken()).all("Genesys Cloud, refusals of a user")
}

const chatPage = "http://localhost:8080/"

// setUp runs the guide, so that visitors of chatPage can sign in.
func setUp(t *testing.T, w *world) setup.Result {
	t.Helper()
	env := w.env(t, map[guide.Key][]string{guide.RedirectURIs: {chatPage}})
	assert.NilError(t, run(t, env))
	return env.Result(0)
}

// chatWish asks for a code of the Messenger that setUp makes.
func chatWish(made setup.Result, attempt oidc.Attempt) oidc.AuthRequest {
	return oidc.AuthRequest{
		ClientID: made.Okta.ClientID, RedirectURI: chatPage, Scopes: []string{"openid", "email", "profile", "offline_access"}, Attempt: attempt,
	}
}

// codeFor signs a user in at Okta and returns the code.
func codeFor(t *testing.T, made setup.Result, wish oidc.AuthRequest) string {
	t.Helper()
	document := oidc.Document{
		URI: made.Okta.DiscoveryURI, Issuer: made.Okta.Issuer, AuthorizationEndpoint: made.Okta.Issuer + "/v1/authorize",
	}
	browser := newCaller(t, "", "")
	browser.do(call{
		method: "POST", path: must[string](t)(document.AuthorizeURL(wish)), body: "login=" + url.QueryEscape(visitor), status: 302, sign: "-", keep: "code=?code",
	})
	return browser.kept["code"]
}

// genesysSignIn signs a visitor in at a Messenger that the guide has set up.
func genesysSignIn(t *testing.T, w *world) {
	t.Helper()
	admin := newCaller(t, w.sim.GenesysURL(), genesysSign(t, w.sim))
	admin.do(call{method: "GET", path: "/api/v2/webdeployments/deployments", status: 200, keep: "unlike=entities.0.id"})
	made := setUp(t, w)
	attempt := oidc.Attempt{State: "1", Nonce: "2", Verifier: apiclient.NewSecret(verifier)}
	page := newCaller(t, w.sim.GenesysURL(), "")
	page.kept = map[string]string{
		"deployment": made.Genesys.DeploymentID, "unlike": admin.kept["unlike"], "code": codeFor(t, made, chatWish(made, attempt)),
	}
	page.all("Genesys Cloud, a visitor")
}

// messenger makes the calls of a visitor's browser, with the client.
func messenger(t *testing.T, w *world, region genesys.Region) {
	t.Helper()
	ctx, made, attempt := t.Context(), setUp(t, w), oidc.NewAttempt()
	c := must[*genesys.Messenger](t)(genesys.NewMessenger(genesys.MessengerConfig{Region: region}))
	must[genesys.PublicConfig](t)(c.PublicConfig(ctx, made.Genesys.DeploymentID))
	must[genesys.PublicDomains](t)(c.PublicDomains(ctx, made.Genesys.DeploymentID))
	tokens := must[genesys.VisitorTokens](t)(c.Exchange(ctx, genesys.SignInCode{
		DeploymentID: made.Genesys.DeploymentID, RedirectURI: chatPage, Nonce: attempt.Nonce,
		Code: apiclient.NewSecret(codeFor(t, made, chatWish(made, attempt))), Verifier: attempt.Verifier,
	}))
	assert.NilError(t, c.Revoke(ctx, tokens.JWT))
	assert.Check(t, is.Equal(w.sim.Genesys().VisitorTokens(), 0))
}
