package oktasim

import (
	"net/http"
	"regexp"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// Each row of the table of errors (contract okta.md 1.7), and the request or state that brings it about. Those
// without one come from a fault. TestLengthRequired has the row 411, which has no code.
func TestEveryErrorCanBeHad(t *testing.T) {
	t.Parallel()
	const apps = "/api/v1/apps"
	for want, tt := range map[string]struct {
		opts    Options
		method  string
		path    string
		body    any
		header  http.Header
		summary string
	}{
		"400 E0000001 label: must be 1 to 100 characters": {method: "POST", path: apps, body: webApp(object{"label": ""}), summary: "Api validation failed: label"},
		"400 E0000003": {method: "POST", path: apps, body: "{", summary: "The request body was not well-formed."},
		"400 E0000021": {method: "POST", path: apps, body: "x", header: http.Header{"Content-Type": {"text/plain"}}, summary: "Bad request. Accept and/or Content-Type headers likely do not match supported values."},
		"400 E0000024": {summary: "Bad request. This operation on app metadata is not yet supported."},
		"401 E0000004": {summary: "Authentication failed"},
		"401 E0000011": {path: apps, header: http.Header{"Authorization": {"SSWS 00wrong"}}, summary: "Invalid token provided"},
		"401 E0000015": {opts: Options{Profile: NoAPIAM}, path: "/api/v1/authorizationServers", summary: "You do not have permission to access the feature you are requesting"},
		"403 E0000005": {path: apps, header: http.Header{"Authorization": {""}}, summary: "Invalid session"},
		"403 E0000006": {opts: Options{ReadOnly: true}, method: "POST", path: apps, body: webApp(nil), summary: "You do not have permission to perform the requested action"},
		"403 E0000013": {summary: "Invalid client app id"},
		"403 E0000056": {method: "DELETE", path: apps + "/{active}", summary: "Delete application forbidden."},
		"404 E0000007": {path: apps + "/0oaNone", summary: "Not found: Resource not found: 0oaNone (AppInstance)"},
		"404 E0000008": {path: "/api/v1/nothing", summary: "The requested path was not found"},
		"405 E0000022": {method: "PATCH", path: apps, body: "{}", summary: "The endpoint does not support the provided HTTP method"},
		"409 E0000113": {summary: "Api validation failed due to conflict: label"},
		"409 E0000195": {summary: "Api validation failed due to conflict: label"},
		"423 E0000239": {summary: "Policy priorities are being reconciled. Please try again later."},
		"429 E0000047": {opts: Options{Limits: map[string]int{"/api/v1/apps": 1}}, path: apps, summary: "API call exceeded rate limit due to too many requests."},
		"500 E0000009": {summary: "Internal Server Error"},
		"503 E0000010": {summary: "Service is in read only mode"},
	} {
		o := start(t, tt.opts)
		header := http.Header{"Authorization": {"SSWS " + o.Token()}}
		for name, values := range tt.header {
			header[name] = values
		}
		if tt.opts.Limits != nil {
			o.do("GET", apps, nil).want(t, "200")
		}
		if tt.path == "" {
			code := want[len("400 "):]
			fault := Refusal(code, map[string][]any{"E0000113": {"label"}, "E0000195": {"label"}}[code]...)
			fault.Path = regexp.MustCompile("^" + apps + "$")
			o.Faults.Add(fault)
			tt.path = apps
		}
		if tt.method == "" {
			tt.method = "GET"
		}
		if tt.path == apps+"/{active}" {
			tt.path = apps + "/" + o.do("POST", apps, webApp(nil)).text("id")
		}
		a := o.send(tt.method, tt.path, tt.body, header).want(t, want)
		got := a.text("errorSummary")
		assert.Check(t, got == tt.summary && a.header.Get("Content-Type") == "application/json",
			"%s: %q, want %q", want, got, tt.summary)
	}
	assert.Check(t, is.Equal(Refusal("E1").Status, 500), "an unknown code")
}
