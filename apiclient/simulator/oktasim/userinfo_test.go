package oktasim

import (
	"net/http"
	"net/url"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/jsontree"
)

// Userinfo has what ID tokens leave out, by the scopes (contract okta.md 4).
func TestUserinfo(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: Workforce})
	x := o.webClient(nil)
	alice := object{"sub": o.userNamed(visitorLogin).id}
	mail := object{"email": visitorLogin, "email_verified": true}
	names := object{"name": "Alice Customer", "preferred_username": visitorLogin, "given_name": "Alice", "family_name": "Customer"}
	for server, other := range map[string]string{"/oauth2": "/oauth2/default", "/oauth2/default": "/oauth2"} {
		for scope, want := range map[string]object{
			"openid": alice, "openid email": jsontree.Merge(alice, mail), "openid email profile": jsontree.Merge(alice, mail, names),
		} {
			got := o.redeem(server, x, o.browser().code(server, x.id, map[string]string{"scope": scope}), nil).want(t, "200")
			sign := http.Header{"Authorization": {"Bearer " + got.text("access_token")}}
			said := o.send("GET", server+"/v1/userinfo", nil, sign).want(t, "200")
			assert.Check(t, is.DeepEqual(said.doc, any(want)), "%s: %s", server, scope)
			no := o.send("GET", other+"/v1/userinfo", nil, sign).want(t, "401")
			assert.Check(t, is.Contains(no.header.Get("WWW-Authenticate"), `error="invalid_token"`))
		}
	}
	o.send("GET", "/oauth2/v1/userinfo", nil, http.Header{"Authorization": {"SSWS " + o.Token()}}).want(t, "401")
}

// A sign-out at Genesys Cloud leaves one revocation that succeeds and one that fails (contract okta.md 11).
func TestRevocationsAreLogged(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: Workforce})
	x := o.webClient(nil)
	const server = "/oauth2/default"
	got := o.redeem(server, x, o.browser().code(server, x.id, map[string]string{"scope": "openid offline_access"}), nil).want(t, "200")
	for _, token := range []string{got.text("refresh_token"), got.text("access_token")} {
		o.post(server+"/v1/revoke", url.Values{"token": {token}}, x.header()).want(t, "200")
	}
	logged := o.do("GET", "/api/v1/logs?filter=eventType+eq+%22app.oauth2.as.token.revoke%22", nil).want(t, "200")
	assert.Check(t, is.DeepEqual(logged.column("outcome.result"), []string{"SUCCESS", "FAILURE"}))
	assert.Check(t, is.DeepEqual(logged.column("outcome.reason"), []string{"", "invalid_token"}))
	assert.Check(t, is.DeepEqual(logged.column("actor.type"), []string{"PublicClientApp", "PublicClientApp"}))
}
