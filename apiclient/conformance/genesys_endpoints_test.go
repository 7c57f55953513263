package conformance

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
)

const (
	integrationURI   = "/api/v2/integrations/{integration}"
	credentialURI    = "/api/v2/integrations/credentials/{credential}"
	configurationURI = "/api/v2/webdeployments/configurations/{configuration}"
	deploymentURI    = "/api/v2/webdeployments/deployments/{deployment}"

	configBody = `{"name":"Data actions","version":%version%,"properties":{},"advanced":{},"notes":"a test","credentials":{"basicAuth":{"id":"{credential}"}}}`

	credentialBody    = `{"name":"Test","type":{"name":"basicAuth"},"credentialFields":{"userName":"ada","password":"secret"}}`
	configurationBody = `{"name":"Test","languages":["en-us"],"defaultLanguage":"en-us","messenger":{"enabled":true,
		"launcherButton":{"visibility":"On"},"apps":{"conversations":{"enabled":true}}},
		"authenticationSettings":{"enabled":true,"integrationId":"{integration}"}}`
	deploymentBody = `{"name":"Test","allowAllDomains":false,"allowedDomains":["www.acme.test"],
		"configuration":{"id":"{configuration}","version":"%pin%"},"flow":{"id":"{flow}"}}`
)

func stale(body, version string) string {
	return strings.NewReplacer("%version%", version, "%pin%", version).Replace(body)
}

