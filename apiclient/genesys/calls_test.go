package genesys

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/testkit/cases"
	"msgsso-wizard/apiclient/testkit/contract"
)

// nothing is what a call returns that returns an error only.
func nothing(err error) (any, error) { return nil, err }

// doing are the calls of testdata/calls.txt by their names.
func doing(t *testing.T) map[string]func(*Client) (any, error) {
	t.Helper()
	ctx := t.Context()
	changed := filled[IntegrationConfig](t, `{"id":"current","name":"N\u0007","version":7,"selfUri":"/x","notes":"two\r\nlines\u0007",
		"properties":{"discoveryUri":"https://old","life":12345678901234567890,"odd":null,"deep":{"a":[1,null]}},
		"advanced":{"x":{"y":1.50}},"credentials":{"oauth":{"id":"c-1","name":"n"}}}`)
	changed.Properties["discoveryUri"] = "https://new"
	changed.Credentials["oauth"] = "c-2"
	manual := IntegrationConfig{
		Name: "N", Version: 3, Notes: "hello", Properties: apiclient.Object{"a": "b"}, Credentials: map[string]string{"k": "c"},
	}
	messenger := NewConfiguration{
		Name: "Web SSO Messenger", Description: "Created", Languages: []string{"en-us"}, DefaultLanguage: "en-us",
	}
	signedIn := messenger
	signedIn.Auth = AuthenticationSettings{Enabled: true, IntegrationID: "i-1"}
	var pinned Deployment
	for _, call := range cases.Calls(t, "calls.txt") {
		if call.Name == "getWebdeploymentsDeployment" {
			pinned = filled[Deployment](t, call.Answer)
		}
	}
	pinned.ConfigurationVersion = "2"
	other := pinned
	other.Name, other.Description, other.AllowAllDomains, other.FlowID = "Other", "", true, "f-2"
	flowless := other
	flowless.FlowID = ""
	return map[string]func(*Client) (any, error){
		"getIntegrationsTypes":                       func(c *Client) (any, error) { return c.IntegrationTypes(ctx) },
		"getIntegrationsType":                        func(c *Client) (any, error) { return c.IntegrationType(ctx, "a/b") },
		"getIntegrationsTypeConfigschema":            func(c *Client) (any, error) { return c.PropertiesSchema(ctx, "t-1") },
		"getIntegrationsCredentialsTypes":            func(c *Client) (any, error) { return c.CredentialTypes(ctx) },
		"getIntegrations":                            func(c *Client) (any, error) { return c.Integrations(ctx) },
		"getIntegration":                             func(c *Client) (any, error) { return c.Integration(ctx, "i-1") },
		"postIntegrations":                           func(c *Client) (any, error) { return c.CreateIntegration(ctx, "Messenger SSO (Okta)", "type-1") },
		"patchIntegration":                           func(c *Client) (any, error) { return c.EnableIntegration(ctx, "i-1") },
		"patchIntegration, off":                      func(c *Client) (any, error) { return c.DisableIntegration(ctx, "i-1") },
		"deleteIntegration":                          func(c *Client) (any, error) { return nothing(c.DeleteIntegration(ctx, "i-1")) },
		"getIntegrationConfigCurrent":                func(c *Client) (any, error) { return c.IntegrationConfig(ctx, "i-1") },
		"putIntegrationConfigCurrent":                func(c *Client) (any, error) { return c.UpdateIntegrationConfig(ctx, "i-1", changed) },
		"putIntegrationConfigCurrent, made manually": func(c *Client) (any, error) { return c.UpdateIntegrationConfig(ctx, "i-1", manual) },
		"putIntegrationConfigCurrent, empty notes": func(c *Client) (any, error) {
			config := filled[IntegrationConfig](t, `{"version":8,"notes":"node_dynamodb_empty_string"}`)
			return c.UpdateIntegrationConfig(ctx, "i-1", config)
		},
		"getIntegrationsCredentials":                          func(c *Client) (any, error) { return c.Credentials(ctx) },
		"getIntegrationsCredential":                           func(c *Client) (any, error) { return c.Credential(ctx, "c-1") },
		"postIntegrationsCredentials":                         func(c *Client) (any, error) { return c.CreateCredential(ctx, okta) },
		"putIntegrationsCredential":                           func(c *Client) (any, error) { return c.UpdateCredential(ctx, "c-1", okta) },
		"deleteIntegrationsCredential":                        func(c *Client) (any, error) { return nothing(c.DeleteCredential(ctx, "c-1")) },
		"putWebdeploymentsDeployment, another version":        func(c *Client) (any, error) { return c.UpdateDeployment(ctx, pinned) },
		"putWebdeploymentsDeployment, other members":          func(c *Client) (any, error) { return c.UpdateDeployment(ctx, other) },
		"putWebdeploymentsDeployment, no flow":                func(c *Client) (any, error) { return c.UpdateDeployment(ctx, flowless) },
		"getWebdeploymentsConfigurations":                     func(c *Client) (any, error) { return c.Configurations(ctx) },
		"getWebdeploymentsConfigurationVersions":              func(c *Client) (any, error) { return c.ConfigurationVersions(ctx, "m-1") },
		"getWebdeploymentsConfigurationVersion":               func(c *Client) (any, error) { return c.ConfigurationVersion(ctx, "m-1", "2") },
		"getWebdeploymentsConfigurationVersionsDraft":         func(c *Client) (any, error) { return c.Draft(ctx, "m-1") },
		"postWebdeploymentsConfigurations":                    func(c *Client) (any, error) { return c.CreateConfiguration(ctx, signedIn) },
		"postWebdeploymentsConfigurations, without sign-in":   func(c *Client) (any, error) { return c.CreateConfiguration(ctx, messenger) },
		"postWebdeploymentsConfigurationVersionsDraftPublish": func(c *Client) (any, error) { return c.Publish(ctx, "m-1") },
		"deleteWebdeploymentsConfiguration":                   func(c *Client) (any, error) { return nothing(c.DeleteConfiguration(ctx, "m-1")) },
		"getWebdeploymentsDeployments":                        func(c *Client) (any, error) { return c.Deployments(ctx) },
		"getWebdeploymentsDeployment":                         func(c *Client) (any, error) { return c.Deployment(ctx, "d-1") },
		"getWebdeploymentsDeployment, what a terminal obeys":  func(c *Client) (any, error) { return c.Deployment(ctx, "d-2") },
		"postWebdeploymentsDeployments": func(c *Client) (any, error) {
			return c.CreateDeployment(ctx, Deployment{
				Name: "Web SSO", Description: "d", ConfigurationID: "m-1", ConfigurationVersion: "1",
				AllowedDomains: []string{"www.example.com"}, FlowID: "f-1",
			})
		},
		"postWebdeploymentsDeployments, all domains": func(c *Client) (any, error) {
			return c.CreateDeployment(ctx, Deployment{
				Name: "All", ConfigurationID: "m-1", ConfigurationVersion: "1", AllowAllDomains: true,
				AllowedDomains: []string{"www.example.com"},
			})
		},
		"postWebdeploymentsDeployments, no domain": func(c *Client) (any, error) {
			return c.CreateDeployment(ctx, Deployment{Name: "None", ConfigurationID: "m-1", ConfigurationVersion: "1"})
		},
		"deleteWebdeploymentsDeployment": func(c *Client) (any, error) { return nothing(c.DeleteDeployment(ctx, "d-1")) },
		"getOrganizationsMe":             func(c *Client) (any, error) { return c.Organization(ctx) },
		"getAuthorizationSubjectsMe":     func(c *Client) (any, error) { return c.Permissions(ctx) },
		"getFlows":                       func(c *Client) (any, error) { return c.Flows(ctx) },
	}
}

