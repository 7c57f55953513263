package okta

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

func TestRoles(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{
		want: "GET /api/v1/users/00u1%2F2/roles",
		answer: `[{"id":"IFIF","label":"Application Administrator","type":"APP_ADMIN","status":"ACTIVE","assignmentType":"USER","_links":null},
			{"id":"irb1","role":"cr0","label":"Group\u001bmaker","type":"CUSTOM","status":"INACTIVE","assignmentType":"GROUP","resource-set":"iam1"}]`,
	})
	roles, err := c.Roles(t.Context(), "00u1/2")
	assert.NilError(t, err)
	same(t, roles, []Role{
		{ID: "IFIF", Label: "Application Administrator", Type: "APP_ADMIN", Status: "ACTIVE"},
		{ID: "irb1", Label: "Group‹U+001B›maker", Type: "CUSTOM", Status: "INACTIVE"},
	})
}

func TestRolesThatMayNotBeRead(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{
		want: "GET /api/v1/users/00u1/roles", status: 403, answer: `{"errorCode":"E0000006","errorSummary":"no"}`,
	}, exchange{want: "GET /api/v1/users/00u1/roles", answer: `[{"id":"1"}]`})
	if _, err := c.Roles(t.Context(), "00u1"); !Forbidden(err) {
		t.Errorf("got %v", err)
	}
	_, err := c.Roles(t.Context(), "00u1")
	malformed(t, err, "listAssignedRolesForUser", "type")
}

func TestClockAndLimitsOfTheOrg(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{want: "GET /api/v1/org", answer: `{"id":"00o1"}`, header: map[string]string{
		"Date":               time.Now().Add(time.Hour).UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT"),
		"X-Rate-Limit-Limit": "600", "X-Rate-Limit-Remaining": "599", "X-Rate-Limit-Reset": "1700000000",
	}})
	_, err := c.Org(t.Context())
	assert.NilError(t, err)
	skew, known := c.Skew()
	assert.Check(t, known && skew >= 59*time.Minute && skew <= 61*time.Minute, "skew %v %v", skew, known)
	same(t, c.RateLimits(), []apiclient.RateLimit{{Bucket: "/api/v1", Limit: 600, Remaining: 599, Reset: time.Unix(1700000000, 0)}})
}
