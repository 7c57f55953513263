package genesys

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"msgsso-wizard/apiclient"
)

var noRaw = cmpopts.IgnoreUnexported(IntegrationConfig{}, Configuration{}, Deployment{})

const (
	oidcType = `{"id":"type-1","name":"OpenID Connect Messenger Configuration","description":"oAuth\u001b configuration",
		"nonInstallable":false,"maxInstances":20,"images":[{"x":1}],
		"credentials":{"oauth":{"required":true,"title":"OAuth","credentialTypes":["webClient","other"]}}}`

	newCredential = `{"name":"Integration-i-1","type":{"name":"oauth"},
		"credentialFields":{"clientId":"0oa-client","clientSecret":"f1eld-\"canary"}}`
	credentialAnswer = `{"id":"c-1","name":"Integration-i-1","type":{"name":"oauth"},
		"createdDate":"2026-01-01T00:00:00Z","modifiedDate":"2026-02-03T04:05:06.789Z"}`

	storedConfig = `{"id":"current","name":"N\u0007","version":7,"selfUri":"/x","notes":"two\r\nlines\u0007",
		"properties":{"discoveryUri":"https://old","life":12345678901234567890,"odd":null,"deep":{"a":[1,null]}},
		"advanced":{"x":{"y":1.50}},"credentials":{"oauth":{"id":"c-1","name":"n"}}}`
	changedConfig = `{"name":"N\u0007","version":7,"notes":"two\r\nlines\u0007",
		"properties":{"discoveryUri":"https://new","life":12345678901234567890,"odd":null,"deep":{"a":[1,null]}},
		"advanced":{"x":{"y":1.50}},"credentials":{"oauth":{"id":"c-2"}}}`
)

