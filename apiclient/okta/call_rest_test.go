package okta

import (
	"testing"
	"time"
)

const (
	originAnswer = `{"id":"tos1","name":"Page","origin":"https://www.example.com","status":"ACTIVE",
		"scopes":[{"type":"IFRAME_EMBED","allowedOktaApps":["OKTA_ENDUSER"],"stringValue":null}],
		"created":"2026-05-04T10:11:12.000Z","createdBy":"00u1","lastUpdated":null,"lastUpdatedBy":null,
		"somethingNew":{"kept":1,"null":null},"_links":{"self":{}}}`

	claimAnswer = `{"id":"ocl1","name":"given_name","status":"INACTIVE","claimType":"IDENTITY","valueType":"SYSTEM","conditions":{"scopes":["profile"]},
		"system":true,"alwaysIncludeInToken":false,"apiResourceId":null,"_links":{"self":{}}}`

	federatedOf = "/api/v1/apps/0oa1/federated-claims"
	policiesOf  = "/api/v1/authorizationServers/aus1/policies"
)

func callsForTheRest(t *testing.T) []call {
	t.Helper()
	ctx := t.Context()
	page := TrustedOrigin{
		ID: "tos1", Name: "Page", Origin: "https://www.example.com", Status: "ACTIVE", Scopes: []string{"IFRAME_EMBED"},
		Created: recorded.Created,
	}
	claim := Claim{ID: "ocl1", Name: "given_name", Status: "INACTIVE", Type: "IDENTITY"}
	organization := func(answer string, want any) call {
		return call{
			op:   "getWellknownOrgMetadata",
			sent: "GET /.well-known/okta-organization", public: true, answer: answer,
			do: func(c *Client) (any, error) { return c.Organization(ctx) }, gives: want,
		}
	}
	groupsByFilter := "GET /api/v1/groups?filter=type+eq+%22OKTA_GROUP%22+or+type+eq+%22BUILT_IN%22&limit=200"
	return []call{
		organization(
			`{"id":"00o1","pipeline":"idx","cell":"op3","settings":null,
			"_links":{"organization":{"href":"https://acme.okta.com"},"alternate":{"href":"https://login.acme.test"}}}`,
			Organization{ID: "00o1", Pipeline: "idx", URL: "https://acme.okta.com", Alternate: "https://login.acme.test"},
		),
		organization(`{"id":"12345","pipeline":"idx"}`, missing("ID of an org")),
		organization(`{"id":"00o1","pipeline":null}`, missing("pipeline")),
		organization(`{"issuer":"https://elsewhere"}`, missing("ID of an org")),
		{
			op: "getOrgSettings", sent: "GET /api/v1/org",
			answer: `{"id":"00o1","companyName":"Acme Ltd","subdomain":"acme","status":"ACTIVE","expiresAt":null}`,
			do:     func(c *Client) (any, error) { return c.Org(ctx) }, gives: Org{ID: "00o1", CompanyName: "Acme Ltd", Status: "ACTIVE"},
		},
		{
			op: "getOrgSettings", sent: "GET /api/v1/org",
			answer: `{"id":"00o1","companyName":"Acme Ltd","status":"INACTIVE","expiresAt":"2026-11-02T14:15:22.000Z"}`,
			do:     func(c *Client) (any, error) { return c.Org(ctx) },
			gives:  Org{ID: "00o1", CompanyName: "Acme Ltd", Status: "INACTIVE", Expires: time.Date(2026, 11, 2, 14, 15, 22, 0, time.UTC)},
		},
		{
			op: "getUser", sent: "GET /api/v1/users/me",
			answer: `{"id":"00u1","profile":{
				"login":"ada@acme.test","firstName":"Ada","lastName":"Byron","displayName":"Countess\u001b[2J"}}`,
			do:    func(c *Client) (any, error) { return c.Me(ctx) },
			gives: User{ID: "00u1", Login: "ada@acme.test", Name: "Countess‹U+001B›[2J"},
		},
		{
			op: "getUser", sent: "GET /api/v1/users/ada+x%2F..@acme.test",
			answer: `{"id":"00u1","status":"SUSPENDED","lastLogin":null,"profile":{
				"login":"ada@acme.test","firstName":"Ada","lastName":"Byron","displayName":null}}`,
			do:    func(c *Client) (any, error) { return c.User(ctx, "ada+x/..@acme.test") },
			gives: User{ID: "00u1", Login: "ada@acme.test", Name: "Ada Byron", Status: "SUSPENDED"},
		},
		{
			op: "listAssignedRolesForUser", sent: "GET /api/v1/users/00u1%2F2/roles",
			answer: `[{"id":"IFIF","label":"Application Administrator","type":"APP_ADMIN","status":"ACTIVE","_links":null},
				{"id":"irb1","role":"cr0","label":"Group\u001bmaker","type":"CUSTOM","status":"INACTIVE"}]`,
			do: func(c *Client) (any, error) { return c.Roles(ctx, "00u1/2") },
			gives: []Role{
				{Label: "Application Administrator", Type: "APP_ADMIN", Status: "ACTIVE"},
				{Label: "Group‹U+001B›maker", Type: "CUSTOM", Status: "INACTIVE"},
			},
		},
		{
			op: "revokeCurrentApiToken", sent: "DELETE /api/v1/api-tokens/current",
			do: func(c *Client) (any, error) { return nothing(c.RevokeToken(ctx)) },
		},
		{
			op:      "listGroups", // Okta has no second page for q, whatever a link says
			sent:    "GET /api/v1/groups?q=Ever+%26",
			onePage: true,
			answer: `[{"id":"00g1","type":"BUILT_IN","lastMembershipUpdated":null,
					"profile":{"name":"Everyone","description":"All users"}},
				{"id":"00g2","type":"OKTA_GROUP","profile":{"name":"Everyone","description":null}}]`,
			do: func(c *Client) (any, error) { return c.Groups(ctx, "Ever &") },
			gives: []Group{
				{ID: "00g1", Type: "BUILT_IN", Name: "Everyone", Description: "All users"},
				{ID: "00g2", Type: "OKTA_GROUP", Name: "Everyone"},
			},
		},
		{
			op:   "listGroups", // an org may have thousands, so that only the first page is read
			sent: groupsByFilter, onePage: true, answer: `[{"id":"00g1"}]`,
			do: func(c *Client) (any, error) { return c.Groups(ctx, "") }, gives: []Group{{ID: "00g1"}},
		},
		{
			op: "getGroup", sent: "GET /api/v1/groups/00g%2F1", answer: `{"id":"00g1"}`,
			do: func(c *Client) (any, error) { return c.Group(ctx, "00g/1") }, gives: Group{ID: "00g1"},
		},
		{
			op: "listAuthorizationServers", sent: "GET /api/v1/authorizationServers?limit=200",
			answer: `[{"id":"aus1","name":"default","issuer":"https://acme.okta.com/oauth2/default",
					"issuerMode":"DYNAMIC","status":"ACTIVE","default":true,"credentials":null},
				{"id":"aus2","name":"chat","issuer":"https://acme.okta.com/oauth2/aus2","status":"INACTIVE"}]`,
			do: func(c *Client) (any, error) { return c.AuthorizationServers(ctx) },
			gives: []AuthorizationServer{
				{
					ID: "aus1", Name: "default", Issuer: "https://acme.okta.com/oauth2/default", IssuerMode: "DYNAMIC",
					Status: "ACTIVE", Default: true,
				},
				{ID: "aus2", Name: "chat", Issuer: "https://acme.okta.com/oauth2/aus2", Status: "INACTIVE"},
			},
		},
		{
			op: "listAuthorizationServers", sent: "GET /api/v1/authorizationServers?limit=200", answer: `[{"id":"a"}]`,
			do: func(c *Client) (any, error) { return c.AuthorizationServers(ctx) }, gives: missing("issuer"),
		},
		{
			op: "getAuthorizationServer", sent: "GET /api/v1/authorizationServers/default",
			answer: `{"id":"aus1","name":"default","issuer":"https://acme.okta.com/oauth2/default","status":"ACTIVE"}`,
			do:     func(c *Client) (any, error) { return c.AuthorizationServer(ctx, "default") },
			gives:  AuthorizationServer{ID: "aus1", Name: "default", Issuer: "https://acme.okta.com/oauth2/default", Status: "ACTIVE"},
		},
		{
			op: "listPolicies", sent: "GET /api/v1/policies?type=ACCESS_POLICY",
			answer: `[{"id":"rst1","name":"Any two factors","status":"ACTIVE","system":true,"conditions":null},{"id":"rst2"}]`,
			do:     func(c *Client) (any, error) { return c.SignInPolicies(ctx) },
			gives:  []SignInPolicy{{ID: "rst1", Name: "Any two factors", System: true}, {ID: "rst2"}},
		},
		{
			op: "getPolicy", sent: "GET /api/v1/policies/rst%2F1", answer: `{"id":"rst1","name":"Password only"}`,
			do: func(c *Client) (any, error) { return c.SignInPolicy(ctx, "rst/1") }, gives: SignInPolicy{ID: "rst1", Name: "Password only"},
		},
		{
			op: "listPolicyRules", sent: "GET /api/v1/policies/rst1/rules",
			answer: `[{"id":"rul1","status":"ACTIVE","actions":{"appSignOn":{"access":"ALLOW","verificationMethod":{"factorMode":"2FA"}}}},
				{"id":"rul2","actions":{"appSignOn":{"verificationMethod":null}}}]`,
			do:    func(c *Client) (any, error) { return c.SignInRules(ctx, "rst1") },
			gives: []SignInRule{{ID: "rul1", Status: "ACTIVE", Access: "ALLOW", FactorMode: "2FA"}, {ID: "rul2"}},
		},
		{
			op: "listAuthorizationServerPolicies", sent: "GET " + policiesOf,
			answer: `[{"id":"00p1","name":"Default Policy","status":"ACTIVE","priority":2,"system":true,
				"conditions":{"clients":{"include":["ALL_CLIENTS"]}}},{"id":"00p2","conditions":null}]`,
			do: func(c *Client) (any, error) { return c.Policies(ctx, "aus1") },
			gives: []Policy{
				{ID: "00p1", Name: "Default Policy", Status: "ACTIVE", Priority: 2, Clients: []string{"ALL_CLIENTS"}},
				{ID: "00p2"},
			},
		},
		{
			op: "getAuthorizationServerPolicy", sent: "GET " + policiesOf + "/00p%2F1",
			answer: `{"id":"00p1","name":"p","conditions":{"clients":{"include":["0oa1"]}}}`,
			do:     func(c *Client) (any, error) { return c.Policy(ctx, "aus1", "00p/1") },
			gives:  Policy{ID: "00p1", Name: "p", Clients: []string{"0oa1"}},
		},
		{
			op: "createAuthorizationServerPolicy", sent: "POST " + policiesOf,
			body: `{"type":"OAUTH_AUTHORIZATION_POLICY","status":"ACTIVE","name":"Genesys Messenger",
				"description":"Created by msgsso-wizard","priority":1,"conditions":{"clients":{"include":["0oa1"]}}}`,
			answer: `{"id":"00p1","priority":1,"system":false,"conditions":{"clients":{"include":["0oa1"]}}}`,
			do: func(c *Client) (any, error) {
				return c.CreatePolicy(ctx, "aus1", Policy{Name: "Genesys Messenger", Clients: []string{"0oa1"}, Priority: 1})
			},
			gives: Policy{ID: "00p1", Priority: 1, Clients: []string{"0oa1"}},
		},
		{
			op: "createAuthorizationServerPolicy", sent: "POST " + policiesOf, answer: `{"id":"00p1"}`,
			body: `{"type":"OAUTH_AUTHORIZATION_POLICY","status":"ACTIVE","name":"n",
				"description":"Created by msgsso-wizard","conditions":{"clients":{"include":[]}}}`,
			do: func(c *Client) (any, error) { return c.CreatePolicy(ctx, "aus1", Policy{Name: "n"}) }, gives: Policy{ID: "00p1"},
		},
		{
			op: "deleteAuthorizationServerPolicy", sent: "DELETE " + policiesOf + "/00p%2F1",
			do: func(c *Client) (any, error) { return nothing(c.DeletePolicy(ctx, "aus1", "00p/1")) },
		},
		{
			op: "listAuthorizationServerPolicyRules", sent: "GET " + policiesOf + "/00p1/rules",
			answer: `[{"id":"0pr1","name":"r","status":"INACTIVE","priority":3,"conditions":{
					"people":{"users":{"include":[]},"groups":{"include":["EVERYONE"]}},
					"grantTypes":{"include":["authorization_code","implicit"]},"scopes":{"include":["*"]}}},
				{"id":"0pr2","conditions":{"people":null,"scopes":{"include":null}}}]`,
			do: func(c *Client) (any, error) { return c.Rules(ctx, "aus1", "00p1") },
			gives: []Rule{
				{
					ID: "0pr1", Name: "r", Status: "INACTIVE", Priority: 3, Groups: []string{"EVERYONE"},
					GrantTypes: []string{"authorization_code", "implicit"}, Scopes: []string{"*"},
				},
				{ID: "0pr2"},
			},
		},
		{
			op: "getAuthorizationServerPolicyRule", sent: "GET " + policiesOf + "/00p1/rules/0pr%2F1",
			answer: `{"id":"0pr1","name":"r","conditions":{"scopes":{"include":["*"]}}}`,
			do:     func(c *Client) (any, error) { return c.Rule(ctx, "aus1", "00p1", "0pr/1") },
			gives:  Rule{ID: "0pr1", Name: "r", Scopes: []string{"*"}},
		},
		{
			op: "createAuthorizationServerPolicyRule", sent: "POST " + policiesOf + "/00p1/rules",
			body: `{"type":"RESOURCE_ACCESS","name":"Messenger sign-in","status":"ACTIVE","priority":2,
				"conditions":{"people":{"groups":{"include":["EVERYONE"]}},
					"grantTypes":{"include":["authorization_code"]},"scopes":{"include":["*"]}},
				"actions":{"token":{
					"accessTokenLifetimeMinutes":60,"refreshTokenLifetimeMinutes":0,"refreshTokenWindowMinutes":10080}}}`,
			answer: `{"id":"0pr1","name":"Messenger sign-in","priority":2}`,
			do: func(c *Client) (any, error) {
				return c.CreateRule(ctx, "aus1", "00p1", Rule{
					Name: "Messenger sign-in", Groups: []string{"EVERYONE"}, GrantTypes: []string{"authorization_code"},
					Scopes: []string{"*"}, Priority: 2,
				})
			},
			gives: Rule{ID: "0pr1", Name: "Messenger sign-in", Priority: 2},
		},
		{
			op: "deleteAuthorizationServerPolicyRule", sent: "DELETE " + policiesOf + "/00p1/rules/0pr%2F1",
			do: func(c *Client) (any, error) { return nothing(c.DeleteRule(ctx, "aus1", "00p1", "0pr/1")) },
		},
		{
			op: "listOAuth2Claims", sent: "GET /api/v1/authorizationServers/aus1/claims", answer: "[" + claimAnswer + "]",
			do: func(c *Client) (any, error) { return c.Claims(ctx, "aus1") }, gives: []Claim{claim},
		},
		{
			op: "getOAuth2Claim", sent: "GET /api/v1/authorizationServers/aus1/claims/ocl%2F1", answer: claimAnswer,
			do: func(c *Client) (any, error) { return c.Claim(ctx, "aus1", "ocl/1") }, gives: claim,
		},
		{
			op:   "replaceOAuth2Claim", // what this program does not know stays as it was
			sent: "PUT /api/v1/authorizationServers/aus1/claims/ocl1", answer: claimAnswer,
			body: `{"name":"given_name","status":"ACTIVE","claimType":"IDENTITY","valueType":"SYSTEM","alwaysIncludeInToken":true,
				"conditions":{"scopes":["profile"]}}`,
			do: func(c *Client) (any, error) {
				x := filled[Claim](t, claimAnswer)
				x.Status, x.Always = "ACTIVE", true
				return c.UpdateClaim(ctx, "aus1", x)
			},
			gives: claim,
		},
		{
			op: "listFederatedClaims", sent: "GET " + federatedOf, answer: `[{"id":"ofc1","name":"given_name","expression":"user.profile.firstName"}]`,
			do:    func(c *Client) (any, error) { return c.FederatedClaims(ctx, "0oa1") },
			gives: []FederatedClaim{{ID: "ofc1", Name: "given_name", Expression: "user.profile.firstName"}},
		},
		{
			op: "getFederatedClaim", sent: "GET " + federatedOf + "/ofc%2F1", answer: `{"id":"ofc1","name":"given_name"}`,
			do: func(c *Client) (any, error) { return c.FederatedClaim(ctx, "0oa1", "ofc/1") }, gives: FederatedClaim{ID: "ofc1", Name: "given_name"},
		},
		{
			op: "createFederatedClaim", sent: "POST " + federatedOf, body: `{"name":"given_name","expression":"user.profile.firstName"}`,
			answer: `{"id":"ofc1","name":"given_name"}`,
			do: func(c *Client) (any, error) {
				return c.CreateFederatedClaim(ctx, "0oa1", FederatedClaim{Name: "given_name", Expression: "user.profile.firstName"})
			},
			gives: FederatedClaim{ID: "ofc1", Name: "given_name"},
		},
		{
			op: "deleteFederatedClaim", sent: "DELETE " + federatedOf + "/ofc%2F1",
			do: func(c *Client) (any, error) { return nothing(c.DeleteFederatedClaim(ctx, "0oa1", "ofc/1")) },
		},
		{
			op:   "listTrustedOrigins",
			sent: "GET /api/v1/trustedOrigins?limit=200", answer: `[` + originAnswer + `,{"id":"tos2","scopes":null}]`,
			do: func(c *Client) (any, error) { return c.TrustedOrigins(ctx) }, gives: []TrustedOrigin{page, {ID: "tos2"}},
		},
		{
			op: "getTrustedOrigin", sent: "GET /api/v1/trustedOrigins/tos%2F1", answer: originAnswer,
			do: func(c *Client) (any, error) { return c.TrustedOrigin(ctx, "tos/1") }, gives: page,
		},
		{
			op: "createTrustedOrigin", sent: "POST /api/v1/trustedOrigins", answer: originAnswer,
			body: `{"name":"Page","origin":"https://www.example.com","scopes":[{"type":"CORS"},{"type":"REDIRECT"}]}`,
			do: func(c *Client) (any, error) {
				return c.CreateTrustedOrigin(ctx, TrustedOrigin{
					Name: "Page", Origin: "https://www.example.com", Scopes: []string{"CORS", "REDIRECT"},
				})
			},
			gives: page,
		},
		{
			op:   "replaceTrustedOrigin", // what this program does not know stays as it was
			sent: "PUT /api/v1/trustedOrigins/tos1", answer: originAnswer,
			body: `{"name":"Page 2","origin":"https://www.example.com","status":"ACTIVE","createdBy":"00u1",
				"somethingNew":{"kept":1},
				"scopes":[{"type":"IFRAME_EMBED","allowedOktaApps":["OKTA_ENDUSER"]},{"type":"CORS"}]}`,
			do: func(c *Client) (any, error) {
				origin := filled[TrustedOrigin](t, originAnswer)
				origin.Name = "Page 2"
				origin.Scopes = append(origin.Scopes, "CORS")
				return c.UpdateTrustedOrigin(ctx, origin)
			},
			gives: page,
		},
		{
			op:   "activateTrustedOrigin",
			sent: "POST /api/v1/trustedOrigins/tos%2F1/lifecycle/activate", answer: originAnswer,
			do: func(c *Client) (any, error) { return c.ActivateTrustedOrigin(ctx, "tos/1") }, gives: page,
		},
		{
			op:   "deactivateTrustedOrigin",
			sent: "POST /api/v1/trustedOrigins/tos%2F1/lifecycle/deactivate", answer: originAnswer,
			do: func(c *Client) (any, error) { return c.DeactivateTrustedOrigin(ctx, "tos/1") }, gives: page,
		},
		{
			op: "deleteTrustedOrigin", sent: "DELETE /api/v1/trustedOrigins/tos%2F1",
			do: func(c *Client) (any, error) { return nothing(c.DeleteTrustedOrigin(ctx, "tos/1")) },
		},
	}
}