// TestCalls also takes each answer's content away.
func TestCalls(t *testing.T) {
	t.Parallel()
	do := doing(t)
	assert.Check(t, is.Len(cases.Calls(t, "calls.txt"), len(do)))
	cases.CheckCalls(t, "calls.txt", func(call cases.Call) string {
		x := exchange{call: call.Sent, body: call.Body, answer: call.Answer}
		if call.Answer == "" {
			x.status = http.StatusNoContent
		}
		got, err := do[call.Name](script(t, x))
		assert.NilError(t, err, call.Name)
		if needs, ok := strings.CutPrefix(call.Notes, "needs "); ok {
			if x.answer = "{}"; isList(call) {
				x.answer = `{"entities":[null]}`
			}
			_, err = do[call.Name](script(t, x))
			e, _ := apiclient.AsError(err)
			assert.Assert(t, is.ErrorIs(err, apiclient.ErrMalformed), call.Name)
			assert.Check(t, is.Equal(e.Summary, call.Op+": "+needs+" is missing"))
			assert.Check(t, e.Maybe == (strings.HasPrefix(call.Sent, "POST") || strings.HasPrefix(call.Sent, "PATCH")), call.Name)
		}
		return cases.JSON(t, got)
	})
}

func isList(c cases.Call) bool { return strings.HasPrefix(c.Answer, `{"entities":`) }