func callsForIntegrations(t *testing.T) []call {
	t.Helper()
	ctx := t.Context()
	oidc := IntegrationType{
		ID: "type-1", Name: "OpenID Connect Messenger Configuration", Description: "oAuth‹U+001B› configuration",
		MaxInstances: 20,
		Credentials:  map[string]CredentialSpec{"oauth": {Required: true, Title: "OAuth", Types: []string{"webClient", "other"}}},
	}
	credential := Credential{
		ID: "c-1", Name: "Integration-i-1", Type: "oauth", Created: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		Modified: time.Date(2026, 2, 3, 4, 5, 6, 789e6, time.UTC),
	}
	changed := filled[IntegrationConfig](t, storedConfig)
	changed.Properties["discoveryUri"] = "https://new"
	changed.Credentials["oauth"] = "c-2"
	manual := IntegrationConfig{
		Name: "N", Version: 3, Notes: "hello", Properties: apiclient.Object{"a": "b"}, Credentials: map[string]string{"k": "c"},
	}
	return []call{
		{
			op: "getIntegrationsTypes", sent: "GET /api/v2/integrations/types?pageNumber=1&pageSize=100",
			answer: `{"entities":[` + oidcType + `,{"id":"x","nonInstallable":true,"credentials":null}]}`,
			do:     func(c *Client) (any, error) { return c.IntegrationTypes(ctx) },
			gives:  []IntegrationType{oidc, {ID: "x", NonInstallable: true}}, needs: "entities[].id",
		},
		{
			op: "getIntegrationsType", sent: "GET /api/v2/integrations/types/a%2Fb", answer: oidcType,
			do: func(c *Client) (any, error) { return c.IntegrationType(ctx, "a/b") }, gives: oidc, needs: "id",
		},
		{
			op: "getIntegrationsTypeConfigschema", sent: "GET /api/v2/integrations/types/t-1/configschemas/properties",
			answer: `{"$schema":"x","type":"object","required":["discoveryUri"],"additionalProperties":{},"properties":{
				"discoveryUri":{"title":"Discovery URI","description":"d","type":"string","format":"uri"},
				"life":{"title":"Max","type":["integer","null"],"default":900},
				"flag\u0007":{"default":"a\u001bb"}}}`,
			do: func(c *Client) (any, error) { return c.PropertiesSchema(ctx, "t-1") },
			gives: Schema{
				Required: []string{"discoveryUri"},
				Properties: map[string]SchemaProperty{
					"discoveryUri": {Title: "Discovery URI", Description: "d", Type: "string", Format: "uri"},
					"life":         {Title: "Max", Type: "integer", Default: 900.0},
					"flag‹U+0007›": {Default: "a‹U+001B›b"},
				},
			},
		},
		{
			op: "getIntegrationsCredentialsTypes", sent: "GET /api/v2/integrations/credentials/types",
			answer: `{"entities":[
				{"id":"oauth","name":"oauth","properties":{"clientSecret":{},"clientId":{}},"required":["clientId"]},
				{"name":"document","properties":{"type":"object","properties":{"b":{},"a":{}}}},
				{"id":"none"}]}`,
			do: func(c *Client) (any, error) { return c.CredentialTypes(ctx) },
			gives: []CredentialType{
				{ID: "oauth", Name: "oauth", Fields: map[string]SchemaProperty{"clientId": {}, "clientSecret": {}}, Required: []string{"clientId"}},
				{Name: "document", Fields: map[string]SchemaProperty{"a": {}, "b": {}}},
				{ID: "none"},
			},
			needs: "entities[].id",
		},
		{
			op: "getIntegrations", sent: "GET /api/v2/integrations?expand=config.current&pageNumber=1&pageSize=100",
			answer: `{"entities":[
				{"id":"i-1","name":"One","integrationType":{"id":"type-1"},"intendedState":"ENABLED",
				"reportedState":{"code":"ERROR","effective":"Fehler","detail":{"message":"no\nanswer"}},
				"config":{"current":{"id":"current","name":"One","version":4,"properties":{"discoveryUri":"https://x"},
					"notes":"node_dynamodb_empty_string","credentials":{"oauth":{"id":"c-1"},"gone":null}}}},
				{"id":"i-2","intendedState":"DISABLED","config":{"current":{"selfUri":"/x"}},"reportedState":null}]}`,
			do: func(c *Client) (any, error) { return c.Integrations(ctx) },
			gives: []Integration{
				{
					ID: "i-1", Name: "One", TypeID: "type-1", IntendedState: "ENABLED", State: "ERROR",
					StateDetail: "no‹U+000A›answer",
					Config: &IntegrationConfig{
						Name: "One", Version: 4, Credentials: map[string]string{"oauth": "c-1"},
						Properties: apiclient.Object{"discoveryUri": "https://x"},
					},
				},
				{ID: "i-2", IntendedState: "DISABLED"},
			},
			needs: "entities[].id",
		},
		{
			op: "getIntegration", sent: "GET /api/v2/integrations/i-1", answer: `{"id":"i-1","reportedState":{"code":"ACTIVE"}}`,
			do:    func(c *Client) (any, error) { return c.Integration(ctx, "i-1") },
			gives: Integration{ID: "i-1", State: "ACTIVE"}, needs: "id",
		},
		{
			op: "postIntegrations", sent: "POST /api/v2/integrations",
			body:   `{"name":"Messenger SSO (Okta)","integrationType":{"id":"type-1"}}`,
			answer: `{"id":"i-1","name":"Messenger SSO (Okta)"}`,
			do:     func(c *Client) (any, error) { return c.CreateIntegration(ctx, "Messenger SSO (Okta)", "type-1") },
			gives:  Integration{ID: "i-1", Name: "Messenger SSO (Okta)"}, needs: "id",
		},
		{
			op: "patchIntegration", sent: "PATCH /api/v2/integrations/i-1", body: `{"intendedState":"ENABLED"}`,
			answer: `{"id":"i-1","intendedState":"ENABLED"}`,
			do:     func(c *Client) (any, error) { return c.EnableIntegration(ctx, "i-1") },
			gives:  Integration{ID: "i-1", IntendedState: "ENABLED"}, needs: "id",
		},
		{
			op: "patchIntegration", sent: "PATCH /api/v2/integrations/i-1", body: `{"intendedState":"DISABLED"}`,
			answer: `{"id":"i-1"}`,
			do:     func(c *Client) (any, error) { return c.DisableIntegration(ctx, "i-1") },
			gives:  Integration{ID: "i-1"}, needs: "id",
		},
		{
			op: "deleteIntegration", sent: "DELETE /api/v2/integrations/i-1", answer: `{"id":"i-1"}`,
			do: func(c *Client) (any, error) { return nothing(c.DeleteIntegration(ctx, "i-1")) },
		},
		{
			op: "getIntegrationConfigCurrent", sent: "GET /api/v2/integrations/i-1/config/current",
			answer: `{"name":"N\u0007","version":7,"notes":"two\r\nlines\u0007"}`,
			do:     func(c *Client) (any, error) { return c.IntegrationConfig(ctx, "i-1") },
			gives: IntegrationConfig{
				Name: "N‹U+0007›", Version: 7, Notes: "two\r\nlines‹U+0007›",
				Properties: apiclient.Object{}, Credentials: map[string]string{},
			},
		},
		{
			op: "putIntegrationConfigCurrent", sent: "PUT /api/v2/integrations/i-1/config/current", body: changedConfig,
			answer: `{"version":8,"notes":"node_dynamodb_empty_string"}`,
			do:     func(c *Client) (any, error) { return c.UpdateIntegrationConfig(ctx, "i-1", changed) },
			gives:  IntegrationConfig{Version: 8, Properties: apiclient.Object{}, Credentials: map[string]string{}}, needs: "version",
		},
		{
			op: "putIntegrationConfigCurrent", sent: "PUT /api/v2/integrations/i-1/config/current",
			body:   `{"name":"N","version":3,"notes":"hello","properties":{"a":"b"},"advanced":{},"credentials":{"k":{"id":"c"}}}`,
			answer: `{"version":4}`,
			do:     func(c *Client) (any, error) { return c.UpdateIntegrationConfig(ctx, "i-1", manual) },
			gives:  IntegrationConfig{Version: 4, Properties: apiclient.Object{}, Credentials: map[string]string{}}, needs: "version",
		},
		{
			op: "putIntegrationConfigCurrent", sent: "PUT /api/v2/integrations/i-1/config/current",
			body:   `{"name":"","version":8,"notes":"","properties":{},"advanced":{},"credentials":{}}`,
			answer: `{"version":9}`,
			do: func(c *Client) (any, error) {
				config := filled[IntegrationConfig](t, `{"version":8,"notes":"node_dynamodb_empty_string"}`)
				return c.UpdateIntegrationConfig(ctx, "i-1", config)
			},
			gives: IntegrationConfig{Version: 9, Properties: apiclient.Object{}, Credentials: map[string]string{}}, needs: "version",
		},
		{
			op: "getIntegrationsCredentials", sent: "GET /api/v2/integrations/credentials?pageNumber=1&pageSize=100",
			answer: `{"entities":[` + credentialAnswer + `]}`,
			do:     func(c *Client) (any, error) { return c.Credentials(ctx) },
			gives:  []Credential{credential}, needs: "entities[].id",
		},
		{
			op: "getIntegrationsCredential", sent: "GET /api/v2/integrations/credentials/c-1", answer: credentialAnswer,
			do: func(c *Client) (any, error) { return c.Credential(ctx, "c-1") }, gives: credential, needs: "id",
		},
		{
			op: "postIntegrationsCredentials", sent: "POST /api/v2/integrations/credentials", body: newCredential,
			answer: credentialAnswer,
			do:     func(c *Client) (any, error) { return c.CreateCredential(ctx, okta) }, gives: credential, needs: "id",
		},
		{
			op: "putIntegrationsCredential", sent: "PUT /api/v2/integrations/credentials/c-1", body: newCredential,
			answer: `{"id":"c-1","type":{"id":"oauth"}}`,
			do:     func(c *Client) (any, error) { return c.UpdateCredential(ctx, "c-1", okta) },
			gives:  Credential{ID: "c-1", Type: "oauth"}, needs: "id",
		},
		{
			op: "deleteIntegrationsCredential", sent: "DELETE /api/v2/integrations/credentials/c-1",
			do: func(c *Client) (any, error) { return nothing(c.DeleteCredential(ctx, "c-1")) },
		},
	}
}

