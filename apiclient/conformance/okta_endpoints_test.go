package conformance

import (
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
)

const (
	appBody = `{"name":"oidc_client","label":"Test","signOnMode":"OPENID_CONNECT",
		"credentials":{"oauthClient":{"autoKeyRotation":true,"pkce_required":false,"token_endpoint_auth_method":"client_secret_basic"}},
		"settings":{"oauthClient":{"application_type":"web","grant_types":["authorization_code","refresh_token"],"response_types":["code"],
			"redirect_uris":["https://www.acme.test/chat"],"post_logout_redirect_uris":["https://www.acme.test/"],"consent_method":"TRUSTED",
			"refresh_token":{"rotation_type":"ROTATE","leeway":30},"idp_initiated_login":{"mode":"DISABLED","default_scope":[]}},
			"notes":{"admin":"made by a test"}},
		"visibility":{"autoSubmitToolbar":false,"hide":{"iOS":true,"web":true}},"profile":{"managedBy":"a test"}}`
	originBody = `{"name":"Shop","origin":"https://shop.acme.test","scopes":[{"type":"CORS"},{"type":"REDIRECT"}]}`
	policyBody = `{"type":"OAUTH_AUTHORIZATION_POLICY","name":"Chat","description":"The chat","priority":1,"status":"ACTIVE",
		"conditions":{"clients":{"include":["{app}"]}}}`
	claimBody = `{"name":"given_name","status":"ACTIVE","claimType":"IDENTITY","valueType":"SYSTEM","alwaysIncludeInToken":true,
		"conditions":{"scopes":["profile"]}}`
	ruleBody = `{"type":"RESOURCE_ACCESS","name":"Chat","priority":1,"conditions":{"people":{"groups":{"include":["EVERYONE"]}},
		"grantTypes":{"include":["authorization_code"]},"scopes":{"include":["*"]}},
		"actions":{"token":{"accessTokenLifetimeMinutes":60,"refreshTokenLifetimeMinutes":0,"refreshTokenWindowMinutes":10080}}}`
)

const (
	app     = "/api/v1/apps/{app}"
	secrets = app + "/credentials/secrets"
	origin  = "/api/v1/trustedOrigins/{origin}"
	server  = "/api/v1/authorizationServers/default"
	policy  = server + "/policies/{policy}"
	rule    = policy + "/rules/{rule}"
)

