package oktasim

import (
	"bufio"
	"cmp"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// Each standard role writes what the contract says (okta.md 3.5), several together what any of them does.
func TestRoles(t *testing.T) {
	t.Parallel()
	origin := func() object { return originBody("x", "https://x.test", "CORS") }
	for name, tt := range map[string]struct {
		roles                []string
		apps, origins, rules string
	}{
		"super":       {[]string{"SUPER_ADMIN"}, "200", "200", "201"},
		"org":         {[]string{"ORG_ADMIN"}, "403 E0000006", "200", "403 E0000006"},
		"app":         {[]string{"APP_ADMIN"}, "200", "403 E0000006", "403 E0000006"},
		"API":         {[]string{"API_ACCESS_MANAGEMENT_ADMIN"}, "200", "403 E0000006", "201"},
		"app and org": {[]string{"APP_ADMIN", "ORG_ADMIN"}, "200", "200", "403 E0000006"},
		"read-only":   {[]string{"READ_ONLY_ADMIN"}, "403 E0000006", "403 E0000006", "403 E0000006"},
		"custom":      {[]string{"CUSTOM"}, "200", "200", "201"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := start(t, Options{Roles: tt.roles})
			o.do("POST", "/api/v1/apps", webApp(nil)).want(t, tt.apps)
			o.do("POST", "/api/v1/trustedOrigins", origin()).want(t, tt.origins)
			o.do("POST", defaultPolicies, policyBody("x", nil)).want(t, tt.rules)
			o.do("GET", "/api/v1/apps", nil).want(t, "200")
			me := o.do("GET", "/api/v1/users/me", nil).want(t, "200").text("id")
			got := o.do("GET", "/api/v1/users/"+me+"/roles", nil).want(t, "200").column("type")
			assert.Check(t, slices.Equal(got, tt.roles), "roles %q", got)
		})
	}
}

// Go's client always sends a length with a POST, so the request is written manually.
func TestLengthRequired(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	for extra, want := range map[string]int{"": 411, "Content-Length: 0\r\n": 400} {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", o.http.Listener.Addr().String())
		assert.NilError(t, err)
		_, err = fmt.Fprintf(conn, "POST /api/v1/apps HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: SSWS %s\r\n%s\r\n", o.Token(), extra)
		assert.NilError(t, err)
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		assert.NilError(t, err)
		assert.Check(t, is.Equal(resp.StatusCode, want), "%q", extra)
		_ = resp.Body.Close()
		_ = conn.Close()
	}
}

// slow is an org whose clock stands still.
func slow(t *testing.T, opts Options) (*testOrg, *clock) {
	t.Helper()
	c := &clock{}
	c.seconds.Store(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).Unix())
	return startWith(t, 1, c.now, opts), c
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts  Options
		limit int
	}{
		"by default":   {Options{}, 20},
		"integrator":   {Options{Profile: Integrator}, 20},
		"half of it":   {Options{Profile: Integrator, HalfForTokens: true}, 10},
		"workforce":    {Options{Profile: Workforce}, 100},
		"half of that": {Options{Profile: Workforce, HalfForTokens: true}, 50},
		"half of one":  {Options{HalfForTokens: true, Limits: map[string]int{"/api/v1/apps": 1}}, 1},
		"short":        {Options{Window: 2 * time.Second}, 20},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, c := slow(t, tt.opts)
			window := cmp.Or(tt.opts.Window, time.Minute)
			for i := range tt.limit {
				a := o.do("GET", "/api/v1/apps?limit=1", nil).want(t, "200")
				got, want := a.header.Get("X-Rate-Limit-Remaining"), fmt.Sprint(tt.limit-1-i)
				assert.Equal(t, got, want, "remaining")
			}
			a := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "429 E0000047")
			for name, want := range map[string]string{
				"X-Rate-Limit-Limit": fmt.Sprint(tt.limit), "X-Rate-Limit-Remaining": "0",
				"X-Rate-Limit-Reset": fmt.Sprint(c.now().Add(window).Unix()), "Date": "Sun, 01 Mar 2026 12:00:00 GMT", "Retry-After": "",
			} {
				assert.Check(t, is.Equal(a.header.Get(name), want), name)
			}
			o.do("GET", "/api/v1/apps/0oaNone", nil).want(t, "404 E0000007") // its own bucket
			c.advance(window - time.Second)
			o.do("GET", "/api/v1/apps", nil).want(t, "429 E0000047")
			c.advance(time.Second)
			o.do("GET", "/api/v1/apps", nil).want(t, "200")
		})
	}
}

// Who may call. What Okta limits says so in every answer, refusals included; what it does not limit says nothing.
func TestRefusedTokenWritesNothing(t *testing.T) {
	t.Parallel()
	o, _ := slow(t, Options{})
	for _, tt := range []struct {
		method, path, sign string
		want               string
		limited            bool
	}{
		{"GET", "/api/v1/org", "SSWS " + o.Token(), "200", true},
		{"GET", "/api/v1/org", "", "403 E0000005", true},
		{"GET", "/api/v1/org", "ssws " + o.Token(), "200", true},
		{"GET", "/api/v1/org", "Basic eDp5", "403 E0000005", true},
		{"GET", "/api/v1/org", "Bearer " + o.Token(), "401 E0000011", true},
		{"GET", "/api/v1/org", "SSWS " + o.Token() + "x", "401 E0000011", true},
		{"GET", "/api/v1/nothing", "SSWS " + o.Token(), "404 E0000008", true},
		{"DELETE", "/api/v1/apps", "SSWS " + o.Token(), "405 E0000022", true},
		{"POST", "/oauth2/v1/token", "", "400 invalid_request", true},
		{"GET", "/oauth2/v1/authorize", "", "400", true},
		{"GET", "/oauth2/v1/keys", "", "200", false},
		{"GET", "/.well-known/openid-configuration", "", "200", false},
		{"GET", "/oauth2/default/.well-known/openid-configuration", "", "200", false},
	} {
		a := o.send(tt.method, tt.path, nil, http.Header{"Authorization": {tt.sign}}).want(t, tt.want)
		for _, name := range []string{"X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"} {
			assert.Check(t, (a.header.Get(name) != "") == tt.limited, "%s %s: %s is %q", tt.method, tt.path, name, a.header.Get(name))
		}
	}
}

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
