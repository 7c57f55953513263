package oktasim

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/jsontree"
)

const defaultClaims = "/api/v1/authorizationServers/default/claims"

// says is what a code flow's ID token says of Alice.
func (o *testOrg) says(t *testing.T, server string, x webClient, scope string) string {
	t.Helper()
	a := o.redeem(server, x, o.browser().code(server, x.id, map[string]string{"scope": scope}), nil).want(t, "200")
	said := o.claims(t, server, a.text("id_token"))
	var out []string
	for _, name := range []string{"email", "name", "preferred_username", "given_name", "family_name"} {
		if text := jsontree.Text(said, name); text != "" {
			out = append(out, name+" "+text)
		}
	}
	return strings.Join(out, ", ")
}

const (
	asDelivered = "email " + visitorLogin + ", name Alice Customer, preferred_username " + visitorLogin
	withNames   = asDelivered + ", given_name Alice, family_name Customer"
)

// A system claim that is always included is in the ID tokens of every app of the server, with its scope.
func TestSystemClaims(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: Workforce})
	x := o.webClient(nil)
	list := o.do("GET", defaultClaims, nil).want(t, "200")
	names := list.column("name")
	assert.Check(t, is.Len(names, 19))
	assert.Check(t, is.Equal(o.says(t, "/oauth2/default", x, "openid email profile"), asDelivered))
	for _, name := range []string{"given_name", "family_name"} {
		at := defaultClaims + "/" + list.column("id")[slices.Index(names, name)]
		was := o.do("GET", at, nil).want(t, "200")
		assert.Check(t, was.at("alwaysIncludeInToken") == false && was.at("system") == true && was.text("valueType") == "SYSTEM", was.raw)
		body := object{
			"name": name, "status": "ACTIVE", "claimType": "IDENTITY", "valueType": "SYSTEM", "alwaysIncludeInToken": true,
			"conditions": object{"scopes": []any{"profile"}},
		}
		o.do("PUT", at, jsontree.Merge(body, object{"name": "nickname"})).want(t, "400 E0000001 name: A system claim keeps its name and its value type")
		now := o.do("PUT", at, body).want(t, "200")
		assert.Check(t, now.at("alwaysIncludeInToken") == true && now.text("id") == was.text("id"), now.raw)
	}
	assert.Check(t, is.Equal(o.says(t, "/oauth2/default", x, "openid email profile"), withNames))
	assert.Check(t, is.Equal(o.says(t, "/oauth2/default", x, "openid email"), "email "+visitorLogin))
	assert.Check(t, is.Equal(o.says(t, "/oauth2", x, "openid email profile"), asDelivered), "the org's own server")
	o.do("GET", defaultClaims+"/none", nil).want(t, "404 E0000007")
}

// A federated claim is in the ID tokens of its app at the org's own server.
func TestFederatedClaims(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: Workforce})
	x, other := o.webClient(nil), o.webClient(object{"label": "Another"})
	path := "/api/v1/apps/" + x.id + "/federated-claims"
	assert.Check(t, is.Equal(o.do("GET", path, nil).want(t, "200").raw, "[]"))
	given := object{"name": "given_name", "expression": "user.profile.firstName"}
	a := o.do("POST", path, given).want(t, "201")
	assert.Check(t, is.DeepEqual(outline(a.doc), map[string]string{
		".id": "string", ".name": "string", ".expression": "string", ".created": "string", ".lastUpdated": "string",
	}))
	o.do("POST", path, given).want(t, "400 E0000001 name: An object with this field already exists in the current organization")
	o.do("POST", path, object{"name": "family_name", "expression": "user.profile.lastName"}).want(t, "201")
	assert.Check(t, is.Equal(o.says(t, "/oauth2", x, "openid email profile"), withNames))
	assert.Check(t, is.Equal(o.says(t, "/oauth2", other, "openid email profile"), asDelivered))
	assert.Check(t, is.Equal(o.says(t, "/oauth2/default", x, "openid email profile"), asDelivered))
	o.do("DELETE", path+"/"+a.text("id"), nil).want(t, "204")
	o.do("GET", path+"/"+a.text("id"), nil).want(t, "404 E0000007")

	strict := start(t, Options{ReservedNames: true})
	path = "/api/v1/apps/" + strict.webClient(nil).id + "/federated-claims"
	strict.do("POST", path, given).want(t, "400 E0000001 name: The claim name is reserved")
	strict.do("POST", path, object{"name": "role_last_name", "expression": "user.profile.lastName"}).want(t, "201")
}

// A client that may call from some zones only gets no tokens elsewhere (contract okta.md 1.1, 11). This computer is in
// the zone "office".
func TestNetworkZone(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	const refused = "403 access_denied"
	for name, tt := range map[string]struct {
		network     object
		here, there string
	}{
		"no restriction": {object{"connection": "ANYWHERE"}, "200", "200"},
		"another zone":   {object{"connection": "ZONE", "include": []any{"nzo1"}}, refused, refused},
		"this zone":      {object{"connection": "ZONE", "include": []any{o.OfficeZone()}}, "200", refused},
		"any zone":       {object{"connection": "ZONE", "include": []any{"ALL_IP_ZONES"}}, "200", refused},
		"not this zone":  {object{"connection": "ZONE", "exclude": []any{o.OfficeZone()}}, refused, "200"},
		"no zone":        {object{"connection": "ZONE", "exclude": []any{"ALL_IP_ZONES"}}, refused, "200"},
	} {
		x := o.webClient(object{oauthSettings + ".network": tt.network})
		got := o.redeem("/oauth2", x, o.browser().code("/oauth2", x.id, nil), nil)
		assert.Check(t, is.Equal(got.outcome(), tt.here), name)
		if tt.here == refused {
			assert.Check(t, is.Equal(got.text("error_description"), oauthError("disallowed_network_zone").Words), name)
		}
		form := url.Values{"grant_type": {codeGrant}, "code": {o.browser().code("/oauth2", x.id, nil)}, "redirect_uri": {chatPage}}
		from := x.header()
		from.Set("X-Forwarded-For", "198.51.100.23")
		assert.Check(t, is.Equal(o.post("/oauth2/v1/token", form, from).outcome(), tt.there), "%s, from elsewhere", name)
	}
}

// Settings of an app that a page and a server with a client secret can't do with (contract okta.md 1.1, 9; RFC 9126).
func TestAppsForOtherClients(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	dpop := o.webClient(object{oauthSettings + ".dpop_bound_access_tokens": true})
	o.redeem("/oauth2", dpop, o.browser().code("/oauth2", dpop.id, nil), nil).want(t, "400 invalid_dpop_proof")

	par := o.webClient(object{oauthSettings + "." + pushed: true})
	_, query := o.browser().visit("/oauth2", par.id, nil).landing(t)
	assert.Check(t, is.Equal(query.Get("error"), "invalid_request"))

	jwe := o.webClient(object{oauthSettings + ".id_token_encrypted_response_alg": "RSA-OAEP-256"})
	got := o.redeem("/oauth2", jwe, o.browser().code("/oauth2", jwe.id, nil), nil).want(t, "200")
	assert.Check(t, readBy(o.orgKey, got.text("id_token")) == nil, "the ID token can be read")
	_, err := jose.ParseEncryptedCompact(got.text("id_token"), []jose.KeyAlgorithm{jose.RSA_OAEP_256}, []jose.ContentEncryption{jose.A256GCM})
	assert.Check(t, err)
}
