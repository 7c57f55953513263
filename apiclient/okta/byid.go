package okta

import (
	"context"
	"net/http"

	"msgsso-wizard/apiclient"
)

// TrustedOrigin reads one. Operation getTrustedOrigin, contract okta.md 5.
func (c *Client) TrustedOrigin(ctx context.Context, id string) (TrustedOrigin, error) {
	return one[originWire](ctx, c, apiclient.Request{Op: "getTrustedOrigin", Method: http.MethodGet, Path: apiPath("trustedOrigins", id)})
}

// ActivateTrustedOrigin activates one. Operation activateTrustedOrigin, contract okta.md 5.
func (c *Client) ActivateTrustedOrigin(ctx context.Context, id string) (TrustedOrigin, error) {
	return one[originWire](ctx, c, apiclient.Request{Op: "activateTrustedOrigin", Method: http.MethodPost, Path: apiPath("trustedOrigins", id, "lifecycle", "activate")})
}

// DeactivateTrustedOrigin deactivates one. Operation deactivateTrustedOrigin, contract okta.md 5.
func (c *Client) DeactivateTrustedOrigin(ctx context.Context, id string) (TrustedOrigin, error) {
	return one[originWire](ctx, c, apiclient.Request{Op: "deactivateTrustedOrigin", Method: http.MethodPost, Path: apiPath("trustedOrigins", id, "lifecycle", "deactivate")})
}

// Policy reads one. Operation getAuthorizationServerPolicy, contract okta.md 4.
func (c *Client) Policy(ctx context.Context, serverID, id string) (Policy, error) {
	return one[policyWire](ctx, c, apiclient.Request{Op: "getAuthorizationServerPolicy", Method: http.MethodGet, Path: policiesPath(serverID, id)})
}

// Rule reads one. Operation getAuthorizationServerPolicyRule, contract okta.md 4.
func (c *Client) Rule(ctx context.Context, serverID, policyID, id string) (Rule, error) {
	return one[ruleWire](ctx, c, apiclient.Request{Op: "getAuthorizationServerPolicyRule", Method: http.MethodGet, Path: policiesPath(serverID, policyID, "rules", id)})
}

// UnassignUser takes a user off an app integration. Operation unassignUserFromApplication, contract okta.md 2.
func (c *Client) UnassignUser(ctx context.Context, appID, userID string) error {
	return c.remove(ctx, "unassignUserFromApplication", apiPath("apps", appID, "users", userID))
}
