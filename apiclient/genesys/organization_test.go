package genesys

import (
	"errors"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestOrganization(t *testing.T) {
	t.Parallel()
	const call = "GET /api/v2/organizations/me"
	c := script(
		t,
		exchange{call: call, answer: `{"id":"org-1","name":"Acme \u202e","thirdPartyOrgName":"acme","version":3,"features":{"x":true}}`},
		exchange{call: call, answer: `{"name":"Acme"}`},
	)
	got, err := c.Organization(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, Organization{ID: "org-1", Name: "Acme ‹U+202E›", Code: "acme"}))
	if _, err := c.Organization(t.Context()); !errors.Is(err, apiclient.ErrMalformed) {
		t.Errorf("got %v", err)
	}
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	c := script(t, exchange{call: "GET /api/v2/authorization/subjects/me", answer: `{"id":"s","grants":[
		{"role":{"policies":[{"domain":"webDeployments","entityName":"*","actions":["*"]},{"domain":"integrations","entityName":"integration","actions":["view","add"]}]}},
		{"role":{"policies":[{"domain":"integrations","entityName":"integration","actions":["add"]},{"domain":"none","entityName":"none","actions":null}]}},
		{"role":null}]}`})
	got, err := c.Permissions(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, []string{"integrations:integration:add", "integrations:integration:view", "webDeployments:*:*"}))
}

func TestFlows(t *testing.T) {
	t.Parallel()
	c := script(t, exchange{
		call: "GET /api/v2/flows?pageNumber=1&pageSize=100&sortBy=name&type=inboundshortmessage",
		answer: `{"entities":[{"id":"f-1","name":"Chat","active":true,"publishedVersion":{"id":"2.0","dateCreated":1}},
			{"id":"f-2","name":"New","publishedVersion":null}],"pageCount":1}`,
	})
	got, err := c.Flows(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, []Flow{{ID: "f-1", Name: "Chat", Published: true}, {ID: "f-2", Name: "New"}}))
}

func TestMe(t *testing.T) {
	t.Parallel()
	const call = "GET /api/v2/users/me?expand=authorization"
	c := script(
		t,
		exchange{call: call, answer: `{"id":"u-1","name":"Jo \u202e","email":"jo@acme.example","version":3,
			"authorization":{"roles":[{"id":"r","name":"Master Admin"},{"name":"Employee"}],"permissions":["a:b:c"]}}`},
		exchange{call: call, answer: `{"id":"u-1"}`},
		exchange{call: call, answer: `{"name":"Jo"}`},
		exchange{call: call, status: 400, answer: `{"code":"not.a.user","message":"This request requires a user context."}`},
	)
	got, err := c.Me(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, User{ID: "u-1", Name: "Jo ‹U+202E›", Email: "jo@acme.example", Roles: []string{"Master Admin", "Employee"}}))
	got, err = c.Me(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, User{ID: "u-1"}))
	if _, err := c.Me(t.Context()); !errors.Is(err, apiclient.ErrMalformed) || CodeIs(err, "not.a.user") {
		t.Errorf("got %v", err)
	}
	if _, err := c.Me(t.Context()); !CodeIs(err, "not.a.user") {
		t.Errorf("got %v", err)
	}
}
