package okta

import (
	"context"

	"msgsso-wizard/apiclient"
)

// UnassignGroup ends that a group's members may sign in to an app integration.
// Operation unassignApplicationFromGroup, contract okta.md 2.
func (c *Client) UnassignGroup(ctx context.Context, appID, groupID string) error {
	return c.remove(ctx, "unassignApplicationFromGroup", apiPath("apps", appID, "groups", groupID))
}

// UnassignUser ends that a user, given by ID, may sign in to an app integration.
// Operation unassignUserFromApplication, contract okta.md 2.
func (c *Client) UnassignUser(ctx context.Context, appID, userID string) error {
	return c.remove(ctx, "unassignUserFromApplication", apiPath("apps", appID, "users", userID))
}

// DeletePolicy deletes an access policy with its rules.
// Operation deleteAuthorizationServerPolicy, contract okta.md 4.
func (c *Client) DeletePolicy(ctx context.Context, serverID, policyID string) error {
	return c.remove(ctx, "deleteAuthorizationServerPolicy", policiesPath(serverID, policyID))
}

// DeleteRule deletes a rule of an access policy.
// Operation deleteAuthorizationServerPolicyRule, contract okta.md 4.
func (c *Client) DeleteRule(ctx context.Context, serverID, policyID, ruleID string) error {
	return c.remove(ctx, "deleteAuthorizationServerPolicyRule", policiesPath(serverID, policyID, "rules", ruleID))
}

// DeleteFederatedClaim takes a claim from an app integration's tokens. Operation deleteFederatedClaim, contract okta.md 4.
func (c *Client) DeleteFederatedClaim(ctx context.Context, appID, id string) error {
	return c.remove(ctx, "deleteFederatedClaim", apiPath("apps", appID, "federated-claims", id))
}

// DeleteTrustedOrigin deletes a trusted origin. Operation deleteTrustedOrigin, contract okta.md 5.
func (c *Client) DeleteTrustedOrigin(ctx context.Context, id string) error {
	return c.remove(ctx, "deleteTrustedOrigin", apiPath("trustedOrigins", id))
}

func (c *Client) remove(ctx context.Context, op, path string) error {
	_, err := c.api.Do(ctx, apiclient.Delete(op, path), nil)
	return err
}
