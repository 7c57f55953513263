package okta

import (
	"context"
	"testing"

	"gotest.tools/v3/assert"
)

// drop makes a call of one whose answer is of no interest.
func drop[T any](_ T, err error) error { return err }

// An object that is not there is told from one that cannot be read, and an answer without an ID is no object.
func TestCallsThatNameOneObject(t *testing.T) {
	t.Parallel()
	for want, call := range map[string]func(context.Context, *Client) error{
		"GET /api/v1/trustedOrigins/tos%2F1": func(ctx context.Context, c *Client) error { return drop(c.TrustedOrigin(ctx, "tos/1")) },
		"POST /api/v1/trustedOrigins/tos%2F1/lifecycle/activate": func(ctx context.Context, c *Client) error {
			return drop(c.ActivateTrustedOrigin(ctx, "tos/1"))
		},
		"POST /api/v1/trustedOrigins/tos%2F1/lifecycle/deactivate": func(ctx context.Context, c *Client) error {
			return drop(c.DeactivateTrustedOrigin(ctx, "tos/1"))
		},
		"GET /api/v1/authorizationServers/aus1/policies/00p%2F1": func(ctx context.Context, c *Client) error {
			return drop(c.Policy(ctx, "aus1", "00p/1"))
		},
		"GET /api/v1/authorizationServers/aus1/policies/00p1/rules/0pr%2F1": func(ctx context.Context, c *Client) error {
			return drop(c.Rule(ctx, "aus1", "00p1", "0pr/1"))
		},
		"GET /api/v1/apps/0oa1/groups/00g%2F1": func(ctx context.Context, c *Client) error { return c.AppGroup(ctx, "0oa1", "00g/1") },
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			c := org(
				t,
				exchange{want: want, answer: `{"id":"1"}`},
				exchange{want: want, answer: `{"name":"x"}`},
				exchange{want: want, status: 404, answer: `{"errorCode":"E0000007","errorSummary":"Not found: Resource not found: 1"}`},
			)
			assert.NilError(t, call(t.Context(), c))
			err := call(t.Context(), c)
			assert.Check(t, err != nil && !NotFound(err), "without an ID: %v", err)
			if err := call(t.Context(), c); !NotFound(err) {
				t.Errorf("not there: %v", err)
			}
		})
	}
}

func TestWhatCallsThatNameOneObjectRead(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{want: "GET /api/v1/trustedOrigins/tos1", answer: originAnswer},
		exchange{want: "GET /api/v1/authorizationServers/aus1/policies/00p1", answer: `{"id":"00p1","name":"p","conditions":{"clients":{"include":["0oa1"]}}}`},
		exchange{want: "GET /api/v1/authorizationServers/aus1/policies/00p1/rules/0pr1", answer: `{"id":"0pr1","name":"r","conditions":{"scopes":{"include":["*"]}}}`},
	)
	origin, err := c.TrustedOrigin(t.Context(), "tos1")
	assert.NilError(t, err)
	same(t, origin, page1)
	policy, err := c.Policy(t.Context(), "aus1", "00p1")
	assert.NilError(t, err)
	same(t, policy, Policy{ID: "00p1", Name: "p", Clients: []string{"0oa1"}})
	rule, err := c.Rule(t.Context(), "aus1", "00p1", "0pr1")
	assert.NilError(t, err)
	same(t, rule, Rule{ID: "0pr1", Name: "r", Scopes: []string{"*"}})
}

func TestUnassignUser(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{want: "DELETE /api/v1/apps/0oa1/users/00u%2F1", status: 204},
		exchange{want: "DELETE /api/v1/apps/0oa1/users/00u1", status: 404, answer: `{"errorCode":"E0000007"}`},
	)
	assert.NilError(t, c.UnassignUser(t.Context(), "0oa1", "00u/1"))
	err := c.UnassignUser(t.Context(), "0oa1", "00u1")
	assert.Check(t, NotFound(err), "error %v", err)
}

// Without an ID the call would be another one, such as of the whole list.
func TestACallWithoutItsIDIsNotSent(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", ".", ".."} {
		c := org(t) // any request fails the test
		for name, call := range map[string]func() error{
			"App":          func() error { return drop(c.App(t.Context(), id)) },
			"AppGroups":    func() error { return drop(c.AppGroups(t.Context(), id)) },
			"DeletePolicy": func() error { return c.DeletePolicy(t.Context(), "aus1", id) },
			"DeleteApp":    func() error { return c.DeleteApp(t.Context(), id) },
		} {
			assert.Check(t, call() != nil, "%s of %q: no error", name, id)
		}
	}
}
