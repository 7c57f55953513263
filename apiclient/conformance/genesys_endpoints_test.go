package conformance

import (
	"net/url"
	"strings"
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

const (
	integrationURI   = "/api/v2/integrations/{integration}"
	credentialURI    = "/api/v2/integrations/credentials/{credential}"
	configurationURI = "/api/v2/webdeployments/configurations/{configuration}"
	deploymentURI    = "/api/v2/webdeployments/deployments/{deployment}"

	configBody = `{"name":"Data actions","version":%version%,"properties":{},"advanced":{},"notes":"a test","credentials":{"basicAuth":{"id":"{credential}"}}}`

	credentialBody    = `{"name":"Test","type":{"name":"basicAuth"},"credentialFields":{"userName":"ada","password":"secret"}}`
	configurationBody = `{"name":"Test","languages":["en-us"],"defaultLanguage":"en-us","messenger":{"enabled":true,
		"launcherButton":{"visibility":"On"},"apps":{"conversations":{"enabled":true}}},
		"authenticationSettings":{"enabled":true,"integrationId":"{integration}"}}`
	deploymentBody = `{"name":"Test","allowAllDomains":false,"allowedDomains":["www.acme.test"],
		"configuration":{"id":"{configuration}","version":"%pin%"},"flow":{"id":"{flow}"}}`
)

func stale(body, version string) string {
	return strings.NewReplacer("%version%", version, "%pin%", version).Replace(body)
}

// genesysCalls exercise every operation that the simulated organization serves, in an order that works.
var genesysCalls = []call{
	{method: "GET", path: "/api/v2/organizations/me", status: 200},
	{method: "GET", path: "/api/v2/organizations/me", status: 401, sign: "-", wrong: true},
	{method: "GET", path: "/api/v2/organizations/me", status: 401, sign: "Bearer wrong"},
	{method: "GET", path: "/api/v2/users/me", status: 400},
	{method: "GET", path: "/api/v2/tokens/me", status: 200},
	{method: "HEAD", path: "/api/v2/tokens/me", status: 200},
	{method: "GET", path: "/api/v2/authorization/subjects/me", status: 200},
	{method: "GET", path: "/api/v2/authorization/products", status: 200},
	{method: "GET", path: "/api/v2/authorization/permissions?pageSize=3", status: 200},
	{method: "GET", path: "/api/v2/authorization/divisions/home", status: 200},
	{method: "GET", path: "/api/v2/authorization/divisionspermitted/paged/me?permission=integrations%3Aintegration%3Aadd", status: 200},
	{method: "GET", path: "/api/v2/oauth/scopes", status: 200},
	{method: "GET", path: "/api/v2/oauth/clients/{client}", status: 200},
	{method: "GET", path: "/api/v2/oauth/clients/none", status: 404},
	{method: "GET", path: "/api/v2/conversations/messaging/supportedcontent", status: 200},
	{method: "GET", path: "/api/v2/conversations/messaging/supportedcontent/default", status: 200},
	{method: "GET", path: "/api/v2/flows/divisionviews?type=inboundshortmessage&pageSize=100&sortBy=name", status: 200},

	{method: "GET", path: "/api/v2/flows?type=inboundshortmessage&pageSize=1&pageNumber=2&sortBy=name", status: 200, keep: "flow=entities.0.id"},
	{method: "GET", path: "/api/v2/flows?type=NONE", status: 400, wrong: true},
	{method: "GET", path: "/api/v2/flows/{flow}", status: 200},
	{method: "GET", path: "/api/v2/flows/none", status: 404},

	{method: "GET", path: "/api/v2/integrations/types?pageSize=5&pageNumber=2", status: 200},
	{method: "GET", path: "/api/v2/integrations/types?pageSize=0", status: 400},
	{method: "GET", path: "/api/v2/integrations/types/custom-rest-actions", status: 200},
	{method: "GET", path: "/api/v2/integrations/types/embedded-client-app/configschemas/properties", status: 200},
	{method: "GET", path: "/api/v2/integrations/types/embedded-client-app/configschemas/advanced", status: 200},
	{method: "GET", path: "/api/v2/integrations/types/embedded-client-app/configschemas/other", status: 400, wrong: true},
	{method: "GET", path: "/api/v2/integrations/credentials/types", status: 200},
	{method: "POST", path: "/api/v2/integrations/credentials", body: credentialBody, status: 200, keep: "credential=id"},
	{method: "POST", path: "/api/v2/integrations/credentials", body: `{"name":"Test"}`, status: 400, wrong: true},
	{method: "GET", path: "/api/v2/integrations/credentials?pageSize=1", status: 200},
	{method: "GET", path: "/api/v2/integrations/credentials/listing?pageSize=1", status: 200},
	{method: "GET", path: credentialURI, status: 200},
	{method: "PUT", path: credentialURI, body: credentialBody, status: 200},

	{method: "GET", path: "/api/v2/integrations?expand=config.current", status: 200},
	{method: "POST", path: "/api/v2/integrations", body: `{"name":"Data actions","integrationType":{"id":"custom-rest-actions"}}`, status: 200, keep: "integration=id"},
	{method: "POST", path: "/api/v2/integrations", body: `{"name":"No type"}`, status: 400, wrong: true},
	{method: "POST", path: "/api/v2/integrations", body: `{"integrationType":{"id":"custom-rest-actions"}}`, status: 200, wrong: true}, // contract genesys.md 1.3
	{method: "POST", path: "/api/v2/integrations", body: `{"name":"Unknown","integrationType":{"id":"none"}}`, status: 400},
	{method: "GET", path: integrationURI, status: 200},
	{method: "GET", path: "/api/v2/integrations/none", status: 404},
	{method: "GET", path: integrationURI + "/config/current", status: 200},
	{method: "PUT", path: integrationURI + "/config/current", body: stale(configBody, "1"), status: 200},
	{method: "PUT", path: integrationURI + "/config/current", body: stale(configBody, "1"), status: 409},
	{method: "PUT", path: integrationURI + "/config/current", body: `{"name":"Data actions"}`, status: 400, wrong: true},
	{method: "PATCH", path: integrationURI, body: `{"intendedState":"ENABLED"}`, status: 200},
	{method: "PATCH", path: integrationURI, body: `{"intendedState":"ON"}`, status: 400, wrong: true},
	{method: "GET", path: integrationURI + "?expand=config.current", status: 200},

	{method: "POST", path: "/api/v2/webdeployments/configurations", body: configurationBody, status: 201, keep: "configuration=id"},
	{method: "POST", path: "/api/v2/webdeployments/configurations", body: `{"description":"No name"}`, status: 400, wrong: true},
	{method: "GET", path: "/api/v2/webdeployments/configurations", status: 200},
	{method: "GET", path: "/api/v2/webdeployments/configurations?pageSize=1", status: 200},
	{method: "GET", path: configurationURI + "/versions/draft", status: 200},
	{method: "PUT", path: configurationURI + "/versions/draft", body: configurationBody, status: 200},
	{method: "POST", path: configurationURI + "/versions/draft/publish", status: 200},
	{method: "GET", path: configurationURI + "/versions", status: 200},
	{method: "GET", path: configurationURI + "/versions/1", status: 200},
	{method: "GET", path: configurationURI + "/versions/DRAFT", status: 200},

	{method: "GET", path: "/api/v2/webdeployments/deployments?expand=Configuration", status: 200},
	{method: "POST", path: "/api/v2/webdeployments/deployments", body: stale(deploymentBody, "1"), status: 201, keep: "deployment=id"},
	{method: "POST", path: "/api/v2/webdeployments/deployments", body: stale(deploymentBody, "9"), status: 400},
	{method: "POST", path: "/api/v2/webdeployments/deployments", body: `{"name":"No configuration"}`, status: 400, wrong: true},
	{method: "GET", path: deploymentURI, status: 200},
	{method: "PUT", path: deploymentURI, body: stale(deploymentBody, "1"), status: 200},
	{method: "GET", path: deploymentURI + "/configurations", status: 200},
	{method: "GET", path: deploymentURI + "/identityresolution", status: 200},
	{method: "PUT", path: deploymentURI + "/identityresolution", body: `{"resolveIdentities":true,"automerge":{"webTracking":true}}`, status: 200},
	{method: "PUT", path: deploymentURI + "/identityresolution", body: `{}`, status: 400},
	{method: "GET", path: "/webdeployments/v1/deployments/{deployment}/config.json", status: 200, sign: "-"},
	{method: "GET", path: "/webdeployments/v1/deployments/{deployment}/domains.json", status: 200, sign: "-"},
	{method: "GET", path: "/genesys-bootstrap/genesys.min.js", status: 200, sign: "-"},

	{method: "DELETE", path: configurationURI, status: 409},
	{method: "DELETE", path: deploymentURI, status: 204},
	{method: "DELETE", path: configurationURI, status: 204},
	{method: "DELETE", path: integrationURI, status: 200},
	{method: "DELETE", path: credentialURI, status: 204},
	{method: "DELETE", path: "/api/v2/tokens/me", status: 200},
	{method: "GET", path: "/api/v2/tokens/me", status: 401},
}

// genesysUserCalls are what only a user can do, or does otherwise than a client.
var genesysUserCalls = []call{
	{method: "GET", path: "/oauth/authorize", status: 400, sign: "-"},
	{method: "GET", path: "/api/v2/users/me", status: 200},
	{method: "GET", path: "/api/v2/users/me?expand=authorization", status: 200},
	{method: "GET", path: "/api/v2/tokens/me", status: 200},
	{method: "GET", path: "/api/v2/authorization/subjects/me", status: 200},
	{method: "POST", path: "/api/v2/webdeployments/configurations", body: `{"name":"By a user"}`, status: 201},
	{method: "DELETE", path: "/api/v2/tokens/me", status: 200},
	{method: "GET", path: "/api/v2/users/me", status: 401},
}

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
	admin.all(genesysCalls)
	newCaller(t, w.sim.GenesysURL(), "Bearer "+w.sim.Genesys().AccessToken()).all(genesysUserCalls)
	genesysSignIn(t, w)
	coverage(t, "Genesys Cloud", w.genesys, nil)
}

// What an organization refuses by its own settings has the form of the definition too.
func TestGenesysRefusals(t *testing.T) {
	t.Parallel()
	const list, draft = "/api/v2/webdeployments/configurations", `{"name":"Test","authenticationSettings":{"enabled":true,"integrationId":"x"}}`
	w := newWorld(t, simulator.Options{Seed: 7, Deny: []string{"architect:flow:view"}, Genesys: genesyssim.Options{
		MaxConfigurations: 2, LacksFeature: "authenticationSettings", Scopes: []string{"user-basic-info"}, CallsPerMinute: 3,
	}})
	newCaller(t, w.sim.GenesysURL(), genesysSign(t, w.sim)).all([]call{
		{method: "GET", path: "/api/v2/flows", status: 403},
		{method: "POST", path: list, body: draft, status: 400},
		{method: "POST", path: list, body: `{"name":"Test"}`, status: 400},
		{method: "GET", path: "/api/v2/organizations/me", status: 429},
	})
	newCaller(t, w.sim.GenesysURL(), "Bearer "+w.sim.Genesys().AccessToken()).all([]call{
		{method: "GET", path: "/api/v2/users/me", status: 200},
		{method: "GET", path: "/api/v2/integrations", status: 403},
	})
}

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
