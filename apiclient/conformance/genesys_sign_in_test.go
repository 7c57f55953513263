package conformance

import (
	"net/url"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

const (
	visitorTokens = "/api/v2/webdeployments/token"
	exchangePath  = visitorTokens + "/oauthcodegrantjwtexchange"
	chatPage      = "http://localhost:8080/"

	codeBody = `{"deploymentId":"{deployment}","oauth":{"code":"{code}","redirectUri":"` + chatPage + `","nonce":"2","codeVerifier":"` + verifier + `"}}`
	nextBody = `{"deploymentId":"{deployment}","refreshToken":"{refresh}"}`
)

// genesysVisitor is what Messenger calls for a visitor who comes back with a code.
var genesysVisitor = []call{
	{method: "OPTIONS", path: exchangePath, sign: "-", status: 204},
	{method: "POST", path: exchangePath, body: `{"oauth":{}}`, sign: "-", status: 400, wrong: true},
	{method: "POST", path: exchangePath, body: `{"deploymentId":"{deployment}"}`, sign: "-", status: 400},
	{method: "POST", path: exchangePath, body: `{"deploymentId":"none","oauth":{"code":"x","redirectUri":"` + chatPage + `"}}`, sign: "-", status: 404},
	{method: "POST", path: exchangePath, body: `{"deploymentId":"{unlike}","oauth":{"code":"x","redirectUri":"` + chatPage + `"}}`, sign: "-", status: 403},
	{method: "POST", path: exchangePath, body: `{"deploymentId":"{deployment}","oauth":{"code":"x","redirectUri":"` + chatPage + `"}}`, sign: "-", status: 401},
	{method: "POST", path: exchangePath, body: codeBody, sign: "-", status: 200, keep: "jwt=jwt refresh=refreshToken"},
	{method: "POST", path: exchangePath, body: codeBody, sign: "-", status: 401}, // the code is used up
	{method: "POST", path: visitorTokens + "/refresh", body: `{"deploymentId":"{deployment}"}`, sign: "-", status: 400, wrong: true},
	{method: "POST", path: visitorTokens + "/refresh", body: nextBody, sign: "-", status: 200, keep: "jwt=jwt"},
	{method: "DELETE", path: visitorTokens + "/revoke", sign: "-", status: 401, wrong: true},
	{method: "DELETE", path: visitorTokens + "/revoke", sign: "Bearer {jwt}", status: 204},
	{method: "DELETE", path: visitorTokens + "/revoke", sign: "Bearer {jwt}", status: 401},
	{method: "POST", path: visitorTokens + "/refresh", body: nextBody, sign: "-", status: 401},
}

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

// codeFor signs a person in at Okta and returns the code.
func codeFor(t *testing.T, made setup.Result, wish oidc.AuthRequest) string {
	t.Helper()
	document := oidc.Document{AuthorizationEndpoint: made.Okta.Issuer + "/v1/authorize"}
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
	page.all(genesysVisitor)
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
