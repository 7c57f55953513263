package oktasim

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/contract"
)

// recording is one recorded call of the real service.
type recording struct {
	Request struct {
		Method string
		Body   any
	}
	Response struct {
		Status int
		Body   any
	}
}

func load(t *testing.T, name string) recording {
	t.Helper()
	var r recording
	assert.NilError(t, json.Unmarshal(contract.Read(t, filepath.Join("okta-fixtures", name+".json")), &r))
	return r
}

// outline is what a document is made of: each path with the kind of its value, so that a null in another
// place than in a recording shows up.
func outline(v any) map[string]string {
	out := map[string]string{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case object:
			for name, inner := range v {
				walk(path+"."+name, inner)
			}
			if len(v) == 0 {
				out[path] = "{}"
			}
		case []any:
			for _, inner := range v {
				walk(path+"[]", inner)
			}
			if len(v) == 0 {
				out[path] = "[]"
			}
		default:
			out[path] = fmt.Sprintf("%T", v)
		}
	}
	walk("", v)
	return out
}

// Recorded requests get answers of the recorded shape.
func TestAnswersHaveTheRecordedShape(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	app := "/api/v1/apps/" + o.do("POST", "/api/v1/apps", load(t, "app-create-web").Request.Body).want(t, "200").text("id")
	group := o.do("GET", "/api/v1/groups?q=Support", nil).column("id")[0]
	me := o.do("GET", "/api/v1/users/me", nil).text("id")
	policy := defaultPolicies + "/" + o.do("POST", defaultPolicies, policyBody("Shape", nil)).text("id")

	for _, tt := range []struct{ name, path string }{
		{"app-create-web", "/api/v1/apps?activate=true"},
		{"app-get-web", app},
		{"app-put-web", app},
		{"app-list-q", "/api/v1/apps?q=testAcc&limit=1"},
		{"app-secrets-list", app + "/credentials/secrets"},
		{"app-group-put", app + "/groups/" + group},
		{"app-groups-list", app + "/groups?limit=200"},
		{"group-everyone", "/api/v1/groups?q=Everyone"},
		{"trusted-origin-create", "/api/v1/trustedOrigins"},
		{"user-roles", "/api/v1/users/" + me + "/roles"},
		{"authserver-default", "/api/v1/authorizationServers/default"},
		{"authserver-policy-create", defaultPolicies},
		{"authserver-rule-create", policy + "/rules"},
		{"okta-organization", "/.well-known/okta-organization"},
		{"error-400-app", "/api/v1/apps"},
		{"app-deactivate", app + "/lifecycle/deactivate"},
		{"app-delete", app},
	} {
		r := load(t, tt.name)
		body := r.Request.Body
		if members, ok := body.(object); ok && tt.name == "app-put-web" {
			// The recording is of another app.
			delete(members["credentials"].(object)["oauthClient"].(object), "client_id")
		}
		if body == nil && r.Request.Method != "GET" {
			body = object{}
		}
		a := o.do(r.Request.Method, tt.path, body)
		assert.Check(t, is.Equal(a.status, r.Response.Status), "%s, %s", tt.name, a.raw)
		assert.Check(t, is.DeepEqual(outline(a.doc), outline(r.Response.Body)), "%s: recorded(-) simulated(+)", tt.name)
	}
}

var unnamedIDs = regexp.MustCompile(`\{[^}]+\}`)
