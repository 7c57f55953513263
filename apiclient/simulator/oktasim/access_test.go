package oktasim

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	const path = "/api/v1/apps"
	for authorization, want := range map[string]string{
		"":                        "403 E0000005",
		"Basic eDp5":              "403 E0000005",
		"SSWS wrong":              "401 E0000011",
		"Bearer " + o.Token():     "401 E0000011",
		"SSWS " + o.Token():       "200",
		"ssws " + o.Token():       "200",
		"SSWS " + o.Token() + "x": "401 E0000011",
	} {
		header := http.Header{}
		if authorization != "" {
			header.Set("Authorization", authorization)
		}
		assert.Check(t, is.Equal(o.send("GET", path, nil, header).outcome(), want), "%q", authorization)
	}
}

func TestRevokedTokenIsDead(t *testing.T) {
	t.Parallel()
	o := start(t, Options{ReadOnly: true})
	o.do("GET", "/api/v1/users/me", nil).want(t, "200")
	o.do("DELETE", "/api/v1/api-tokens/current", nil).want(t, "204")
	o.do("GET", "/api/v1/users/me", nil).want(t, "401 E0000011")
	o.do("DELETE", "/api/v1/api-tokens/current", nil).want(t, "401 E0000011")
}

func TestReadOnlyAdmin(t *testing.T) {
	t.Parallel()
	o := start(t, Options{ReadOnly: true})
	o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "403 E0000006")
	o.do("GET", "/api/v1/apps", nil).want(t, "200")
	me := o.do("GET", "/api/v1/users/me", nil).want(t, "200").text("id")
	got := o.do("GET", "/api/v1/users/"+me+"/roles", nil).want(t, "200").column("type")
	assert.Check(t, is.Equal(got[0], "READ_ONLY_ADMIN"), "role %q", got)
	if got, want := o.Calls(), (Calls{Reads: 3, Writes: 1}); got != want {
		t.Errorf("calls %+v, want %+v", got, want)
	}
}

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
	assert.Check(t, (Options{Roles: []string{"GOD"}}).Check() != nil, "a role that Okta does not have was taken")
}

func TestBodiesAndPaths(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	for _, tt := range []struct{ method, path, kind, body, want string }{
		{"POST", "/api/v1/apps", "text/plain", "{}", "400 E0000021"},
		{"POST", "/api/v1/apps", "", "{}", "400 E0000021"},
		{"POST", "/api/v1/apps", "application/json", "{", "400 E0000003"},
		{"POST", "/api/v1/apps", "application/json", "{} {}", "400 E0000003"},
		{"POST", "/api/v1/apps", "application/json", "[]", "400 E0000003"},
		{"POST", "/api/v1/apps", "application/json", "null", "400 E0000003"},
		{"POST", "/api/v1/apps", "application/json", "", "400 E0000003"},
		{"PATCH", "/api/v1/apps", "application/json", "{}", "405 E0000022"},
		{"DELETE", "/api/v1/apps", "", "", "405 E0000022"},
		{"GET", "/api/v1/nothing", "", "", "404 E0000008"},
		{"GET", "/api/v1/apps/", "", "", "404 E0000008"},
		{"GET", "//api/v1/apps", "", "", "404 E0000008"},
		{"GET", "/api/v1/apps/0oaNone", "", "", "404 E0000007"},
	} {
		header := http.Header{"Authorization": {"SSWS " + o.Token()}, "Content-Type": {tt.kind}}
		a := o.send(tt.method, o.http.URL+tt.path, tt.body, header)
		assert.Check(t, is.Equal(a.outcome(), tt.want), "%s %s %q", tt.method, tt.path, tt.body)
		assert.Check(t, a.header.Get("X-Okta-Request-Id") != "" && a.text("errorLink") == a.text("errorCode") &&
			strings.HasPrefix(a.text("errorId"), "oae") && a.at("errorCauses") != nil, "%s %s: error document %s", tt.method, tt.path, a.raw)
	}
}

// Go's client always sends a length with a POST, so the request is written by hand.
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
