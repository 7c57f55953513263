package oktasim

import (
	"net/url"
	"testing"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
)

const offline = "openid profile offline_access"

// renew asks for new tokens.
func (o *testOrg) renewed(server string, x webClient, token string, more url.Values) answer {
	o.t.Helper()
	form := url.Values{"grant_type": {refreshGrant}, "refresh_token": {token}}
	for name, values := range more {
		form[name] = values
	}
	return o.post(server+"/v1/token", form, x.header())
}

func (o *testOrg) offline(server string, x webClient) string {
	o.t.Helper()
	code := o.browser().code(server, x.id, map[string]string{"scope": offline})
	return o.redeem(server, x, code, nil).want(o.t, "200").text("refresh_token")
}

func TestRefresh(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Profile: Workforce, Limits: map[string]int{}})
	x, other := o.webClient(nil), o.webClient(nil)
	for _, server := range []string{"/oauth2", "/oauth2/default"} {
		token := o.offline(server, x)
		again := o.renewed(server, x, token, nil).want(t, "200")
		said := o.claims(t, server, again.text("id_token"))
		if again.text("refresh_token") != token || again.text("scope") != offline || jsontree.Text(said, "nonce") != "" || jsontree.Text(said, "sub") != o.person(visitorLogin).id {
			t.Error(again.raw, said)
		}
		if fewer := o.renewed(server, x, token, url.Values{"scope": {"openid"}}).want(t, "200"); fewer.text("scope") != "openid" {
			t.Error(fewer.raw)
		}
		o.renewed(server, x, token, url.Values{"scope": {"openid email"}}).want(t, "400 invalid_scope")
		o.renewed(server, other, token, nil).want(t, "400 invalid_grant")
		o.renewed(server, x, "none", nil).want(t, "400 invalid_grant")
		o.renewed(map[string]string{"/oauth2": "/oauth2/default", "/oauth2/default": "/oauth2"}[server], x, token, nil).want(t, "400 invalid_grant")
		c.advance(7*24*time.Hour - time.Minute)
		o.renewed(server, x, token, nil).want(t, "200") // its use keeps it
		c.advance(7 * 24 * time.Hour)
		if a := o.renewed(server, x, token, nil).want(t, "400 invalid_grant"); a.text("error_description") != "The refresh token is invalid or expired." {
			t.Error(a.raw)
		}
	}
	token := o.offline("/oauth2", x)
	o.SetUserStatus(visitorLogin, "DEPROVISIONED")
	o.renewed("/oauth2", x, token, nil).want(t, "403 access_denied")
}

// With rotation each token is good once, and a little longer when the app says so.
func TestRotation(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	x := o.webClient(object{"settings.oauthClient.refresh_token": object{"rotation_type": "ROTATE", "leeway": 30}})
	first := o.offline("/oauth2", x)
	second := o.renewed("/oauth2", x, first, nil).want(t, "200").text("refresh_token")
	c.advance(29 * time.Second)
	third := o.renewed("/oauth2", x, first, nil).want(t, "200").text("refresh_token")
	if first == second || second == third {
		t.Error("a token has come twice")
	}
	c.advance(time.Second)
	o.renewed("/oauth2", x, first, nil).want(t, "400 invalid_grant")
	o.renewed("/oauth2", x, third, nil).want(t, "200")
}

// A rule can end refresh tokens that are in use.
func TestRefreshTokensEnd(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	x := o.webClient(nil)
	policy := o.do("POST", defaultPolicies, policyBody("Chat", nil)).want(t, "201").text("id")
	rule := ruleBody(nil)
	jsontree.Put(rule, "actions.token.refreshTokenLifetimeMinutes", 30)
	jsontree.Put(rule, "actions.token.refreshTokenWindowMinutes", 20)
	o.do("POST", defaultPolicies+"/"+policy+"/rules", rule).want(t, "201")
	token := o.offline("/oauth2/default", x)
	c.advance(19 * time.Minute)
	o.renewed("/oauth2/default", x, token, nil).want(t, "200")
	c.advance(11 * time.Minute)
	o.renewed("/oauth2/default", x, token, nil).want(t, "400 invalid_grant")
}
