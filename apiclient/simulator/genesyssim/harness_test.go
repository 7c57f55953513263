package genesyssim_test

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
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/simulator/simtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type object = map[string]any

// born is when the organizations under test begin.
var born = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// org is an organization under test, reached by real HTTP.
type org struct {
	t     *testing.T
	sim   *genesyssim.Server
	clock *clock
	base  string
	http  *http.Client
	token string

	origin string // of the web page that calls; empty: none does
}

// newOrg returns an organization in which the client has signed in.
func newOrg(t *testing.T, seed uint64, settle time.Duration, opts ...genesyssim.Options) *org {
	t.Helper()
	o := shapedOrg(t, seed, settle, append(opts, genesyssim.Options{})[0])
	o.signIn()
	return o
}

// shapedOrg returns an organization without any sign-in.
func shapedOrg(t *testing.T, seed uint64, settle time.Duration, opts genesyssim.Options) *org {
	t.Helper()
	o := &org{t: t, clock: &clock{now: born}}
	o.sim = genesyssim.New(simkit.Settings{Seed: seed, Settle: settle, Now: o.clock.Now}, opts)
	server := httptest.NewServer(o.sim.Faults.Wrap(o.sim))
	t.Cleanup(server.Close)
	o.base, o.http = server.URL, server.Client()
	o.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return o
}

func (o *org) signIn() {
	o.t.Helper()
	status, answer := o.form(o.sim.ClientID(), o.sim.ClientSecret(), url.Values{"grant_type": {"client_credentials"}})
	assert.Equal(o.t, status, http.StatusOK, answer)
	o.token = answer["access_token"].(string)
}

func (o *org) form(id, secret string, form url.Values) (int, object) {
	o.t.Helper()
	r, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, o.base+"/oauth/token", strings.NewReader(form.Encode()))
	assert.NilError(o.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if id != "" {
		r.SetBasicAuth(id, secret)
	}
	status, _, answer := o.send(r)
	return status, answer
}

func (o *org) send(r *http.Request) (int, http.Header, object) {
	o.t.Helper()
	resp, err := o.http.Do(r)
	assert.NilError(o.t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	assert.NilError(o.t, err)
	var answer object
	if len(raw) > 0 && strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		assert.NilError(o.t, json.Unmarshal(raw, &answer), "%s %s", r.Method, r.URL)
	}
	return resp.StatusCode, resp.Header, answer
}

// call makes one API call.
func (o *org) call(method, path string, body any) (int, object) {
	o.t.Helper()
	status, _, answer := o.callWithHeader(method, path, body)
	return status, answer
}

func (o *org) callWithHeader(method, path string, body any) (int, http.Header, object) {
	o.t.Helper()
	var reader io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		assert.NilError(o.t, err)
		reader = bytes.NewReader(raw)
	}
	if !strings.HasPrefix(path, "/api/v2/") {
		path = "/api/v2/" + path
	}
	r, err := http.NewRequestWithContext(o.t.Context(), method, o.base+path, reader)
	assert.NilError(o.t, err)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if o.token != "" {
		r.Header.Set("Authorization", "Bearer "+o.token)
	}
	if o.origin != "" {
		r.Header.Set("Origin", o.origin)
	}
	status, header, answer := o.send(r)
	assert.Check(o.t, status < 400 || answer["contextId"] == header.Get("ININ-Correlation-Id"),
		"%s %s: contextId %v is not the header's", method, path, answer["contextId"])
	return status, header, answer
}

// must makes a call that has to succeed.
func (o *org) must(method, path string, body any) object {
	o.t.Helper()
	status, answer := o.call(method, path, body)
	assert.Equal(o.t, status/100, 2, "%s %s: %d %v", method, path, status, answer)
	return answer
}

// refuses makes a call that has to fail as told, "409 version.conflict".
func (o *org) refuses(want, method, path string, body any) object {
	o.t.Helper()
	status, answer := o.call(method, path, body)
	assert.Check(o.t, is.Equal(fmt.Sprintf("%d %v", status, answer["code"]), want),
		"%s, %s, %v", method, path, answer["message"])
	return answer
}

// all walks a list to its end by nextUri.
func (o *org) all(path string) []object {
	o.t.Helper()
	var list []object
	for pages := 0; path != ""; pages++ {
		assert.Assert(o.t, pages <= 100, "%s: no end", path)
		page := o.must(http.MethodGet, path, nil)
		for _, one := range page["entities"].([]any) {
			list = append(list, one.(object))
		}
		path, _ = page["nextUri"].(string)
	}
	return list
}

// named returns the one entity of a list that has the name.
func (o *org) named(path, name string) object {
	o.t.Helper()
	for _, one := range o.all(path) {
		if one["name"] == name {
			return one
		}
	}
	o.t.Fatalf("%s: no %s", path, name)
	return nil
}

// public reads a file of the CDN without credentials.
func (o *org) public(deploymentID, file string) (int, object) {
	o.t.Helper()
	r, err := http.NewRequestWithContext(o.t.Context(), http.MethodGet, o.base+"/webdeployments/v1/deployments/"+deploymentID+"/"+file, nil)
	assert.NilError(o.t, err)
	status, _, answer := o.send(r)
	return status, answer
}

// messenger makes the bodies of requests about the OpenID Connect type.
type messenger struct{ simtest.Messenger }

// discover finds the type through the API alone.
func (o *org) discover() messenger {
	o.t.Helper()
	m := messenger{simtest.Discover(func(path string) map[string]any { return o.must(http.MethodGet, path, nil) })}
	assert.Assert(o.t, m.Type != "", "the type is not in the catalog")
	return m
}

// properties is a complete set of property values.
func (m messenger) properties() object {
	return object{m.Discovery: "https://acme.okta.example/oauth2/default/.well-known/openid-configuration", m.Lifetime: 86400}
}

func (m messenger) integration(name string) object {
	return object{"name": name, "integrationType": object{"id": m.Type}}
}

func (m messenger) credential(secret string) object {
	return object{
		"name": "Integration-x", "type": object{"name": m.CredentialType},
		"credentialFields": object{m.IDField: "0oa1", m.SecretField: secret},
	}
}

func (m messenger) config(version int, credentialID string) object {
	credentials := object{}
	if credentialID != "" {
		credentials[m.Slot] = object{"id": credentialID}
	}
	return object{
		"name": "Messenger SSO", "version": version, "properties": m.properties(), "advanced": object{}, "notes": "",
		"credentials": credentials,
	}
}

// without returns a copy that lacks some members; with returns one that has a member set.
func without(o object, keys ...string) object {
	out := maps.Clone(o)
	for _, key := range keys {
		delete(out, key)
	}
	return out
}

func with(o object, key string, value any) object {
	out := maps.Clone(o)
	out[key] = value
	return out
}