// oktaCalls exercise every operation that the simulated org serves, in an order that works.
var oktaCalls = []call{
	{method: "GET", path: "/.well-known/okta-organization", status: 200, sign: "-"},
	{method: "GET", path: "/.well-known/openid-configuration", status: 200, sign: "-"},
	{method: "GET", path: "/.well-known/openid-configuration?client_id=unknown", status: 400, sign: "-"},
	{method: "GET", path: "/.well-known/oauth-authorization-server", status: 200, sign: "-"},
	{method: "GET", path: "/oauth2/v1/keys", status: 200, sign: "-"},
	{method: "GET", path: "/oauth2/default/.well-known/openid-configuration", status: 200, sign: "-"},
	{method: "GET", path: "/oauth2/default/.well-known/oauth-authorization-server", status: 200, sign: "-"},
	{method: "GET", path: "/.well-known/oauth-authorization-server/oauth2/default", status: 200, sign: "-"},
	{method: "GET", path: "/oauth2/other/.well-known/openid-configuration", status: 404, sign: "-"},
	{method: "GET", path: "/oauth2/default/.well-known/openid-configuration?client_id=unknown", status: 400, sign: "-"},
	{method: "GET", path: "/oauth2/default/v1/keys", status: 200, sign: "-"},

	{method: "GET", path: "/api/v1/org", status: 200},
	{method: "GET", path: "/api/v1/org", status: 403, sign: "-", wrong: true},
	{method: "GET", path: "/api/v1/org", status: 401, sign: "SSWS 00wrong"},
	{method: "GET", path: "/api/v1/domains", status: 200},
	{method: "GET", path: "/api/v1/users?limit=10", status: 200},
	{method: "GET", path: "/api/v1/users/me", status: 200, keep: "user=id"},
	{method: "GET", path: "/api/v1/users/{user}/roles", status: 200},
	{method: "GET", path: "/api/v1/users/alice%40acme.test", status: 200},

	{method: "GET", path: "/api/v1/groups?q=Web%20customers", status: 200, keep: "group=0.id"},
	{method: "GET", path: "/api/v1/groups?limit=2", status: 200},
	{method: "GET", path: "/api/v1/groups?filter=type%20eq%20%22OKTA_GROUP%22", status: 200},
	{method: "GET", path: "/api/v1/groups/{group}", status: 200},

	{method: "POST", path: "/api/v1/apps?activate=true", body: appBody, status: 200, keep: "app=id"},
	{method: "POST", path: "/api/v1/apps", body: `{"name":"oidc_client","label":"No settings","signOnMode":"OPENID_CONNECT"}`, status: 400, wrong: true},
	{method: "POST", path: "/api/v1/apps", body: `{}`, status: 400, wrong: true},
	{method: "GET", path: "/api/v1/apps?limit=2&q=Cust", status: 200},
	{method: "GET", path: "/api/v1/apps?limit=200&includeNonDeleted=true", status: 200},
	{method: "GET", path: "/api/v1/apps?limit=500", status: 400, wrong: true},
	{method: "GET", path: app, status: 200},
	{method: "GET", path: "/api/v1/apps/none", status: 404},
	{method: "PUT", path: app, body: appBody, status: 200},
	{method: "GET", path: secrets, status: 200},
	{method: "POST", path: secrets, body: `{"status":"ACTIVE"}`, status: 201, keep: "secret=id"},
	{method: "POST", path: secrets, body: `{"client_secret":"a secret of one's own"}`, status: 400},
	{method: "GET", path: secrets + "/{secret}", status: 200},
	{method: "DELETE", path: secrets + "/{secret}", status: 400},
	{method: "POST", path: secrets + "/{secret}/lifecycle/deactivate", body: `{}`, status: 200, wrong: true},
	{method: "POST", path: secrets + "/{secret}/lifecycle/activate", status: 200},
	{method: "POST", path: secrets + "/{secret}/lifecycle/deactivate", status: 200},
	{method: "DELETE", path: secrets + "/{secret}", status: 204},

	{method: "GET", path: app + "/grants", status: 200},
	{method: "GET", path: "/api/v1/policies?type=ACCESS_POLICY", status: 200, keep: "signOn=1.id"},
	{method: "GET", path: "/api/v1/policies/{signOn}", status: 200},
	{method: "GET", path: "/api/v1/policies/{signOn}/rules", status: 200},
	{method: "PUT", path: app + "/policies/{signOn}", status: 204},
	{method: "GET", path: app + "/groups?limit=20", status: 200},
	{method: "PUT", path: app + "/groups/{group}", body: `{}`, status: 200},
	{method: "PUT", path: app + "/groups/{group}", body: `{"priority":3,"profile":{}}`, status: 200},
	{method: "GET", path: app + "/groups", status: 200},
	{method: "GET", path: app + "/groups?limit=5", status: 400, wrong: true},
	{method: "GET", path: app + "/groups/{group}", status: 200},
	{method: "DELETE", path: app + "/groups/{group}", status: 204},
	{method: "POST", path: app + "/users", body: `{"id":"{user}","scope":"USER"}`, status: 200},
	{method: "GET", path: app + "/users", status: 200},
	{method: "GET", path: app + "/users/{user}", status: 200},
	{method: "DELETE", path: app + "/users/{user}", status: 204},

	{method: "GET", path: "/api/v1/trustedOrigins?limit=5", status: 200},
	{method: "POST", path: "/api/v1/trustedOrigins", body: originBody, status: 200, keep: "origin=id"},
	{method: "POST", path: "/api/v1/trustedOrigins", body: originBody, status: 400},
	{method: "GET", path: "/api/v1/trustedOrigins", status: 200},
	{method: "GET", path: origin, status: 200},
	{method: "PUT", path: origin, body: originBody, status: 200},
	{method: "POST", path: origin + "/lifecycle/deactivate", status: 200},
	{method: "POST", path: origin + "/lifecycle/activate", status: 200},
	{method: "DELETE", path: origin, status: 204},

	{method: "GET", path: "/api/v1/authorizationServers", status: 200},
	{method: "GET", path: server, status: 200},
	{method: "POST", path: server + "/policies", body: policyBody, status: 201, keep: "policy=id"},
	{method: "POST", path: server + "/policies", body: `{"type":"OAUTH_AUTHORIZATION_POLICY"}`, status: 400},
	{method: "GET", path: server + "/policies", status: 200},
	{method: "GET", path: policy, status: 200},
	{method: "POST", path: policy + "/rules", body: ruleBody, status: 201, keep: "rule=id"},
	{method: "POST", path: policy + "/rules", body: `{"type":"RESOURCE_ACCESS"}`, status: 400, wrong: true},
	{method: "GET", path: policy + "/rules", status: 200},
	{method: "GET", path: server + "/claims", status: 200, keep: "claim=7.id"},
	{method: "GET", path: server + "/claims/{claim}", status: 200},
	{method: "PUT", path: server + "/claims/{claim}", body: claimBody, status: 200},
	{method: "POST", path: app + "/federated-claims", body: `{"name":"given_name","expression":"user.profile.firstName"}`, status: 201, keep: "claim=id"},
	{method: "GET", path: app + "/federated-claims", status: 200},
	{method: "GET", path: app + "/federated-claims/{claim}", status: 200},
	{method: "DELETE", path: app + "/federated-claims/{claim}", status: 204},

	{method: "GET", path: rule, status: 200},
	{method: "PUT", path: rule, body: ruleBody, status: 200},
	{method: "DELETE", path: rule, status: 204},
	{method: "POST", path: policy + "/lifecycle/deactivate", status: 204},
	{method: "DELETE", path: policy, status: 204},

	{method: "DELETE", path: app, status: 403},
	{method: "POST", path: app + "/lifecycle/deactivate", status: 200},
	{method: "POST", path: app + "/lifecycle/activate", status: 200},
	{method: "POST", path: app + "/lifecycle/deactivate", status: 200},
	{method: "DELETE", path: app, status: 204},
	{method: "DELETE", path: "/api/v1/api-tokens/current", status: 204},
	{method: "GET", path: "/api/v1/org", status: 401},
}

