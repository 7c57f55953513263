package oktasim

import (
	"net/url"
	"testing"

	"gotest.tools/v3/assert"
)

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
			return o.issued.get(o.now(), token) != nil || o.renewals.get(o.now(), token).app != nil
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
