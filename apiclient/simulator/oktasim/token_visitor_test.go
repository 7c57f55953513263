package oktasim

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/jsontree"
)

// A sign-in at both kinds of server, to the last claim.
func TestVisitorTokens(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Profile: Workforce, Limits: map[string]int{}})
	x := o.webClient(nil)
	alice := o.userNamed(visitorLogin)
	for server, issuer := range map[string]string{"/oauth2": o.http.URL, "/oauth2/default": o.http.URL + "/oauth2/default"} {
		code := o.browser().code(server, x.id, map[string]string{
			"scope": "openid email profile offline_access", "code_challenge": hashOf(verifier), "code_challenge_method": "S256",
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
	alice := o.userNamed(visitorLogin)
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

// The scopes decide what is returned, and the rule how long.
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

// A fault that the org is set to have.
func TestNonceCanBeWrong(t *testing.T) {
	t.Parallel()
	o := start(t, Options{WrongNonce: true})
	x := o.webClient(nil)
	a := o.redeem("/oauth2", x, o.browser().code("/oauth2", x.id, nil), nil).want(t, "200")
	nonce := jsontree.Text(o.claims(t, "/oauth2", a.text("id_token")), "nonce")
	assert.Check(t, nonce != "" && nonce != "n1", "nonce %q", nonce)
}

func TestCodesAreRefused(t *testing.T) {
	t.Parallel()
	challenge := map[string]string{"code_challenge": hashOf(verifier), "code_challenge_method": "S256"}
	for name, tt := range map[string]struct {
		asked, sent map[string]string
		between     func(o *testOrg, c *clock, x webClient)
		words       string // of the refusal; empty: the code is good
	}{
		"good":                       {},
		"PKCE":                       {asked: challenge, sent: map[string]string{"code_verifier": verifier}},
		"another redirect URI":       {sent: map[string]string{"redirect_uri": chatPage + "/"}, words: "mismatched_redirect_uri"},
		"no redirect URI":            {sent: map[string]string{"redirect_uri": ""}, words: "mismatched_redirect_uri"},
		"no verifier":                {asked: challenge, words: "pkce_missing_verifier"},
		"wrong verifier":             {asked: challenge, sent: map[string]string{"code_verifier": verifier + "x"}, words: "pkce_verification_failed"},
		"verifier without challenge": {sent: map[string]string{"code_verifier": verifier}, words: "pkce_missing_challenge_verifier_present"},
		"unknown code":               {sent: map[string]string{"code": "none"}, words: "invalid_authorization_code"},
		"299 s":                      {between: func(_ *testOrg, c *clock, _ webClient) { c.advance(299 * time.Second) }},
		"300 s":                      {between: func(_ *testOrg, c *clock, _ webClient) { c.advance(300 * time.Second) }, words: "invalid_authorization_code"},
		"app off": {words: "invalid_client_id", between: func(o *testOrg, _ *clock, x webClient) {
			o.do("POST", "/api/v1/apps/"+x.id+"/lifecycle/deactivate", nil).want(o.t, "200")
		}},
		"no longer assigned": {words: "user_not_assigned", between: func(o *testOrg, _ *clock, x webClient) {
			everyone := o.do("GET", "/api/v1/groups?q=Everyone", nil).column("id")[0]
			o.do("DELETE", "/api/v1/apps/"+x.id+"/groups/"+everyone, nil).want(o.t, "204")
		}},
		"suspended": {words: "access_denied", between: func(o *testOrg, _ *clock, _ webClient) { o.setStatus(visitorLogin, "SUSPENDED") }},
		"policy gone": {words: "no_matching_policy", between: func(o *testOrg, _ *clock, _ webClient) {
			for _, id := range o.do("GET", defaultPolicies, nil).column("id") {
				o.do("DELETE", defaultPolicies+"/"+id, nil).want(o.t, "204")
			}
		}},
		"secret rotated": {words: "invalid_client_secret", between: func(o *testOrg, _ *clock, x webClient) {
			at := "/api/v1/apps/" + x.id + "/credentials/secrets"
			old := o.do("GET", at, nil).column("id")[0]
			o.do("POST", at, object{}).want(o.t, "201")
			o.do("POST", at+"/"+old+"/lifecycle/deactivate", nil).want(o.t, "200")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, c := slow(t, Options{Profile: Workforce, Limits: map[string]int{}})
			x := o.webClient(nil)
			code := o.browser().code("/oauth2/default", x.id, tt.asked)
			if tt.between != nil {
				tt.between(o, c, x)
			}
			want := "200"
			if tt.words != "" {
				want = refusalOf(tt.words)
			}
			a := o.redeem("/oauth2/default", x, code, tt.sent).want(t, want)
			assert.Check(t, is.Equal(a.text("error_description"), oauthError(tt.words).Words), a.raw)
			if want == "200" {
				o.redeem("/oauth2/default", x, code, tt.sent).want(t, refusalOf("invalid_authorization_code"))
			}
		})
	}
}

// A code is good for its own client at its own server, and only once, also when something else was wrong.
func TestCodesOfOthers(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: Workforce})
	x, other := o.webClient(nil), o.webClient(nil)
	code := o.browser().code("/oauth2/default", x.id, nil)
	o.redeem("/oauth2/default", other, code, nil).want(t, refusalOf("another_client"))
	o.redeem("/oauth2", x, code, nil).want(t, refusalOf("invalid_authorization_code"))
	o.redeem("/oauth2/default", x, code, nil).want(t, "200")
	code = o.browser().code("/oauth2", x.id, nil)
	o.redeem("/oauth2", x, code, map[string]string{"redirect_uri": leftPage}).want(t, refusalOf("mismatched_redirect_uri"))
	o.redeem("/oauth2", x, code, nil).want(t, refusalOf("invalid_authorization_code"))
}

// refusalOf is the outcome of a refusal.
func refusalOf(name string) string {
	e := oauthError(name)
	return fmt.Sprint(e.Status, " ", e.Code)
}

const offline = "openid profile offline_access"

// Revoking ends a token, and a refresh token's access tokens with it (RFC 7009).
func TestRevokeVisitorTokens(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: Workforce})
	x, other := o.webClient(nil), o.webClient(nil)
	for _, server := range []string{"/oauth2", "/oauth2/default"} {
		got := o.redeem(server, x, o.browser().code(server, x.id, map[string]string{"scope": offline}), nil).want(t, "200")
		access, refresh := got.text("access_token"), got.text("refresh_token")
		end := func(by webClient, token string) answer {
			return o.post(server+"/v1/revoke", url.Values{"token": {token}, "token_type_hint": {"access_token"}}, by.header())
		}
		alive := func(token string) bool {
			o.mu.Lock()
			defer o.mu.Unlock()
			return o.issued.Get(o.now(), token) != nil || o.renewals.Get(o.now(), token).app != nil
		}
		for _, token := range []string{access, refresh} {
			a := end(other, token).want(t, "200")
			assert.Check(t, a.raw == "" && alive(token), "another client has revoked the token %v", a.raw)
		}
		end(x, "none").want(t, "200")
		end(x, access).want(t, "200")
		assert.Check(t, !alive(access) && alive(refresh), "not only the access token has ended")
		got = o.redeem(server, x, o.browser().code(server, x.id, map[string]string{"scope": offline}), nil).want(t, "200")
		more := got.text("access_token")
		end(x, got.text("refresh_token")).want(t, "200")
		assert.Check(t, !alive(more) && alive(refresh), "not the refresh token and its access token alone have ended")
		end(x, refresh).want(t, "200")
		assert.Check(t, !alive(refresh) && o.VisitorTokens() == 0, "%d tokens are left", o.VisitorTokens())
		o.post(server+"/v1/revoke", url.Values{}, x.header()).want(t, "400 invalid_request")
		end(webClient{x.id, "wrong"}, refresh).want(t, "401 invalid_client")
	}
}

