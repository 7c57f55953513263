package oktasim

import (
	"slices"
	"strings"
	"testing"

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