// genesysCalls exercise every operation that the simulated organization serves, in an order that works.
var genesysCalls = []call{
	{method: "GET", path: "/api/v2/organizations/me", status: 200},
	{method: "GET", path: "/api/v2/organizations/me", status: 401, sign: "-", wrong: true},
	{method: "GET", path: "/api/v2/organizations/me", status: 401, sign: "Bearer wrong"},
	{method: "GET", path: "/api/v2/users/me", status: 400},
	{method: "GET", path: "/api/v2/tokens/me", status: 200},
	{method: "HEAD", path: "/api/v2/tokens/me", status: 200},
	{method: "GET", path: "/api/v2/authorization/subjects/me", status: 200},
	{method: "GET", path: "/api/v2/authorization/products", status: 200},

	{method: "GET", path: "/api/v2/flows?type=inboundshortmessage&pageSize=1&pageNumber=2&sortBy=name", status: 200, keep: "flow=entities.0.id"},
	{method: "GET", path: "/api/v2/flows?type=NONE", status: 400, wrong: true},
	{method: "GET", path: "/api/v2/flows/{flow}", status: 200},
	{method: "GET", path: "/api/v2/flows/none", status: 404},

	{method: "GET", path: "/api/v2/integrations/types?pageSize=5&pageNumber=2", status: 200},
	{method: "GET", path: "/api/v2/integrations/types?pageSize=0", status: 400},
	{method: "GET", path: "/api/v2/integrations/types/custom-rest-actions", status: 200},
	{method: "GET", path: "/api/v2/integrations/types/none", status: 404},
	{method: "GET", path: "/api/v2/integrations/types/embedded-client-app/configschemas/properties", status: 200},
	{method: "GET", path: "/api/v2/integrations/types/embedded-client-app/configschemas/advanced", status: 200},
	{method: "GET", path: "/api/v2/integrations/types/embedded-client-app/configschemas/other", status: 400, wrong: true},
	{method: "GET", path: "/api/v2/integrations/credentials/types", status: 200},
	{method: "POST", path: "/api/v2/integrations/credentials", body: credentialBody, status: 200, keep: "credential=id"},
	{method: "POST", path: "/api/v2/integrations/credentials", body: `{"name":"Test"}`, status: 400, wrong: true},
	{method: "GET", path: "/api/v2/integrations/credentials?pageSize=1", status: 200},
	{method: "GET", path: "/api/v2/integrations/credentials/listing?pageSize=1", status: 200},
	{method: "GET", path: credentialURI, status: 200},
	{method: "GET", path: "/api/v2/integrations/credentials/none", status: 404},
	{method: "PUT", path: credentialURI, body: credentialBody, status: 200},
	{method: "PUT", path: "/api/v2/integrations/credentials/none", body: credentialBody, status: 404},

	{method: "GET", path: "/api/v2/integrations?expand=config.current", status: 200},
	{method: "POST", path: "/api/v2/integrations", body: `{"name":"Data actions","integrationType":{"id":"custom-rest-actions"}}`, status: 200, keep: "integration=id"},
	{method: "POST", path: "/api/v2/integrations", body: `{"name":"No type"}`, status: 400, wrong: true},
	{method: "POST", path: "/api/v2/integrations", body: `{"integrationType":{"id":"custom-rest-actions"}}`, status: 200, wrong: true}, // contract genesys.md 1.3
	{method: "POST", path: "/api/v2/integrations", body: `{"name":"Unknown","integrationType":{"id":"none"}}`, status: 400},
	{method: "GET", path: integrationURI, status: 200},
	{method: "GET", path: "/api/v2/integrations/none", status: 404},
	{method: "GET", path: integrationURI + "/config/current", status: 200},
	{method: "GET", path: "/api/v2/integrations/none/config/current", status: 404},
	{method: "PUT", path: integrationURI + "/config/current", body: stale(configBody, "1"), status: 200},
	{method: "PUT", path: integrationURI + "/config/current", body: stale(configBody, "1"), status: 409},
	{method: "PUT", path: integrationURI + "/config/current", body: `{"name":"Data actions"}`, status: 400, wrong: true},
	{method: "PATCH", path: integrationURI, body: `{"intendedState":"ENABLED"}`, status: 200},
	{method: "PATCH", path: integrationURI, body: `{"intendedState":"ON"}`, status: 400, wrong: true},
	{method: "GET", path: integrationURI + "?expand=config.current", status: 200},

	{method: "POST", path: "/api/v2/webdeployments/configurations", body: configurationBody, status: 201, keep: "configuration=id"},
	{method: "POST", path: "/api/v2/webdeployments/configurations", body: `{"description":"No name"}`, status: 400, wrong: true},
	{method: "GET", path: "/api/v2/webdeployments/configurations", status: 200},
	{method: "GET", path: "/api/v2/webdeployments/configurations?pageSize=1", status: 200},
	{method: "GET", path: configurationURI + "/versions/draft", status: 200},
	{method: "PUT", path: configurationURI + "/versions/draft", body: configurationBody, status: 200},
	{method: "PUT", path: "/api/v2/webdeployments/configurations/none/versions/draft", body: configurationBody, status: 404},
	{method: "POST", path: configurationURI + "/versions/draft/publish", status: 200},
	{method: "GET", path: configurationURI + "/versions", status: 200},
	{method: "GET", path: configurationURI + "/versions/1", status: 200},
	{method: "GET", path: configurationURI + "/versions/DRAFT", status: 200},
	{method: "GET", path: configurationURI + "/versions/9", status: 404},

	{method: "GET", path: "/api/v2/webdeployments/deployments?expand=Configuration", status: 200},
	{method: "POST", path: "/api/v2/webdeployments/deployments", body: stale(deploymentBody, "1"), status: 201, keep: "deployment=id"},
	{method: "POST", path: "/api/v2/webdeployments/deployments", body: stale(deploymentBody, "9"), status: 400},
	{method: "POST", path: "/api/v2/webdeployments/deployments", body: `{"name":"No configuration"}`, status: 400, wrong: true},
	{method: "GET", path: deploymentURI, status: 200},
	{method: "GET", path: "/api/v2/webdeployments/deployments/none", status: 404},
	{method: "PUT", path: deploymentURI, body: stale(deploymentBody, "1"), status: 200},
	{method: "GET", path: deploymentURI + "/configurations", status: 200},
	{method: "GET", path: "/webdeployments/v1/deployments/{deployment}/config.json", status: 200, sign: "-"},
	{method: "GET", path: "/webdeployments/v1/deployments/{deployment}/domains.json", status: 200, sign: "-"},
	{method: "GET", path: "/genesys-bootstrap/genesys.min.js", status: 200, sign: "-"},

	{method: "DELETE", path: configurationURI, status: 409},
	{method: "DELETE", path: deploymentURI, status: 204},
	{method: "DELETE", path: configurationURI, status: 204},
	{method: "DELETE", path: configurationURI, status: 404},
	{method: "DELETE", path: integrationURI, status: 200},
	{method: "DELETE", path: integrationURI, status: 404},
	{method: "DELETE", path: credentialURI, status: 204},
	{method: "DELETE", path: "/api/v2/tokens/me", status: 200},
	{method: "GET", path: "/api/v2/tokens/me", status: 401},
}

// genesysLater are the operations that the simulated organization does not have.
var genesysLater = map[string]string{
	"getOauthClient":                                   unused,
	"getOauthScopes":                                   unused,
	"getFlowsDivisionviews":                            unused,
	"getAuthorizationPermissions":                      unused,
	"getAuthorizationDivisionsHome":                    unused,
	"getAuthorizationDivisionspermittedPagedMe":        unused,
	"getConversationsMessagingSupportedcontent":        unused,
	"getConversationsMessagingSupportedcontentDefault": unused,
}

