package matrix

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/internal/kit"
)

type object = map[string]any

const servers = "/authorizationServers?limit=200"

// admin makes a call that has to succeed, again while a service does not see yet what was just made.
func (c *computer) admin(t *testing.T, method, address string, body any) any {
	t.Helper()
	text := ""
	if body != nil {
		raw := kit.Must(json.Marshal(body))(t)
		text = string(raw)
	}
	const tries = 200
	for try := 1; ; try++ {
		status, answer := simtest.Send(t, c.sim, method, address, text)
		switch {
		case status/100 == 2, status == http.StatusUnauthorized && strings.HasSuffix(address, servers): // the license is missing
			return answer
		case try == tries || status != http.StatusNotFound && status != http.StatusBadRequest:
			t.Fatalf("%s %s: %d %v", method, address, status, answer)
		}
		time.Sleep(c.poll)
	}
}

// counted are what the services write by themselves at each change. The version of a configuration or a deployment is a
// text, and none of these.
func counted(key string, value any) bool {
	_, number := value.(float64)
	return key == "version" && number ||
		slices.Contains([]string{"dateModified", "modifiedDate", "lastModifiedUser", "lastUpdated", "errorId"}, key)
}

func uncounted(value any) any {
	switch v := value.(type) {
	case object:
		v = maps.Clone(v)
		maps.DeleteFunc(v, counted)
		for key, member := range v {
			v[key] = uncounted(member)
		}
		return v
	case []any:
		v = slices.Clone(v)
		for i, member := range v {
			v[i] = uncounted(member)
		}
		return v
	}
	return value
}

// snapshot is every object of both orgs as its services show it, by address. Versions that are published stay for ever,
// so the list of them is left out.
func (c *computer) snapshot(t *testing.T) map[string]string {
	t.Helper()
	s := map[string]string{}
	read := func(address string) []any {
		answer := c.admin(t, http.MethodGet, address, nil)
		text := kit.Must(json.MarshalIndent(uncounted(answer), "", " "))(t)
		s[address] = string(text)
		if list, ok := answer.([]any); ok {
			return list
		}
		page, _ := answer.(object)
		for _, more := range []string{"nextUri", "nextPage"} {
			assert.Assert(t, page[more] == nil, "%s has another page", address)
		}
		list, _ := page["entities"].([]any)
		return list
	}
	each := func(list string, parts ...string) (addresses []string) {
		path, _, _ := strings.Cut(list, "?")
		for _, member := range read(list) {
			at := path + "/" + url.PathEscape(member.(object)["id"].(string))
			addresses = append(addresses, at)
			for _, part := range parts {
				read(at + part)
			}
		}
		return addresses
	}
	okta, genesys := c.sim.OktaURL()+"/api/v1", c.sim.GenesysURL()+"/api/v2"
	each(okta+"/apps?limit=200&includeNonDeleted=true", "", "/groups", "/users", "/credentials/secrets")
	each(okta+"/trustedOrigins?limit=200", "")
	for _, server := range each(okta + servers) {
		for _, policy := range each(server+"/policies", "") {
			each(policy+"/rules", "")
		}
	}
	each(genesys+"/integrations?pageSize=100&expand=config.current", "", "/config/current")
	each(genesys+"/integrations/credentials?pageSize=100", "")
	each(genesys+"/webdeployments/configurations?pageSize=300", "/versions/draft")
	for _, deployment := range each(genesys+"/webdeployments/deployments?pageSize=300", "") {
		id := deployment[strings.LastIndex(deployment, "/"):]
		read(c.sim.GenesysURL() + "/webdeployments/v1/deployments" + id + "/config.json")
		read(c.sim.GenesysURL() + "/webdeployments/v1/deployments" + id + "/domains.json")
	}
	return s
}

// different says in which lines two snapshots differ.
func different(before, after map[string]string) (diff string) {
	both := maps.Clone(before)
	maps.Copy(both, after)
	for _, address := range slices.Sorted(maps.Keys(both)) {
		if before[address] != after[address] {
			diff += "\n" + address + "\n" + cmp.Diff(strings.Split(before[address], "\n"), strings.Split(after[address], "\n"))
		}
	}
	return diff
}

// page is where visitors sign in.
type page struct{ address, client, deployment string }

// A verifier and its S256 challenge (RFC 7636, appendix B).
const (
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)

// visit signs a visitor in on a page, as a browser does: at Okta for a code, at Genesys Cloud for a token. It says how
// far it came.
func (c *computer) visit(t *testing.T, p page) string {
	t.Helper()
	send := func(address, kind, origin, body string) *http.Response {
		r := kit.Must(http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body)))(t)
		r.Header.Set("Content-Type", kind)
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		resp := kit.Must((&http.Transport{DisableKeepAlives: true}).RoundTrip(r))(t)
		return resp
	}
	at := send(c.sim.OktaURL()+"/oauth2/default/v1/authorize?"+url.Values{
		"response_type": {"code"}, "client_id": {p.client}, "redirect_uri": {p.address}, "state": {"s"}, "nonce": {"n"},
		"scope": {"openid email profile"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}.Encode(), "application/x-www-form-urlencoded", "", url.Values{"login": {"alice@acme.test"}}.Encode())
	_ = at.Body.Close()
	back, err := url.Parse(at.Header.Get("Location"))
	if err != nil || back.Query().Get("code") == "" {
		return fmt.Sprintf("Okta answers %d and sends back %q", at.StatusCode, back)
	}
	body, err := json.Marshal(object{"deploymentId": p.deployment, "oauth": object{
		"code": back.Query().Get("code"), "redirectUri": p.address, "nonce": "n", "codeVerifier": verifier,
	}})
	assert.NilError(t, err)
	from := (&url.URL{Scheme: back.Scheme, Host: back.Host}).String()
	exchanged := send(c.sim.GenesysURL()+"/api/v2/webdeployments/token/oauthcodegrantjwtexchange", "application/json", from, string(body))
	defer exchanged.Body.Close() //nolint:errcheck // it was read
	var answer struct{ JWT, Code string }
	_ = json.NewDecoder(exchanged.Body).Decode(&answer)
	if answer.JWT == "" {
		return fmt.Sprintf("Genesys Cloud answers %d %s", exchanged.StatusCode, answer.Code)
	}
	return signedIn
}

const signedIn = "signed in"
