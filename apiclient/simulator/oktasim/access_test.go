package oktasim

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestRevokedTokenIsDead(t *testing.T) {
	t.Parallel()
	o := start(t, Options{ReadOnly: true})
	o.do("GET", "/api/v1/users/me", nil).want(t, "200")
	o.do("DELETE", "/api/v1/api-tokens/current", nil).want(t, "204")
	o.do("GET", "/api/v1/users/me", nil).want(t, "401 E0000011")
	o.do("DELETE", "/api/v1/api-tokens/current", nil).want(t, "401 E0000011")
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
