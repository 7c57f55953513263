package genesys

import "testing"

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
