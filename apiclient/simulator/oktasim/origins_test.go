package oktasim

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func originBody(name, address string, scopes ...string) object {
	list := []object{}
	for _, scope := range scopes {
		list = append(list, object{"type": scope})
	}
	return object{"name": name, "origin": address, "scopes": list}
}

func TestTrustedOriginLife(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	const list = "/api/v1/trustedOrigins"
	made := o.do("POST", list, originBody("Page", "https://www.example.com", "CORS", "REDIRECT")).want(t, "200")
	at := list + "/" + made.text("id")
	assert.Check(t, made.text("status") == "ACTIVE" &&
		strings.HasPrefix(made.text("id"), "tos") && made.has("_links.deactivate"), "made %s", made.raw)
	o.do("POST", list, originBody("Second", "http://localhost:8080", "CORS")).want(t, "200")

	const taken = ": An object with this field already exists in the current organization"
	o.do("POST", list, originBody("Page", "https://other.example.com", "CORS")).want(t, "400 E0000001 name"+taken)
	o.do("POST", list, originBody("Other", "https://www.example.com", "CORS")).want(t, "400 E0000001 origin"+taken)
	o.do("PUT", at, originBody("Second", "https://www.example.com", "CORS")).want(t, "400 E0000001 name"+taken)

	put := o.do("PUT", at, originBody("Page", "https://www.example.com", "CORS")).want(t, "200")
	assert.Check(t, is.Equal(len(put.at("scopes").([]any)), 1))
	for query, want := range map[string][]string{
		"": {"Page", "Second"}, "q=http://local": {"Second"}, "q=Pa": {"Page"}, "limit=1": {"Page"},
		`filter=origin+eq+"https://www.example.com"`: {"Page"}, `filter=status+eq+"INACTIVE"`: {},
	} {
		assert.Check(t, is.DeepEqual(o.do("GET", list+"?"+query, nil).want(t, "200").column("name"), want), query)
	}
	got := o.do("POST", at+"/lifecycle/deactivate", object{}).want(t, "200").text("status")
	assert.Check(t, is.Equal(got, "INACTIVE"), "status")
	a := o.do("GET", at, nil).want(t, "200")
	assert.Check(t, a.has("_links.activate") && !a.has("_links.deactivate"), "inactive: %s", a.raw)
	o.do("POST", at+"/lifecycle/activate", object{}).want(t, "200")
	o.do("DELETE", at, nil).want(t, "204")
	o.do("GET", at, nil).want(t, "404 E0000007")
	assert.Check(t, is.Equal(o.Counts().TrustedOrigins, 1))
}

func TestTrustedOriginRefused(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	const bad = "origin: Origin value is not valid"
	for _, tt := range []struct {
		body  object
		cause string
	}{
		{originBody("a", "https://www.example.com/", "CORS"), bad},
		{originBody("a", "https://www.example.com/page", "CORS"), bad},
		{originBody("a", "www.example.com", "CORS"), bad},
		{originBody("a", "https://me@www.example.com", "CORS"), bad},
		{originBody("a", "ws://www.example.com", "CORS"), bad},
		{originBody("", "https://www.example.com", "CORS"), "name: must be 1 to 255 characters"},
		{originBody("a", "https://www.example.com"), "scopes: must be 1 to 3 entries"},
		{originBody("a", "https://www.example.com", "CORS", "CORS", "CORS", "CORS"), "scopes: must be 1 to 3 entries"},
		{originBody("a", "https://www.example.com", "ALL"), "type: 'ALL' is not one of CORS, IFRAME_EMBED, REDIRECT"},
		{object{"name": "a", "origin": "https://www.example.com"}, "scopes: The field cannot be left blank"},
		{object{"name": "a", "origin": "https://www.example.com", "scopes": []any{"CORS"}}, "scopes: must be a list of objects"},
	} {
		o.do("POST", "/api/v1/trustedOrigins", tt.body).want(t, "400 E0000001 "+tt.cause)
	}
}