func callsForTheOrganization(t *testing.T) []call {
	t.Helper()
	ctx := t.Context()
	return []call{
		{
			op: "getOrganizationsMe", sent: "GET /api/v2/organizations/me",
			answer: `{"id":"org-1","name":"Acme \u202e","thirdPartyOrgName":"acme","version":3,"features":{"x":true}}`,
			do:     func(c *Client) (any, error) { return c.Organization(ctx) },
			gives:  Organization{ID: "org-1", Name: "Acme ‹U+202E›"}, needs: "id",
		},
		{
			op: "getAuthorizationSubjectsMe", sent: "GET /api/v2/authorization/subjects/me",
			answer: `{"id":"s","grants":[
				{"role":{"policies":[{"domain":"webDeployments","entityName":"*","actions":["*"]},
					{"domain":"integrations","entityName":"integration","actions":["view","add"]}]}},
				{"role":{"policies":[{"domain":"integrations","entityName":"integration","actions":["add"]},
					{"domain":"none","entityName":"none","actions":null}]}},
				{"role":null}]}`,
			do:    func(c *Client) (any, error) { return c.Permissions(ctx) },
			gives: []string{"integrations:integration:add", "integrations:integration:view", "webDeployments:*:*"},
		},
		{
			op: "getFlows", sent: "GET /api/v2/flows?pageNumber=1&pageSize=100&sortBy=name&type=inboundshortmessage",
			answer: `{"entities":[
				{"id":"f-1","name":"Chat","active":true,"publishedVersion":{"id":"2.0","dateCreated":1}},
				{"id":"f-2","name":"New","publishedVersion":null}]}`,
			do:    func(c *Client) (any, error) { return c.Flows(ctx) },
			gives: []Flow{{ID: "f-1", Name: "Chat", Published: true}, {ID: "f-2", Name: "New"}}, needs: "entities[].id",
		},
	}
}