const (
	deviceGrant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id={client}&device_code="
	visit       = "/v1/authorize?client_id={client}&redirect_uri=http%3A%2F%2Flocalhost%3A8787%2Fcallback&response_type=code&scope=openid&state=1" +
		"&code_challenge=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&code_challenge_method=S256"
)

// oktaDevice signs in a device, and visitors at both kinds of server.
var oktaDevice = []call{
	{method: "POST", path: "/oauth2/v1/device/authorize", body: "client_id={client}&scope=okta.apps.read", status: 200, sign: "-", keep: "device=device_code"},
	{method: "POST", path: "/oauth2/v1/device/authorize", body: "client_id=nobody&scope=okta.apps.read", status: 401, sign: "-"},
	{method: "POST", path: "/oauth2/v1/device/authorize", body: "client_id={client}&scope=none", status: 400, sign: "-"},
	{method: "POST", path: "/oauth2/v1/token", body: deviceGrant + "{device}", status: 200, sign: "-", keep: "token=access_token"},
	{method: "POST", path: "/oauth2/v1/token", body: deviceGrant + "{device}", status: 400, sign: "-"},
	{method: "POST", path: "/oauth2/v1/token", body: "grant_type=client_credentials&client_id={client}&client_secret=x", status: 401, sign: "-"},
	{method: "GET", path: "/activate", status: 200, sign: "-"},
	{method: "POST", path: "/activate", body: "user_code=none", status: 200, sign: "-"},
	{method: "GET", path: "/oauth2" + visit + "&login_hint=alice%40acme.test", status: 200, sign: "-"},
	{method: "GET", path: "/oauth2" + visit + "&prompt=none", status: 302, sign: "-"},
	{method: "POST", path: "/oauth2" + visit, body: "login=alice%40acme.test", status: 302, sign: "-"},
	{method: "POST", path: "/oauth2" + visit, body: "login=nobody", status: 200, sign: "-"},
	{method: "GET", path: "/oauth2/default" + visit, status: 200, sign: "-"},
	{method: "POST", path: "/oauth2/default" + visit, body: "login=alice%40acme.test", status: 302, sign: "-"},
}

// oktaByToken are management calls with that device's token.
var oktaByToken = []call{
	{method: "GET", path: "/api/v1/apps", status: 200},
	{method: "GET", path: "/api/v1/groups", status: 403},
	{method: "POST", path: "/api/v1/apps", body: appBody, status: 403},
	{method: "GET", path: "/api/v1/apps", status: 401, sign: "Bearer none"},
	{method: "DELETE", path: "/api/v1/api-tokens/current", status: 403, wrong: true},
}

// oktaLater are the operations that the simulated org does not have.
var oktaLater = map[string]string{
	"grantConsentToScope": unused,
	"introspect":          unused, "introspectCustomAS": unused,
	"logout": unused, "logoutWithPost": unused, "logoutCustomAS": unused, "logoutCustomASWithPost": unused,
}

const unused = "no client of the simulator calls it"

func TestOktaEndpoints(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7, Okta: oktasim.Options{AutoApprove: true}})
	oktaSignIns(t, w)
	newCaller(t, w.sim.OktaURL(), "SSWS "+w.sim.Credentials().OktaToken).all(oktaCalls)
	device := newCaller(t, w.sim.OktaURL(), "")
	device.kept["client"] = w.sim.Okta().DeviceApp()
	device.all(oktaDevice)
	device.sign = "Bearer " + device.kept["token"]
	device.all(oktaByToken)
	coverage(t, "Okta", w.okta, oktaLater)
}

