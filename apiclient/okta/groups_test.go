package okta

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

const everyone = `{"id":"00g1","type":"BUILT_IN","lastMembershipUpdated":null,
	"profile":{"name":"Everyone","description":"All users in your organization"}}`

func TestGroupsByPrefix(t *testing.T) {
	t.Parallel()
	// Okta has no second page for q, whatever a link says.
	c := org(t, exchange{
		want:   "GET /api/v1/groups?q=Ever+%26",
		link:   []string{`<{org}/api/v1/groups?after=2>; rel="next"`},
		answer: `[` + everyone + `,{"id":"00g2","type":"OKTA_GROUP","profile":{"name":"Everyone","description":null}}]`,
	})
	groups, err := c.Groups(t.Context(), "Ever &")
	assert.NilError(t, err)
	same(t, groups, []Group{
		{ID: "00g1", Type: "BUILT_IN", Name: "Everyone", Description: "All users in your organization"},
		{ID: "00g2", Type: "OKTA_GROUP", Name: "Everyone"},
	})
	if !groups[0].Everyone() || groups[1].Everyone() || (Group{Type: "BUILT_IN", Name: "Okta Administrators"}).Everyone() {
		t.Error("Everyone is told by type and name together")
	}
}

// TestGroupsFirst: an org may have thousands, so that only the first page is read.
func TestGroupsFirst(t *testing.T) {
	t.Parallel()
	const filter = "filter=type+eq+%22OKTA_GROUP%22+or+type+eq+%22BUILT_IN%22&limit=200"
	c := org(t, exchange{
		want: "GET /api/v1/groups?" + filter, answer: `[{"id":"00g1"},{"id":"00g2"}]`,
		link: []string{`<{org}/api/v1/groups?after=00g2&` + filter + `>; rel="next"`},
	})
	groups, err := c.Groups(t.Context(), "")
	assert.NilError(t, err)
	same(t, groups, []Group{{ID: "00g1"}, {ID: "00g2"}})
}

func TestAppGroups(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{
			want: "GET /api/v1/apps/0oa1/groups?limit=200", answer: `[{"id":"00g1","priority":1}]`,
			link: []string{`<{org}/api/v1/apps/0oa1/groups?after=1&limit=200>; rel="next"`},
		},
		exchange{want: "GET /api/v1/apps/0oa1/groups?after=1&limit=200", answer: `[{"id":"00g2"}]`},
	)
	ids, err := c.AppGroups(t.Context(), "0oa1")
	assert.NilError(t, err)
	same(t, ids, []string{"00g1", "00g2"})
}

func TestAssignGroup(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{want: "PUT /api/v1/apps/0oa1/groups/00g%2F1", body: `{}`, answer: `{"id":"00g/1","priority":0}`},
		exchange{
			want: "PUT /api/v1/apps/0oa1/groups/00g1", body: `{}`, status: 400,
			answer: `{"errorCode":"E0000001","errorSummary":"Api validation failed: GroupAppAssignment",
				"errorCauses":[{"errorSummary":"Federation Broker Mode is enabled"}]}`,
		},
	)
	assert.NilError(t, c.AssignGroup(t.Context(), "0oa1", "00g/1"))
	err := c.AssignGroup(t.Context(), "0oa1", "00g1")
	assert.Check(t, Invalid(err), "error %v", err)
}

func TestAppSecrets(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{
			want: "GET /api/v1/apps/0oa1/credentials/secrets",
			answer: `[{"id":"ocs1","status":"ACTIVE","created":"2026-05-04T10:11:12.000Z","client_secret":" in clear ","secret_hash":"h"},
				{"id":"ocs2","status":"INACTIVE","created":null,"client_secret":null}]`,
		},
		exchange{want: "DELETE /api/v1/api-tokens/current", status: 204},
	)
	secrets, err := c.AppSecrets(t.Context(), "0oa1")
	assert.NilError(t, err)
	same(t, secrets, []AppSecret{
		{
			ID: "ocs1", Status: "ACTIVE", Created: time.Date(2026, 5, 4, 10, 11, 12, 0, time.UTC),
			Secret: apiclient.NewSecret(" in clear "),
		},
		{ID: "ocs2", Status: "INACTIVE"},
	})
	assert.NilError(t, c.RevokeToken(t.Context()))
}
