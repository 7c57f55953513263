package okta

import (
	"testing"

	"gotest.tools/v3/assert"
)

func TestAuthorizationServers(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{
			want: "GET /api/v1/authorizationServers?limit=200",
			link: []string{`<{org}/api/v1/authorizationServers?after=1&limit=200>; rel="next"`},
			answer: `[{"id":"aus1","name":"default","issuer":"https://acme.okta.com/oauth2/default","issuerMode":"DYNAMIC",
				"status":"ACTIVE","default":true,"credentials":null}]`,
		},
		exchange{
			want:   "GET /api/v1/authorizationServers?after=1&limit=200",
			answer: `[{"id":"aus2","name":"chat","issuer":"https://acme.okta.com/oauth2/aus2","status":"INACTIVE"}]`,
		},
	)
	servers, err := c.AuthorizationServers(t.Context())
	assert.NilError(t, err)
	same(t, servers, []AuthorizationServer{
		{ID: "aus1", Name: "default", Issuer: "https://acme.okta.com/oauth2/default", IssuerMode: "DYNAMIC", Status: "ACTIVE", Default: true},
		{ID: "aus2", Name: "chat", Issuer: "https://acme.okta.com/oauth2/aus2", Status: "INACTIVE"},
	})

	_, err = org(t, exchange{want: "GET /api/v1/authorizationServers?limit=200", answer: `[{"id":"aus1"}]`}).
		AuthorizationServers(t.Context())
	malformed(t, err, "listAuthorizationServers", "issuer")
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{
		want: "GET /api/v1/authorizationServers/aus1/policies",
		answer: `[{"id":"00p1","name":"Default Policy","status":"ACTIVE","priority":2,"system":true,
			"conditions":{"clients":{"include":["ALL_CLIENTS"]}}},{"id":"00p2","conditions":null}]`,
	})
	policies, err := c.Policies(t.Context(), "aus1")
	assert.NilError(t, err)
	same(t, policies, []Policy{
		{ID: "00p1", Name: "Default Policy", Status: "ACTIVE", Priority: 2, Clients: []string{"ALL_CLIENTS"}},
		{ID: "00p2"},
	})
}

func TestRules(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{
		want: "GET /api/v1/authorizationServers/aus1/policies/00p1/rules",
		answer: `[{"id":"0pr1","name":"r","status":"INACTIVE","priority":3,"conditions":{
			"people":{"users":{"include":[]},"groups":{"include":["EVERYONE"]}},
			"grantTypes":{"include":["authorization_code","implicit"]},"scopes":{"include":["*"]}}},
			{"id":"0pr2","conditions":{"people":null,"scopes":{"include":null}}}]`,
	})
	rules, err := c.Rules(t.Context(), "aus1", "00p1")
	assert.NilError(t, err)
	same(t, rules, []Rule{
		{
			ID: "0pr1", Name: "r", Status: "INACTIVE", Priority: 3, Groups: []string{"EVERYONE"},
			GrantTypes: []string{"authorization_code", "implicit"}, Scopes: []string{"*"},
		},
		{ID: "0pr2"},
	})
}

func TestCreatePolicyAndRule(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{
			want: "POST /api/v1/authorizationServers/aus1/policies", status: 201,
			body: `{"type":"OAUTH_AUTHORIZATION_POLICY","status":"ACTIVE","name":"Genesys Messenger",
				"description":"Created by msgsso-wizard","priority":1,"conditions":{"clients":{"include":["0oa1"]}}}`,
			answer: `{"id":"00p1","name":"Genesys Messenger","status":"ACTIVE","priority":1,"system":false,
				"conditions":{"clients":{"include":["0oa1"]}}}`,
		},
		exchange{
			want: "POST /api/v1/authorizationServers/aus1/policies/00p1/rules", status: 201,
			body: `{"type":"RESOURCE_ACCESS","name":"Messenger sign-in","status":"ACTIVE",
				"conditions":{"people":{"groups":{"include":["EVERYONE"]}},
					"grantTypes":{"include":["authorization_code"]},"scopes":{"include":["*"]}},
				"actions":{"token":{"accessTokenLifetimeMinutes":60,"refreshTokenLifetimeMinutes":0,"refreshTokenWindowMinutes":10080}}}`,
			answer: `{"id":"0pr1","name":"Messenger sign-in","priority":1}`,
		},
		exchange{
			want: "POST /api/v1/authorizationServers/aus1/policies", status: 201,
			body: `{"type":"OAUTH_AUTHORIZATION_POLICY","status":"ACTIVE","name":"n",
				"description":"Created by msgsso-wizard","conditions":{"clients":{"include":[]}}}`,
			answer: `{}`,
		},
	)
	policy, err := c.CreatePolicy(t.Context(), "aus1", Policy{Name: "Genesys Messenger", Clients: []string{"0oa1"}, Priority: 1})
	assert.NilError(t, err)
	same(t, policy, Policy{ID: "00p1", Name: "Genesys Messenger", Status: "ACTIVE", Priority: 1, Clients: []string{"0oa1"}})

	rule, err := c.CreateRule(t.Context(), "aus1", policy.ID, Rule{
		Name: "Messenger sign-in", Groups: []string{"EVERYONE"}, GrantTypes: []string{"authorization_code"}, Scopes: []string{"*"},
	})
	assert.NilError(t, err)
	same(t, rule, Rule{ID: "0pr1", Name: "Messenger sign-in", Priority: 1})

	_, err = c.CreatePolicy(t.Context(), "aus1", Policy{Name: "n"})
	malformed(t, err, "createAuthorizationServerPolicy", "id")
}
