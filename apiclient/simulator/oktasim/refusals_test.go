package oktasim

import (
	"cmp"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// Each row of the table of errors (contract okta.md 1.7), and the request or state that brings it about. Those
// without a path come from a fault. TestLengthRequired has the row 411, which has no code.
func TestEveryErrorCanBeHad(t *testing.T) {
	t.Parallel()
	const apps, form = "/api/v1/apps", "The request body was not well-formed."
	for _, tt := range []struct {
		want, summary      string
		method, path, body string
		kind               string // of the body; empty: JSON
		opts               Options
	}{
		{want: "400 E0000001 name: The field cannot be left blank", summary: "Api validation failed: name", method: "POST", path: apps, body: "{}"},
		{want: "400 E0000003", summary: form, method: "POST", path: apps, body: "{"},
		{want: "400 E0000003", summary: form, method: "POST", path: apps, body: "{} {}"},
		{want: "400 E0000003", summary: form, method: "POST", path: apps, body: "[]"},
		{want: "400 E0000003", summary: form, method: "POST", path: apps, body: "null"},
		{want: "400 E0000003", summary: form, method: "POST", path: apps},
		{want: "400 E0000021", summary: "Bad request. Accept and/or Content-Type headers likely do not match supported values.", method: "POST", path: apps, body: "{}", kind: "text/plain"},
		{want: "400 E0000024", summary: "Bad request. This operation on app metadata is not yet supported."},
		{want: "401 E0000004", summary: "Authentication failed"},
		{want: "401 E0000011", summary: "Invalid token provided", path: apps, opts: Options{Token: "revoked"}},
		{want: "401 E0000015", summary: "You do not have permission to access the feature you are requesting", path: "/api/v1/authorizationServers", opts: Options{Profile: NoAPIAM}},
		{want: "403 E0000005", summary: "Invalid session", method: "DELETE", path: "/api/v1/sessions/me"},
		{want: "403 E0000006", summary: "You do not have permission to perform the requested action", method: "POST", path: apps, body: "{}", opts: Options{ReadOnly: true}},
		{want: "403 E0000013", summary: "Invalid client app id"},
		{want: "403 E0000056", summary: "Delete application forbidden.", method: "DELETE", path: apps + "/{active}"},
		{want: "404 E0000007", summary: "Not found: Resource not found: 0oaNone (AppInstance)", path: apps + "/0oaNone"},
		{want: "404 E0000008", summary: "The requested path was not found", path: "/api/v1/nothing"},
		{want: "404 E0000008", summary: "The requested path was not found", path: apps + "/"},
		{want: "404 E0000008", summary: "The requested path was not found", path: "/" + apps},
		{want: "405 E0000022", summary: "The endpoint does not support the provided HTTP method", method: "PATCH", path: apps, body: "{}"},
		{want: "409 E0000113", summary: "Api validation failed due to conflict: label"},
		{want: "409 E0000195", summary: "Api validation failed due to conflict: label"},
		{want: "423 E0000239", summary: "Policy priorities are being reconciled. Please try again later."},
		{want: "429 E0000047", summary: "API call exceeded rate limit due to too many requests.", path: apps, opts: Options{Limits: map[string]int{apps: 1}}},
		{want: "500 E0000009", summary: "Internal Server Error"},
		{want: "503 E0000010", summary: "Service is in read only mode"},
	} {
		o := start(t, tt.opts)
		header := http.Header{"Authorization": {"SSWS " + o.Token()}, "Content-Type": {cmp.Or(tt.kind, "application/json")}, "Origin": {"https://evil.test"}}
		o.revoked = tt.opts.Token != ""
		if tt.opts.Limits != nil {
			o.do("GET", apps, nil).want(t, "200")
		}
		if tt.path == "" {
			code := tt.want[len("400 "):]
			fault := Refusal(code, map[string][]any{"E0000113": {"label"}, "E0000195": {"label"}}[code]...)
			fault.Path = regexp.MustCompile("^" + apps + "$")
			o.Faults.Add(fault)
		}
		path := strings.ReplaceAll(cmp.Or(tt.path, apps), "{active}", o.apps[0].id)
		a := o.send(cmp.Or(tt.method, "GET"), o.http.URL+path, tt.body, header).want(t, tt.want)
		assert.Check(t, is.Equal(a.text("errorSummary"), tt.summary), tt.want)
		assert.Check(t, a.header.Get("Content-Type") == "application/json" && a.text("errorLink") == a.text("errorCode") &&
			strings.HasPrefix(a.text("errorId"), "oae") && a.at("errorCauses") != nil, "%s: %s", tt.want, a.raw)
	}
	assert.Check(t, is.Equal(Refusal("E1").Status, 500), "an unknown code")
}
