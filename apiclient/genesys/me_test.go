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
	if _, err := c.Me(t.Context()); !errors.Is(err, apiclient.ErrMalformed) || CodeIs(err, "not.a.user") {
		t.Errorf("got %v", err)
	}
	if _, err := c.Me(t.Context()); !CodeIs(err, "not.a.user") {
		t.Errorf("got %v", err)
	}
}
