package oktasim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// testOrg is an org behind real HTTP.
type testOrg struct {
	*Server
	t    *testing.T
	http *httptest.Server
}

func start(t *testing.T, opts Options) *testOrg {
	t.Helper()
	if opts.Limits == nil {
		opts.Limits = map[string]int{}
	}
	return startWith(t, 1, time.Now, opts)
}

func startWith(t *testing.T, seed uint64, now func() time.Time, opts Options) *testOrg {
	t.Helper()
	s := New(simkit.Settings{Seed: seed, Now: now}, opts)
	web := httptest.NewServer(s.Faults.Wrap(s))
	t.Cleanup(web.Close)
	web.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &testOrg{Server: s, t: t, http: web}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	raw    string
	doc    any
}

func (o *testOrg) do(method, path string, body any) answer {
	o.t.Helper()
	return o.send(method, path, body, http.Header{"Authorization": {"SSWS " + o.Token()}})
}

// post sends a form.
func (o *testOrg) post(path string, form url.Values, header http.Header) answer {
	o.t.Helper()
	all := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	maps.Copy(all, header)
	return o.send("POST", path, form.Encode(), all)
}

// send may run in another goroutine than the test, so it never ends the test.
func (o *testOrg) send(method, path string, body any, header http.Header) answer {
	o.t.Helper()
	var r io.Reader
	switch body := body.(type) {
	case nil:
	case string:
		r = strings.NewReader(body)
	default:
		raw, err := json.Marshal(body)
		assert.Check(o.t, err)
		r = bytes.NewReader(raw)
	}
	if !strings.HasPrefix(path, "http") {
		path = o.http.URL + path
	}
	req, err := http.NewRequestWithContext(o.t.Context(), method, path, r)
	if !assert.Check(o.t, err) {
		return answer{}
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for name, values := range header {
		req.Header[name] = values
	}
	resp, err := o.http.Client().Do(req)
	if !assert.Check(o.t, err) {
		return answer{}
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if !assert.Check(o.t, err) {
		return answer{}
	}
	a := answer{status: resp.StatusCode, header: resp.Header, raw: string(raw)}
	if len(raw) > 0 && strings.HasPrefix(a.header.Get("Content-Type"), "application/json") {
		assert.Check(o.t, json.Unmarshal(raw, &a.doc), "%s, %s, %s", method, path, raw)
	}
	return a
}

// want fails the test unless the call has this outcome: "200", or "400 E0000001", or with the first cause
// "400 E0000001 label: …".
func (a answer) want(t *testing.T, outcome string) answer {
	t.Helper()
	assert.Equal(t, a.outcome(), outcome, a.raw)
	return a
}

func (a answer) outcome() string {
	out := fmt.Sprint(a.status)
	if code := a.text("errorCode") + a.text("error"); code != "" {
		out += " " + code
	}
	causes, _ := a.at("errorCauses").([]any)
	if len(causes) > 0 {
		out += " " + jsontree.Text(causes[0].(object), "errorSummary")
	}
	return out
}

func (a answer) at(path string) any {
	doc, _ := a.doc.(object)
	v, _ := jsontree.At(doc, path)
	return v
}

func (a answer) has(path string) bool {
	doc, _ := a.doc.(object)
	_, ok := jsontree.At(doc, path)
	return ok
}

func (a answer) text(path string) string { s, _ := a.at(path).(string); return s }

// column is one member of each object in a list.
func (a answer) column(path string) []string {
	out := []string{}
	items, _ := a.doc.([]any)
	for _, item := range items {
		out = append(out, jsontree.Text(item.(object), path))
	}
	return out
}

// next is the address of the next page, empty on the last one.
func (a answer) next() string {
	for _, line := range a.header.Values("Link") {
		if address, ok := strings.CutSuffix(line, `>; rel="next"`); ok {
			return strings.TrimPrefix(address, "<")
		}
	}
	return ""
}

// webApp is the body of the contract's example (okta.md 1.1), changed at the given paths; a nil value takes
// the member out.
func webApp(changes object) object {
	body := object{
		"name": "oidc_client", "label": "Messenger sign-in", "signOnMode": "OPENID_CONNECT",
		"credentials": object{"oauthClient": object{
			"autoKeyRotation": true, "pkce_required": false, "token_endpoint_auth_method": "client_secret_basic",
		}},
		"settings": object{"oauthClient": object{
			"application_type": "web", "grant_types": []any{"authorization_code", "refresh_token"}, "response_types": []any{"code"},
			"redirect_uris": []any{"https://www.example.com/support"}, "consent_method": "TRUSTED", "wildcard_redirect": "DISABLED",
			"idp_initiated_login": object{"mode": "DISABLED", "default_scope": []any{}},
		}},
	}
	for path, v := range changes {
		if v != nil {
			jsontree.Put(body, path, v)
			continue
		}
		at := strings.LastIndex(path, ".")
		if at < 0 {
			delete(body, path)
			continue
		}
		parent, _ := jsontree.At(body, path[:at])
		delete(parent.(object), path[at+1:])
	}
	return body
}

// clock is a time that moves only when a test moves it.
type clock struct{ seconds atomic.Int64 }

func (c *clock) now() time.Time          { return time.Unix(c.seconds.Load(), 0).UTC() }
func (c *clock) advance(d time.Duration) { c.seconds.Add(int64(d / time.Second)) }

// oauthError is the refusal of this name; an empty one has no words.
func oauthError(name string) *refusal.Error { return refusal.From(refusal.OAuth(name)) }

// signedIn counts the browsers in which a visitor is signed in.
func (o *testOrg) signedIn() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.sessions.Count(o.now(), func(*session) bool { return true })
}

// setStatus gives a user another status of Okta's. Only an ACTIVE user can sign in (contract okta.md 9.8).
func (o *testOrg) setStatus(login, status string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.userNamed(login).tree["status"] = status
}

const defaultPolicies = "/api/v1/authorizationServers/default/policies"

func policyBody(name string, changes object) object {
	return jsontree.Merge(object{
		"type": "OAUTH_AUTHORIZATION_POLICY", "status": "ACTIVE", "name": name, "description": "made by a test", "priority": 1,
		"conditions": object{"clients": object{"include": []any{"ALL_CLIENTS"}}},
	}, changes)
}

func ruleBody(changes object) object {
	return jsontree.Merge(object{
		"type": "RESOURCE_ACCESS", "name": "Messenger sign-in", "status": "ACTIVE", "priority": 1,
		"conditions": object{
			"people": object{"groups": object{"include": []any{"EVERYONE"}}}, "grantTypes": object{"include": []any{"authorization_code"}},
			"scopes": object{"include": []any{"*"}},
		},
		"actions": object{"token": object{"accessTokenLifetimeMinutes": 60, "refreshTokenLifetimeMinutes": 0, "refreshTokenWindowMinutes": 10080}},
	}, changes)
}
