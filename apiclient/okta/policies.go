package okta

import (
	"context"
	"net/url"

	"msgsso-wizard/apiclient"
)

// Policies lists the access policies of a custom authorization server.
// Operation listAuthorizationServerPolicies, contract okta.md 4.
func (c *Client) Policies(ctx context.Context, serverID string) ([]Policy, error) {
	return all[Policy](ctx, c, apiclient.Get("listAuthorizationServerPolicies", policiesPath(serverID), nil))
}

// Policy reads one access policy. One that is not there is a NotFound error.
// Operation getAuthorizationServerPolicy, contract okta.md 4.
func (c *Client) Policy(ctx context.Context, serverID, id string) (Policy, error) {
	return one[Policy](ctx, c, apiclient.Get("getAuthorizationServerPolicy", policiesPath(serverID, id), nil))
}

// Rules lists the rules of an access policy.
// Operation listAuthorizationServerPolicyRules, contract okta.md 4.
func (c *Client) Rules(ctx context.Context, serverID, policyID string) ([]Rule, error) {
	return all[Rule](ctx, c, apiclient.Get("listAuthorizationServerPolicyRules", policiesPath(serverID, policyID, "rules"), nil))
}

// Rule reads one rule of an access policy. One that is not there is a NotFound error.
// Operation getAuthorizationServerPolicyRule, contract okta.md 4.
func (c *Client) Rule(ctx context.Context, serverID, policyID, id string) (Rule, error) {
	return one[Rule](ctx, c, apiclient.Get("getAuthorizationServerPolicyRule", policiesPath(serverID, policyID, "rules", id), nil))
}

// CreatePolicy makes an active access policy for p.Clients; of p it takes Name, Clients and Priority, where
// 0 leaves the place to Okta. Operation createAuthorizationServerPolicy, contract okta.md 4.
func (c *Client) CreatePolicy(ctx context.Context, serverID string, p Policy) (Policy, error) {
	body := map[string]any{
		"type":        "OAUTH_AUTHORIZATION_POLICY",
		"status":      "ACTIVE",
		"name":        p.Name,
		"description": "Created by msgsso-wizard",
		"conditions":  map[string]any{"clients": include(p.Clients)},
	}
	return one[Policy](ctx, c, apiclient.Post("createAuthorizationServerPolicy", policiesPath(serverID), withPriority(body, p.Priority)))
}

// CreateRule makes an active rule; of r it takes Name, Groups, GrantTypes, Scopes and Priority, where 0
// leaves the place to Okta. Access tokens live 60 minutes; refresh tokens have no end but lapse after 7
// days without use. Operation createAuthorizationServerPolicyRule, contract okta.md 4.
func (c *Client) CreateRule(ctx context.Context, serverID, policyID string, r Rule) (Rule, error) {
	body := map[string]any{
		"type":   "RESOURCE_ACCESS",
		"status": "ACTIVE",
		"name":   r.Name,
		"conditions": map[string]any{
			"people":     map[string]any{"groups": include(r.Groups)},
			"grantTypes": include(r.GrantTypes),
			"scopes":     include(r.Scopes),
		},
		"actions": map[string]any{"token": map[string]any{
			"accessTokenLifetimeMinutes":  60,
			"refreshTokenLifetimeMinutes": 0,
			"refreshTokenWindowMinutes":   10080,
		}},
	}
	return one[Rule](ctx, c, apiclient.Post("createAuthorizationServerPolicyRule", policiesPath(serverID, policyID, "rules"), withPriority(body, r.Priority)))
}

// policiesPath is the path of a server's policies, or of something below them.
func policiesPath(serverID string, below ...string) string {
	return apiPath(append([]string{"authorizationServers", serverID, "policies"}, below...)...)
}

func include(values []string) map[string]any { return map[string]any{"include": list(values)} }

func withPriority(body map[string]any, priority int) map[string]any {
	if priority > 0 {
		body["priority"] = priority
	}
	return body
}

// AuthorizationServers lists the custom authorization servers. NoFeature tells that the org has no API
// Access Management and so only its own server. Operation listAuthorizationServers, contract okta.md 4.
func (c *Client) AuthorizationServers(ctx context.Context) ([]AuthorizationServer, error) {
	return all[AuthorizationServer](ctx, c, apiclient.Get("listAuthorizationServers", apiPath("authorizationServers"), most))
}

// AuthorizationServer reads a custom authorization server by its id, or "default". An org may answer this where it
// doesn't list its servers. Operation getAuthorizationServer, contract okta.md 4, 8.
func (c *Client) AuthorizationServer(ctx context.Context, id string) (AuthorizationServer, error) {
	return one[AuthorizationServer](ctx, c, apiclient.Get("getAuthorizationServer", apiPath("authorizationServers", id), nil))
}

// SignInPolicies lists the app sign-in policies. Operation listPolicies, contract okta.md 1.8.
func (c *Client) SignInPolicies(ctx context.Context) ([]SignInPolicy, error) {
	return all[SignInPolicy](ctx, c, apiclient.Get("listPolicies", apiPath("policies"), url.Values{"type": {"ACCESS_POLICY"}}))
}

// SignInPolicy reads one app sign-in policy. Operation getPolicy, contract okta.md 9.
func (c *Client) SignInPolicy(ctx context.Context, id string) (SignInPolicy, error) {
	return one[SignInPolicy](ctx, c, apiclient.Get("getPolicy", apiPath("policies", id), nil))
}

// SignInRules lists the rules of an app sign-in policy. Operation listPolicyRules, contract okta.md 9.
func (c *Client) SignInRules(ctx context.Context, policyID string) ([]SignInRule, error) {
	return all[SignInRule](ctx, c, apiclient.Get("listPolicyRules", apiPath("policies", policyID, "rules"), nil))
}