// A list that does not come to its end is an error: what it lacks may be there.
func TestIncompleteListFails(t *testing.T) {
	t.Parallel()
	do, tried := doing(t), map[string]bool{}
	for _, call := range cases.Calls(t, "calls.txt") {
		if !isList(call) {
			continue
		}
		pages := map[string]string{"read already": `"nextUri":"/api?after=1"`}
		switch {
		case call.Op == "getIntegrationsCredentialsTypes": // there is no way to ask for a second page
			pages = map[string]string{"more than one page": `"nextUri":"/x"`, "one page": `"pageCount":2`}
		case strings.Contains(call.Sent, "pageNumber"):
			pages["page 1 came again as page 2"] = `"pageNumber":1,"pageCount":2`
		}
		for why, next := range pages {
			got, err := do[call.Name](answering(t, http.StatusOK, strings.Replace(call.Answer, "{", "{"+next+",", 1)))
			assert.Assert(t, is.ErrorIs(err, apiclient.ErrIncompleteList), call.Op)
			e, _ := apiclient.AsError(err)
			assert.Check(t, e.Op == call.Op && strings.Contains(e.Summary, why), "got %v", err)
			assert.Check(t, is.Len(got, 0), call.Op)
		}
		tried[call.Op] = true
	}
	assert.Check(t, is.Len(tried, 8))
}

// TestOperationsAreTheVendors makes every call fail, and compares what it was with the vendor's definition.
func TestOperationsAreTheVendors(t *testing.T) {
	t.Parallel()
	var definition struct {
		Paths map[string]map[string]json.RawMessage
	}
	assert.NilError(t, json.Unmarshal(contract.Read(t, "genesys-openapi.json"), &definition))
	operations := map[string]string{} // method and path by operation
	for path, methods := range definition.Paths {
		for method, data := range methods {
			var operation struct{ OperationID string }
			if json.Unmarshal(data, &operation) == nil {
				operations[operation.OperationID] = strings.ToUpper(method) + " " + path
			}
		}
	}
	c := answering(t, http.StatusNotFound, "")
	do := doing(t)
	for _, call := range cases.Calls(t, "calls.txt") {
		_, err := do[call.Name](c)
		e, found := apiclient.AsError(err)
		assert.Assert(t, found, "%s: %v", call.Op, err)
		assert.Check(t, is.Equal(e.Op, call.Op))
		template := operations[e.Op]
		// A placeholder stands for one segment; configType is "properties".
		pattern := "^" + regexp.MustCompile(`\{[^}]+\}`).ReplaceAllString(template, "[^/]+") + "$"
		assert.Check(t, template != "" && regexp.MustCompile(pattern).MatchString(e.Method+" "+e.Path),
			"%s is %s %s, the vendor's is %q", e.Op, e.Method, e.Path, template)
	}
}

// answering is a client of a service that gives one answer to everything.
func answering(t *testing.T, status int, answer string) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/oauth/token" {
			_, _ = io.WriteString(w, `{"access_token":"token-1"}`)
			return
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return clientOf(t, server)
}

// filled reads an answer.
func filled[T any](t *testing.T, answer string) T {
	t.Helper()
	var object T
	assert.NilError(t, apiclient.Fill([]byte(answer), &object))
	return object
}

func TestEmptyIDsAreNotSent(t *testing.T) {
	t.Parallel()
	c := script(t)
	for _, id := range []string{"", ".", ".."} {
		_, readErr := c.Integration(t.Context(), id)
		_, publicErr := c.PublicConfig(t.Context(), id)
		for _, err := range []error{
			c.DeleteIntegration(t.Context(), id), c.DeleteCredential(t.Context(), id),
			c.DeleteConfiguration(t.Context(), id), c.DeleteDeployment(t.Context(), id), readErr, publicErr,
		} {
			assert.Check(t, is.ErrorContains(err, "wasn't sent"), "%q", id)
		}
	}
}

func TestUnreadObjectsAreNotSentBack(t *testing.T) {
	t.Parallel()
	c := script(t)
	_, err := c.UpdateDraft(t.Context(), Configuration{ID: "m-1"})
	assert.Check(t, is.ErrorIs(err, errUnread))
	_, err = c.UpdateDeployment(t.Context(), Deployment{ID: "d-1"})
	assert.Check(t, is.ErrorIs(err, errUnread))
}