// The client is checked before the code; no code is good.
func TestCodeIsRefused(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	made := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200")
	id, secret := made.text("credentials.oauthClient.client_id"), made.text("credentials.oauthClient.client_secret")
	off := o.do("POST", "/api/v1/apps?activate=false", webApp(nil)).want(t, "200")
	offID, offSecret := off.text("id"), off.text("credentials.oauthClient.client_secret")
	machine := o.do("POST", "/api/v1/apps", webApp(object{
		"settings.oauthClient.grant_types": []any{"client_credentials"}, "settings.oauthClient.response_types": []any{"token"},
		"settings.oauthClient.application_type": "service", "settings.oauthClient.redirect_uris": nil,
	})).want(t, "200")
	basic := func(id, secret string) http.Header { return webClient{id, secret}.header() }
	form := func(more url.Values) url.Values {
		all := url.Values{"grant_type": {codeGrant}, "code": {"none"}, "redirect_uri": {chatPage}}
		maps.Copy(all, more)
		return all
	}
	for name, tt := range map[string]struct {
		form        url.Values
		header      http.Header
		want, words string
	}{
		"right client":        {form(nil), basic(id, secret), "400 invalid_grant", "The authorization code is invalid or has expired."},
		"both ways":           {form(url.Values{"client_id": {id}, "client_secret": {secret}}), basic(id, secret), "400 invalid_request", oauthError("several_credentials").Words},
		"wrong secret":        {form(nil), basic(id, secret+"x"), "401 invalid_client", "The client secret supplied for a confidential client is invalid."},
		"unknown client":      {form(nil), basic("0oaNobody", secret), "401 invalid_client", "Invalid value for 'client_id' parameter."},
		"nobody":              {form(nil), nil, "401 invalid_client", "No client credentials found"},
		"inactive app":        {form(nil), basic(offID, offSecret), "401 invalid_client", "Invalid value for 'client_id' parameter."},
		"app of other grants": {form(nil), basic(machine.text("id"), machine.text("credentials.oauthClient.client_secret")), "400 unauthorized_client", "The client is not authorized to use the provided grant type. Configured grant types: [client_credentials]."},
	} {
		for _, server := range []string{"/oauth2", "/oauth2/default"} {
			a := o.post(server+"/v1/token", tt.form, tt.header)
			assert.Check(t, a.outcome() == tt.want && a.text("error_description") == tt.words,
				"%s at %s: %s %s", name, server, a.outcome(), a.raw)
		}
	}
	o.post("/oauth2/none/v1/token", form(nil), basic(id, secret)).want(t, "404 E0000007")
	o.post("/oauth2/default/v1/token", url.Values{}, nil).want(t, "400 invalid_request")
	o.post("/oauth2/default/v1/token", url.Values{"grant_type": {serviceGrant}}, nil).want(t, "400 unsupported_grant_type")
	start(t, Options{Profile: NoAPIAM}).post("/oauth2/default/v1/token", form(nil), nil).want(t, "404 E0000007")
}

