package okta

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"
)

const originAnswer = `{"id":"tos1","name":"Page","origin":"https://www.example.com","status":"ACTIVE",
	"scopes":[{"type":"IFRAME_EMBED","allowedOktaApps":["OKTA_ENDUSER"],"stringValue":null}],
	"created":"2026-05-04T10:11:12.000Z","createdBy":"00u1","lastUpdated":null,"lastUpdatedBy":null,
	"somethingNew":{"kept":1,"null":null},"_links":{"self":{}}}`

var page1 = TrustedOrigin{
	ID: "tos1", Name: "Page", Origin: "https://www.example.com", Status: "ACTIVE", Scopes: []string{"IFRAME_EMBED"},
	Created: time.Date(2026, 5, 4, 10, 11, 12, 0, time.UTC),
}

func TestTrustedOrigins(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{
			want: "GET /api/v1/trustedOrigins?limit=200", answer: `[` + originAnswer + `]`,
			link: []string{`<{org}/api/v1/trustedOrigins?limit=200&after=tos1>; rel="next"`},
		},
		exchange{want: "GET /api/v1/trustedOrigins?after=tos1&limit=200", answer: `[{"id":"tos2","scopes":null}]`},
	)
	origins, err := c.TrustedOrigins(t.Context())
	assert.NilError(t, err)
	same(t, origins, []TrustedOrigin{page1, {ID: "tos2"}})
}

func TestCreateTrustedOrigin(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{
		want: "POST /api/v1/trustedOrigins", answer: originAnswer,
		body: `{"name":"Page","origin":"https://www.example.com","scopes":[{"type":"CORS"},{"type":"REDIRECT"}]}`,
	})
	origin, err := c.CreateTrustedOrigin(t.Context(), TrustedOrigin{
		Name: "Page", Origin: "https://www.example.com", Scopes: []string{"CORS", "REDIRECT"},
	})
	assert.NilError(t, err)
	same(t, origin, page1)
}

func TestUpdateTrustedOriginKeepsTheRest(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{want: "GET /api/v1/trustedOrigins?limit=200", answer: `[` + originAnswer + `]`},
		exchange{
			want: "PUT /api/v1/trustedOrigins/tos1", answer: originAnswer,
			body: `{"name":"Page 2","origin":"https://www.example.com","status":"ACTIVE","createdBy":"00u1","somethingNew":{"kept":1},
				"scopes":[{"type":"IFRAME_EMBED","allowedOktaApps":["OKTA_ENDUSER"]},{"type":"CORS"}]}`,
		},
	)
	origins, err := c.TrustedOrigins(t.Context())
	assert.NilError(t, err)
	origin := origins[0]
	origin.Name = "Page 2"
	origin.Scopes = append(origin.Scopes, "CORS")
	updated, err := c.UpdateTrustedOrigin(t.Context(), origin)
	assert.NilError(t, err)
	same(t, updated, page1)

	if _, err := c.UpdateTrustedOrigin(t.Context(), TrustedOrigin{ID: "tos1"}); err == nil {
		t.Error("a trusted origin that was never read is sent")
	}
}
