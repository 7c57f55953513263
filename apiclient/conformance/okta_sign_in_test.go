package conformance

import (
	"encoding/base64"
	"testing"
)

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
	both := base64.StdEncoding.EncodeToString([]byte(admin.kept["client"] + ":" + admin.kept["secret"]))
	for _, path := range []string{"/oauth2", "/oauth2/default"} {
		visitor := newCaller(t, w.sim.OktaURL(), "Basic "+both)
		visitor.kept["server"], visitor.kept["client"] = path, admin.kept["client"]
		visitor.all(oktaVisitor)
	}
	admin.all(oktaLog)
}
