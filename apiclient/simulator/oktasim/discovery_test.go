package oktasim

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestDiscovery(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	base := o.http.URL
	for document, want := range map[string]struct {
		issuer, endpoints string
		openID            bool
	}{
		"/.well-known/openid-configuration":                      {base, base + "/oauth2/v1", true},
		"/.well-known/oauth-authorization-server":                {base, base + "/oauth2/v1", false},
		"/oauth2/default/.well-known/openid-configuration":       {base + "/oauth2/default", base + "/oauth2/default/v1", true},
		"/oauth2/default/.well-known/oauth-authorization-server": {base + "/oauth2/default", base + "/oauth2/default/v1", false},
	} {
		a := o.send("GET", document, nil, nil).want(t, "200")
		for member, address := range map[string]string{
			"issuer": want.issuer, "authorization_endpoint": want.endpoints + "/authorize", "token_endpoint": want.endpoints + "/token",
			"end_session_endpoint": want.endpoints + "/logout", "registration_endpoint": base + "/oauth2/v1/clients",
		} {
			assert.Check(t, is.Equal(a.text(member), address), "%s: %s", document, member)
		}
		for _, member := range []string{"userinfo_endpoint", "id_token_signing_alg_values_supported"} {
			assert.Check(t, is.Equal(a.has(member), want.openID), "%s: %s there", document, member)
		}
	}
	app := o.do("POST", "/api/v1/apps", webApp(nil)).text("id")
	o.send("GET", "/.well-known/openid-configuration?client_id="+app, nil, nil).want(t, "200")
	o.send("GET", "/.well-known/openid-configuration?client_id=none", nil, nil).want(t, "400 invalid_client")
	o.send("GET", "/oauth2/none/.well-known/openid-configuration", nil, nil).want(t, "404 E0000007")
}
