package oktasim

import (
	"net/url"
	"testing"
)

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
			return o.issued[token] != nil || o.renewals[token] != nil
		}
		if a := end(other, access).want(t, "200"); a.raw != "" || !alive(access) {
			t.Error("another client has revoked the token", a.raw)
		}
		end(x, "none").want(t, "200")
		more := o.renewed(server, x, refresh, nil).want(t, "200").text("access_token")
		end(x, access).want(t, "200")
		if alive(access) || !alive(more) || !alive(refresh) {
			t.Error("not only the access token has ended")
		}
		end(x, refresh).want(t, "200")
		if alive(more) || alive(refresh) || o.VisitorTokens() != 0 {
			t.Errorf("%d tokens are left", o.VisitorTokens())
		}
		o.post(server+"/v1/revoke", url.Values{}, x.header()).want(t, "400 invalid_request")
		end(webClient{x.id, "wrong"}, refresh).want(t, "401 invalid_client")
	}
}

// A page may ask for tokens itself if it is the app's and uses PKCE (contract okta.md 11).
func TestTokensForPages(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	x := o.webClient(nil)
	challenge := map[string]string{"code_challenge": challengeOf(verifier), "code_challenge_method": "S256"}
	for name, tt := range map[string]struct {
		origin, want string
		form         url.Values
	}{
		"its own page": {"https://www.example.com", "200", url.Values{"grant_type": {codeGrant}, "code_verifier": {verifier}}},
		"another page": {"https://evil.test", refusalOf("illegal_origin_browser_request"), url.Values{"grant_type": {codeGrant}, "code_verifier": {verifier}}},
		"without PKCE": {"https://www.example.com", refusalOf("unsupported_auth_method_browser_request"), url.Values{"grant_type": {codeGrant}}},
		"as a service": {"https://www.example.com", refusalOf("unsupported_grant_type_browser_request"), url.Values{"grant_type": {serviceGrant}}},
	} {
		form := url.Values{"code": {o.browser().code("/oauth2", x.id, challenge)}, "redirect_uri": {chatPage}}
		for name, values := range tt.form {
			form[name] = values
		}
		header := x.header()
		header.Set("Origin", tt.origin)
		a := o.post("/oauth2/v1/token", form, header)
		opened := a.header.Get("Access-Control-Allow-Origin") == "https://www.example.com"
		if a.outcome() != tt.want || opened != (tt.origin == "https://www.example.com") {
			t.Errorf("%s: %s %s %v", name, a.outcome(), a.raw, a.header)
		}
	}
}