// A client proves who it is in the way that its app is set to, and in no other.
func TestClientMethods(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	method := func(name string) object { return object{"credentials.oauthClient.token_endpoint_auth_method": name} }
	public := method(noAuth)
	public["credentials.oauthClient.pkce_required"] = true
	challenge := map[string]string{"code_challenge": hashOf(verifier), "code_challenge_method": "S256"}
	for name, app := range map[string]object{basicAuth: method(basicAuth), postAuth: method(postAuth), noAuth: public} {
		x := o.webClient(app)
		for sent, tt := range map[string]struct {
			form   url.Values
			header http.Header
		}{
			basicAuth: {nil, x.header()},
			postAuth:  {url.Values{"client_id": {x.id}, "client_secret": {x.secret}}, nil},
			noAuth:    {url.Values{"client_id": {x.id}}, nil},
		} {
			form := url.Values{
				"grant_type": {codeGrant}, "code": {o.browser().code("/oauth2", x.id, challenge)}, "redirect_uri": {chatPage}, "code_verifier": {verifier},
			}
			maps.Copy(form, tt.form)
			want, words := "401 invalid_client", "The client must say who it is by its token_endpoint_auth_method, '"+name+"'."
			switch sent {
			case name:
				want, words = "200", ""
			case noAuth:
				words = oauthError("invalid_client_secret").Words
			}
			a := o.post("/oauth2/v1/token", form, tt.header)
			assert.Check(t, a.outcome() == want && a.text("error_description") == words, "%s by %s: %s", name, sent, a.raw)
		}
	}
}

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
