package okta

import (
	"net/url"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

func TestOrganizationIsReadWithoutTheToken(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{
		want: "GET /.well-known/okta-organization", public: true,
		answer: `{"id":"00o1","pipeline":"idx","cell":"op3","settings":null,
			"_links":{"organization":{"href":"https://acme.okta.com"},"alternate":{"href":"https://login.acme.test"}}}`,
	})
	organization, err := c.Organization(t.Context())
	assert.NilError(t, err)
	same(t, organization, Organization{
		ID: "00o1", Pipeline: "idx", URL: "https://acme.okta.com", Alternate: "https://login.acme.test",
	})
}

func TestOrganizationOfAnotherKind(t *testing.T) {
	t.Parallel()
	for answer, member := range map[string]string{
		`{}`:                              "id of an org",
		`{"id":"12345","pipeline":"idx"}`: "id of an org",
		`{"id":"00o1","pipeline":null}`:   "pipeline",
		`{"issuer":"https://elsewhere"}`:  "id of an org",
	} {
		c := org(t, exchange{want: "GET /.well-known/okta-organization", public: true, answer: answer})
		_, err := c.Organization(t.Context())
		malformed(t, err, "getWellknownOrgMetadata", member)
	}
}

func TestMeAndOrg(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{
			want:   "GET /api/v1/users/me",
			answer: `{"id":"00u1","lastLogin":null,"profile":{"login":"ada@acme.test","firstName":"Ada","lastName":"Byron","displayName":null}}`,
		},
		exchange{
			want:   "GET /api/v1/users/me",
			answer: `{"id":"00u1","profile":{"login":"ada@acme.test","firstName":"Ada","displayName":"Countess\u001b[2J"}}`,
		},
		exchange{
			want:   "GET /api/v1/org",
			answer: `{"id":"00o1","companyName":"Acme Ltd","subdomain":"acme","status":"ACTIVE","expiresAt":null}`,
		},
	)
	for _, want := range []User{
		{ID: "00u1", Login: "ada@acme.test", Name: "Ada Byron"},
		{ID: "00u1", Login: "ada@acme.test", Name: "Countess‹U+001B›[2J"},
	} {
		me, err := c.Me(t.Context())
		assert.NilError(t, err)
		same(t, me, want)
	}
	o, err := c.Org(t.Context())
	assert.NilError(t, err)
	same(t, o, Org{ID: "00o1", CompanyName: "Acme Ltd", Status: "ACTIVE"})
}

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
