package genesys

import (
	"errors"
	"testing"

	"msgsso-wizard/apiclient"
)

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
	ok(t, err)
	same(t, got, User{ID: "u-1", Name: "Jo ‹U+202E›", Email: "jo@acme.example", Roles: []string{"Master Admin", "Employee"}})
	got, err = c.Me(t.Context())
	ok(t, err)
	same(t, got, User{ID: "u-1"})
	if _, err := c.Me(t.Context()); !errors.Is(err, apiclient.ErrMalformed) || NotAUser(err) {
		t.Errorf("got %v", err)
	}
	if _, err := c.Me(t.Context()); !NotAUser(err) {
		t.Errorf("got %v", err)
	}
}

func TestTokenInfo(t *testing.T) {
	t.Parallel()
	const call = "GET /api/v2/tokens/me"
	c := script(
		t,
		exchange{call: call, answer: `{"organization":{"id":"org-1","name":"Acme"},"homeOrganization":{"id":"org-2","name":"Partner"},
			"authorizedScope":["integrations","webdeployments"],"OAuthClient":{"id":"client-1","name":"Wizard"}}`},
		exchange{call: call, answer: `{}`},
		exchange{call: call, status: 404, answer: `{"code":"not.found"}`},
	)
	got, err := c.TokenInfo(t.Context())
	ok(t, err)
	same(t, got, TokenInfo{
		Organization: Organization{ID: "org-1", Name: "Acme"}, Home: Organization{ID: "org-2", Name: "Partner"},
		Scopes: []string{"integrations", "webdeployments"}, ClientID: "client-1", ClientName: "Wizard",
	})
	got, err = c.TokenInfo(t.Context())
	ok(t, err)
	same(t, got, TokenInfo{})
	if _, err := c.TokenInfo(t.Context()); !CodeIs(err, "not.found") {
		t.Errorf("got %v", err)
	}
}
