package okta

import (
	"net/url"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

func TestNewRefusesTheAddress(t *testing.T) {
	t.Parallel()
	for _, base := range []*url.URL{
		nil,
		{Scheme: "http", Host: "acme.okta.com"},
		{Scheme: "https", Host: "acme.okta.com", Path: "/api"},
	} {
		_, err := New(Config{Org: base, Token: apiclient.NewSecret(token)})
		assert.Check(t, err != nil, "%v is taken", base)
	}
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
