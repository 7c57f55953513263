package oktasim

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/jsontree"
)

// A sign-in at both kinds of server, to the last claim.
func TestVisitorTokens(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Profile: Workforce, Limits: map[string]int{}})
	x := o.webClient(nil)
	alice := o.person(visitorLogin)
	for server, issuer := range map[string]string{"/oauth2": o.http.URL, "/oauth2/default": o.http.URL + "/oauth2/default"} {
		code := o.browser().code(server, x.id, map[string]string{
			"scope": "openid email profile offline_access", "code_challenge": challengeOf(verifier), "code_challenge_method": "S256",
		})
		c.advance(10 * time.Second)
		a := o.redeem(server, x, code, map[string]string{"code_verifier": verifier}).want(t, "200")
		if diff := cmp.Diff([]any{"Bearer", 3600.0, "openid email profile offline_access", "no-store"},
			[]any{a.at("token_type"), a.at("expires_in"), a.at("scope"), a.header.Get("Cache-Control")}); diff != "" {
			t.Error(diff)
		}
		said, now := o.claims(t, server, a.text("id_token")), float64(c.now().Unix())
		for _, id := range []string{"jti", "at_hash"} {
			assert.Check(t, jsontree.Text(said, id) != "", "%s is missing", id)
			delete(said, id)
		}
		want := object{
			"ver": 1.0, "iss": issuer, "aud": x.id, "sub": alice.id, "iat": now, "exp": now + 3600, "auth_time": now - 10,
			"amr": []any{"pwd"}, "idp": o.org.id, "nonce": "n1", "email": visitorLogin, "name": "Alice Customer", "preferred_username": visitorLogin,
		}
		assert.Check(t, is.DeepEqual(said, want))
		o.checkAccess(t, server, a.text("access_token"), x.id, now)
	}
	assert.Check(t, is.Equal(o.VisitorTokens(), 4))
	assert.Check(t, is.Equal(o.signedIn(), 2))
	c.advance(8 * 24 * time.Hour)
	assert.Check(t, is.Equal((o.VisitorTokens()+o.signedIn()), 0))
}

// checkAccess holds an access token against what it is for.
func (o *testOrg) checkAccess(t *testing.T, server, token, clientID string, now float64) {
	t.Helper()
	sign := http.Header{"Authorization": {"Bearer " + token}}
	alice := o.person(visitorLogin)
	if server == "/oauth2" {
		assert.Check(t, readBy(o.orgKey, token) == nil, "a token of the org's own server can be read")
		o.send("GET", "/api/v1/apps", nil, sign).want(t, "403") // no scope of Okta's
		return
	}
	said := o.claims(t, server, token)
	delete(said, "jti")
	want := object{
		"ver": 1.0, "iss": o.http.URL + server, "aud": "api://default", "sub": visitorLogin, "uid": alice.id, "cid": clientID,
		"iat": now, "exp": now + 3600, "auth_time": now - 10, "scp": []any{"openid", "email", "profile", "offline_access"},
	}
	assert.Check(t, is.DeepEqual(said, want))
	o.send("GET", "/api/v1/apps", nil, sign).want(t, "401 E0000011")
}

// The scopes decide what is told, and the rule how long.
func TestScopesAndLifetimes(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	x := o.webClient(nil)
	policy := o.do("POST", defaultPolicies, policyBody("Chat", nil)).want(t, "201").text("id")
	rule := ruleBody(nil)
	jsontree.Put(rule, "actions.token.accessTokenLifetimeMinutes", 5)
	o.do("POST", defaultPolicies+"/"+policy+"/rules", rule).want(t, "201")
	a := o.redeem("/oauth2/default", x, o.browser().code("/oauth2/default", x.id, map[string]string{"scope": "openid", "nonce": ""}), nil).want(t, "200")
	assert.Check(t, a.at("expires_in") == 300.0 && !a.has("refresh_token"), a.raw)
	said := o.claims(t, "/oauth2/default", a.text("id_token"))
	for _, name := range []string{"email", "name", "nonce"} {
		_, there := said[name]
		assert.Check(t, !there, "%s was not asked for", name)
	}
	a = o.redeem("/oauth2", x, o.browser().code("/oauth2", x.id, map[string]string{"scope": "email"}), nil).want(t, "200")
	assert.Check(t, !a.has("id_token"), a.raw)
}

// Faults that the org is told to have.
func TestNonceAndKeysCanBeWrong(t *testing.T) {
	t.Parallel()
	o := start(t, Options{WrongNonce: true})
	x := o.webClient(nil)
	a := o.redeem("/oauth2", x, o.browser().code("/oauth2", x.id, nil), nil).want(t, "200")
	nonce := jsontree.Text(o.claims(t, "/oauth2", a.text("id_token")), "nonce")
	assert.Check(t, nonce != "" && nonce != "n1", "nonce %q", nonce)
	down := start(t, Options{KeysDown: true})
	for _, server := range []string{"/oauth2", "/oauth2/default"} {
		down.send("GET", server+"/v1/keys", nil, nil).want(t, "500 E0000009")
	}
}