// A verifier and its S256 challenge (RFC 7636, appendix B).
const (
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)

const (
	chatVisit = "{server}/v1/authorize?client_id={client}&redirect_uri=https%3A%2F%2Fwww.acme.test%2Fchat&response_type=code&state=1&nonce=2" +
		"&scope=openid%20email%20profile%20offline_access&code_challenge=" + challenge + "&code_challenge_method=S256"
	redeemed = "grant_type=authorization_code&redirect_uri=https%3A%2F%2Fwww.acme.test%2Fchat&code={code}&code_verifier="
	stranger = "Basic bm9ib2R5Ong=" // nobody:x
)

// oktaChat is an app that everyone may use at both kinds of server.
var oktaChat = []call{
	{method: "POST", path: "/api/v1/apps", body: appBody, status: 200, keep: "app=id client=credentials.oauthClient.client_id secret=credentials.oauthClient.client_secret"},
	{method: "GET", path: "/api/v1/groups?q=Web%20customers", status: 200, keep: "group=0.id"},
	{method: "PUT", path: app + "/groups/{group}", body: `{}`, status: 200},
	{method: "POST", path: server + "/policies", body: policyBody, status: 201, keep: "policy=id"},
	{method: "POST", path: policy + "/rules", body: ruleBody, status: 201},
}

// oktaVisitor is a sign-in at one kind of server, as the app's own server goes through it.
var oktaVisitor = []call{
	{method: "GET", path: chatVisit + "&prompt=none", status: 302, sign: "-"},
	{method: "POST", path: chatVisit, body: "login=alice%40acme.test", status: 302, sign: "-", keep: "code=?code"},
	{method: "POST", path: "{server}/v1/token", body: redeemed + challenge, status: 400},
	{method: "POST", path: "{server}/v1/token", body: redeemed + verifier, status: 400}, // the code is used up
	{method: "POST", path: chatVisit, body: "login=alice%40acme.test", status: 302, sign: "-", keep: "code=?code"},
	{method: "POST", path: "{server}/v1/token", body: redeemed + verifier, status: 401, sign: stranger},
	{method: "POST", path: "{server}/v1/token", body: redeemed + verifier, status: 200, keep: "id=id_token access=access_token refresh=refresh_token"},

	{method: "GET", path: "{server}/v1/userinfo", status: 200, sign: "Bearer {access}"},
	{method: "GET", path: "{server}/v1/userinfo", status: 401, sign: "Bearer none"},
	{method: "POST", path: "{server}/v1/revoke", body: "token={refresh}&token_type_hint=refresh_token", status: 200},
	{method: "POST", path: "{server}/v1/revoke", body: "token={access}", status: 200},
	{method: "POST", path: "{server}/v1/revoke", body: "token_type_hint=access_token", status: 400, wrong: true},
	{method: "POST", path: "{server}/v1/revoke", body: "token=none", status: 401, sign: stranger},

	{method: "DELETE", path: "/api/v1/sessions/me", status: 404, sign: "-"},
}

// oktaLog reads what all this left in the System Log.
var oktaLog = []call{
	{method: "GET", path: "/api/v1/logs", status: 200},
	{method: "GET", path: "/api/v1/logs?limit=2&since=2026-01-31T08:15:00.000Z&sortOrder=DESCENDING&q=FAILURE", status: 200},
	{method: "GET", path: "/api/v1/logs?filter=eventType%20sw%20%22app.oauth2%22%20and%20outcome.result%20eq%20%22FAILURE%22", status: 200},
	{method: "GET", path: "/api/v1/logs?filter=nothing", status: 400},
	{method: "GET", path: "/api/v1/logs", status: 403, sign: "-", wrong: true},
}

// oktaSignIns signs a visitor in at both kinds of server.
func oktaSignIns(t *testing.T, w *world) {
	t.Helper()
	admin := newCaller(t, w.sim.OktaURL(), "SSWS "+w.sim.Credentials().OktaToken)
	admin.all(oktaChat)
	for _, path := range []string{"/oauth2", "/oauth2/default"} {
		visitor := newCaller(t, w.sim.OktaURL(), basic(admin.kept["client"], admin.kept["secret"]))
		visitor.kept["server"], visitor.kept["client"] = path, admin.kept["client"]
		visitor.all(oktaVisitor)
	}
	admin.all(oktaLog)
}
