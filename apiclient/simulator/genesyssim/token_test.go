package genesyssim_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

func TestTokenRefusals(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	grant := url.Values{"grant_type": {"client_credentials"}}
	for name, c := range map[string]struct {
		id, secret string
		form       url.Values
		status     int
		code       string
	}{
		"wrong secret":   {o.sim.ClientID(), "nope", grant, 401, "invalid_client"},
		"unknown client": {"nobody", o.sim.ClientSecret(), grant, 400, "invalid_client"},
		"no credentials": {"", "", grant, 400, "invalid_client"},
		"no grant":       {o.sim.ClientID(), o.sim.ClientSecret(), url.Values{}, 400, "invalid_request"},
		"other grant":    {o.sim.ClientID(), o.sim.ClientSecret(), url.Values{"grant_type": {"password"}}, 400, "unauthorized_client"},
	} {
		status, answer := o.form(c.id, c.secret, c.form)
		assert.Check(t, status == c.status && answer["error"] == c.code,
			"%s: %d %v, want %d %s", name, status, answer, c.status, c.code)
		assert.Check(t, answer["description"] != "" && answer["description"] == answer["error_description"],
			"%s: the descriptions differ: %v", name, answer)
	}
}

func TestBearer(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	_, answer := o.form(o.sim.ClientID(), o.sim.ClientSecret(), url.Values{"grant_type": {"client_credentials"}})
	assert.Check(t, answer["token_type"] == "bearer" && answer["expires_in"] == 86400.0, "token: %v", answer)
	good := o.token
	o.token = ""
	o.refuses("401 authentication.required", http.MethodGet, "organizations/me", nil)
	o.token = "wrong"
	o.refuses("401 bad.credentials", http.MethodGet, "organizations/me", nil)
	o.token = good
	o.must(http.MethodGet, "organizations/me", nil)
	o.clock.advance(24 * time.Hour)
	o.refuses("401 bad.credentials", http.MethodGet, "organizations/me", nil)
	o.signIn()
	o.must(http.MethodDelete, "tokens/me", nil)
	o.refuses("401 bad.credentials", http.MethodGet, "organizations/me", nil)
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	for n := 1; n <= 300; n++ {
		o.must(http.MethodGet, "organizations/me", nil)
	}
	o.clock.advance(18 * time.Second)
	status, header, answer := o.callWithHeader(http.MethodGet, "organizations/me", nil)
	if status != 429 || answer["code"] != "too.many.requests.retry.after" || header.Get("Retry-After") != "42" {
		t.Errorf("got %d %v, Retry-After %q", status, answer, header.Get("Retry-After"))
	}
	assert.Check(t, answer["message"] == "Rate limit exceeded the maximum. Retry the request in [42] seconds",
		"message %v", answer["message"])
	o.clock.advance(42 * time.Second)
	_, header, _ = o.callWithHeader(http.MethodGet, "organizations/me", nil)
	for name, want := range map[string]string{
		"inin-ratelimit-allowed": "300", "inin-ratelimit-count": "1", "inin-ratelimit-reset": "60",
	} {
		assert.Check(t, is.Equal(header.Get(name), want), name)
	}
}

func TestCurrentUser(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	org := o.must(http.MethodGet, "organizations/me", nil)
	assert.Check(t, org["name"] == "Acme Contact Centre" && org["thirdPartyOrgName"] == "acmecc",
		"organization: %v", org)
	me := o.must(http.MethodGet, "tokens/me", nil)
	if me["OAuthClient"].(object)["id"] != o.sim.ClientID() || me["organization"].(object)["id"] != org["id"] {
		t.Errorf("token: %v", me)
	}
	o.refuses("400 not.a.user", http.MethodGet, "users/me?expand=authorization", nil)
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	for name, c := range map[string]struct {
		kind, body, code string
		status           int
	}{
		"not JSON":     {"text/plain", `{"name":"x"}`, "unsupported.media.type", 415},
		"broken":       {"application/json", `{"name":`, "bad.request", 400},
		"not an array": {"application/json", `[]`, "bad.request", 400},
		"null":         {"application/json", `null`, "bad.request", 400},
		"too large":    {"application/json", `{"name":"` + strings.Repeat("x", 1<<20) + `"}`, "request.entity.too.large", 413},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, o.base+"/api/v2/integrations", strings.NewReader(c.body))
		assert.NilError(t, err)
		r.Header.Set("Content-Type", c.kind)
		r.Header.Set("Authorization", "Bearer "+o.token)
		status, _, answer := o.send(r)
		assert.Check(t, status == c.status && answer["code"] == c.code,
			"%s: %d %v, want %d %s", name, status, answer["code"], c.status, c.code)
	}
	o.refuses("404 not.found", http.MethodGet, "nothing/here", nil)
}

