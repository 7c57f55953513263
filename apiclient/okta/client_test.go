package okta

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

func TestClockAndLimitsOfTheOrg(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{want: "GET /api/v1/org", answer: `{"id":"00o1"}`, header: map[string]string{
		"Date": time.Now().Add(time.Hour).UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT"), "X-Rate-Limit-Limit": "600",
	}})
	_, err := c.Org(t.Context())
	assert.NilError(t, err)
	skew, known := c.Skew()
	assert.Check(t, known && skew >= 59*time.Minute && skew <= 61*time.Minute, "skew %v %v", skew, known)
	same(t, c.RateLimits(), []apiclient.RateLimit{{Bucket: "/api/v1", Limit: 600}})
}

func TestEveryoneIsToldByTypeAndName(t *testing.T) {
	t.Parallel()
	for group, want := range map[Group]bool{
		{Type: "BUILT_IN", Name: "Everyone"}:            true,
		{Type: "OKTA_GROUP", Name: "Everyone"}:          false,
		{Type: "BUILT_IN", Name: "Okta Administrators"}: false,
	} {
		assert.Check(t, group.Everyone() == want, "%+v", group)
	}
}