// genesysUserCalls are what only a user can do, or does otherwise than a client.
var genesysUserCalls = []call{
	{method: "GET", path: "/oauth/authorize", status: 400, sign: "-"},
	{method: "GET", path: "/api/v2/users/me", status: 200},
	{method: "GET", path: "/api/v2/users/me?expand=authorization", status: 200},
	{method: "GET", path: "/api/v2/tokens/me", status: 200},
	{method: "GET", path: "/api/v2/authorization/subjects/me", status: 200},
	{method: "POST", path: "/api/v2/webdeployments/configurations", body: `{"name":"By a user"}`, status: 201},
	{method: "DELETE", path: "/api/v2/tokens/me", status: 200},
	{method: "GET", path: "/api/v2/users/me", status: 401},
}

// genesysSign fetches a token and returns the header that carries it.
func genesysSign(t *testing.T, sim *simulator.Server) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, sim.GenesysURL()+"/oauth/token", strings.NewReader("grant_type=client_credentials"))
	assert.NilError(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(sim.Credentials().GenesysClientID, sim.Credentials().GenesysClientSecret)
	resp, err := http.DefaultClient.Do(req)
	assert.NilError(t, err)
	defer func() { _ = resp.Body.Close() }()
	var answer struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || answer.Token == "" {
		t.Fatalf("no token: %d, %v", resp.StatusCode, err)
	}
	return "Bearer " + answer.Token
}

func TestGenesysEndpoints(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7})
	newCaller(t, w.sim.GenesysURL(), genesysSign(t, w.sim)).all(genesysCalls)
	newCaller(t, w.sim.GenesysURL(), "Bearer "+w.sim.Genesys().AccessToken()).all(genesysUserCalls)
	genesysSignIn(t, w)
	w.close()
	coverage(t, "Genesys Cloud", w.genesys, genesysLater)
}

func TestGenesysRefusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7, Deny: []string{"webDeployments:configuration:add", "architect:flow:view"}})
	c := newCaller(t, w.sim.GenesysURL(), genesysSign(t, w.sim))
	c.all([]call{
		{method: "GET", path: "/api/v2/flows", status: 403},
		{method: "POST", path: "/api/v2/webdeployments/configurations", body: `{"name":"Test"}`, status: 403},
	})
	for range 298 {
		c.do(call{method: "GET", path: "/api/v2/organizations/me", status: 200})
	}
	c.do(call{method: "GET", path: "/api/v2/organizations/me", status: 429})
}

// What an organization refuses by its own settings has the form of the definition too.
func TestGenesysOptions(t *testing.T) {
	t.Parallel()
	const draft = `{"name":"Test","authenticationSettings":{"enabled":true,"integrationId":"x"}}`
	for name, c := range map[string]struct {
		opts  genesyssim.Options
		calls []call
	}{
		"limits": {genesyssim.Options{MaxConfigurations: 2}, []call{
			{method: "POST", path: "/api/v2/webdeployments/configurations", body: draft, status: 400},
		}},
		"feature": {genesyssim.Options{LacksFeature: "authenticationSettings"}, []call{
			{method: "POST", path: "/api/v2/webdeployments/configurations", body: draft, status: 400},
		}},
		"lag": {genesyssim.Options{Lag: time.Hour}, []call{
			{method: "POST", path: "/api/v2/webdeployments/configurations", body: draft, status: 201, keep: "configuration=id"},
			{method: "GET", path: configurationURI + "/versions/draft", status: 404},
		}},
		"size": {genesyssim.Options{Configurations: 400, Integrations: 60, Flows: 30}, []call{
			{method: "GET", path: "/api/v2/webdeployments/configurations", status: 200, keep: "next=nextUri"},
			{method: "GET", path: "{next}", status: 200},
			{method: "GET", path: "/api/v2/integrations?pageSize=100&expand=config.current", status: 200},
			{method: "GET", path: "/api/v2/flows?type=inboundshortmessage&pageSize=100", status: 200},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 7, Genesys: c.opts})
			newCaller(t, w.sim.GenesysURL(), genesysSign(t, w.sim)).all(c.calls)
		})
	}
	t.Run("scopes", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, simulator.Options{Seed: 7, Genesys: genesyssim.Options{Scopes: []string{"user-basic-info"}}})
		newCaller(t, w.sim.GenesysURL(), "Bearer "+w.sim.Genesys().AccessToken()).all([]call{
			{method: "GET", path: "/api/v2/users/me", status: 200},
			{method: "GET", path: "/api/v2/integrations", status: 403},
		})
	})
}