func TestCounters(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	want := genesyssim.Counts{Integrations: 2, Credentials: 1, Configurations: 2, Versions: 3, Deployments: 1}
	assert.Check(t, is.Equal(o.sim.Counts(), want), "seeded")
	o.must(http.MethodGet, "organizations/me", nil)
	o.must(http.MethodPost, "webdeployments/configurations", object{"name": "New"})
	o.refuses("404 not.found", http.MethodDelete, "integrations/none", nil)
	want.Configurations++
	assert.Check(t, is.Equal(o.sim.Counts(), want), "after a create")
	if got, want := o.sim.Calls(), (genesyssim.Calls{Reads: 1, Writes: 2}); got != want {
		t.Errorf("calls: %+v, want %+v", got, want)
	}
}

// userOrg returns an organization that Grace has signed in to.
func userOrg(t *testing.T, opts genesyssim.Options) *org {
	t.Helper()
	o := shapedOrg(t, 1, 0, opts)
	status, answer := o.form("", "", o.redemption(o.code(o.request())))
	assert.Equal(t, status, http.StatusOK, answer)
	o.token = answer["access_token"].(string)
	return o
}

func TestAccessToken(t *testing.T) {
	t.Parallel()
	o := shapedOrg(t, 1, 0, genesyssim.Options{})
	o.token = o.sim.AccessToken()
	me := o.must(http.MethodGet, "users/me", nil)
	assert.Check(t, me["name"] == "Grace Admin", "user: %v", me)
	o.clock.advance(24 * time.Hour)
	o.refuses("401 bad.credentials", http.MethodGet, "users/me", nil)
	other := shapedOrg(t, 2, 0, genesyssim.Options{}).sim
	assert.Check(t, other.AccessToken() != o.token && other.PKCEClientID() != o.sim.PKCEClientID(),
		"two seeds, the same token or client")
}

func TestScopes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scopes       []string
		method, path string
		want         string // the scope that the refusal names; empty: allowed
	}{
		{[]string{"integrations"}, "GET", "integrations", ""},
		{[]string{"integrations:readonly"}, "GET", "integrations", ""},
		{[]string{"integrations:readonly"}, "POST", "integrations", "integrations"},
		{[]string{"webdeployments"}, "GET", "integrations", "integrations:readonly"},
		{[]string{"webdeployments:readonly"}, "POST", configurations, "webdeployments"},
		{[]string{}, "DELETE", "tokens/me", "user-basic-info"},
	} {
		o := userOrg(t, genesyssim.Options{Scopes: c.scopes})
		var body any
		if c.method == http.MethodPost {
			body = object{}
		}
		if c.want == "" {
			o.must(c.method, c.path, body)
			continue
		}
		answer := o.refuses("403 app.not.authorized.for.scope", c.method, c.path, body)
		want := "App not authorized to use scope " + c.want
		assert.Check(t, answer["message"] == want, "%s %s: %v, want %s", c.method, c.path, answer["message"], want)
		o.signIn() // scopes do not apply to client credentials
		status, _ := o.call(c.method, c.path, body)
		assert.Check(t, status != http.StatusForbidden, "%s %s: refused to client credentials", c.method, c.path)
	}
}

// The scopes that a refusal and a pass show are those of the definition, operation by operation.
func TestScopesAreTheDefinitions(t *testing.T) {
	t.Parallel()
	none, checked := userOrg(t, genesyssim.Options{Scopes: []string{}}), 0
	for path, methods := range defined(t) {
		for method, op := range methods {
			if len(op.Security) == 0 || method == "head" {
				continue
			}
			scopes := op.Security[0]["PureCloud OAuth"]
			status, answer := none.call(strings.ToUpper(method), regexp.MustCompile(`\{[^}]+\}`).ReplaceAllString(path, "x"), nil)
			if status == http.StatusNotFound || status == http.StatusMethodNotAllowed || len(scopes) == 0 {
				continue
			}
			checked++
			slices.Sort(scopes)
			least := scopes[len(scopes)-1] // "x:readonly" follows "x"
			assert.Check(t, answer["message"] == "App not authorized to use scope "+least,
				"%s %s: %d %v, want scope %s", method, path, status, answer["message"], least)
		}
	}
	assert.Check(t, is.Equal(checked, 45))
}

func TestWrongRegion(t *testing.T) {
	t.Parallel()
	o := shapedOrg(t, 1, 0, genesyssim.Options{UnknownClient: true})
	want := object{"error": "invalid_client", "description": "client not found", "error_description": "client not found"}
	for name, form := range map[string]map[string][]string{
		"client credentials": {"grant_type": {"client_credentials"}},
		"code":               o.redemption("x"),
	} {
		status, answer := o.form(o.sim.ClientID(), o.sim.ClientSecret(), form)
		if diff := cmp.Diff(want, answer); status != http.StatusBadRequest || diff != "" {
			t.Errorf("%s: %d\n%s", name, status, diff)
		}
	}
}
