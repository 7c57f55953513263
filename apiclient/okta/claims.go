package okta

import (
	"context"
	"errors"

	"msgsso-wizard/apiclient"
)

// Claims lists the claims of a custom authorization server, the system's own included.
// Operation listOAuth2Claims, contract okta.md 4.
func (c *Client) Claims(ctx context.Context, serverID string) ([]Claim, error) {
	return all[Claim](ctx, c, apiclient.Get("listOAuth2Claims", claimsPath(serverID), nil))
}

// Claim reads one claim. One that is not there is a NotFound error. Operation getOAuth2Claim, contract okta.md 4.
func (c *Client) Claim(ctx context.Context, serverID, id string) (Claim, error) {
	return one[Claim](ctx, c, apiclient.Get("getOAuth2Claim", claimsPath(serverID, id), nil))
}

// UpdateClaim replaces a claim with x, which was read before: its Status and Always are x's, everything else stays as it
// was. Operation replaceOAuth2Claim, contract okta.md 4.
func (c *Client) UpdateClaim(ctx context.Context, serverID string, x Claim) (Claim, error) {
	if x.Stored() == nil {
		return Claim{}, errors.New("only a claim that was read can be updated")
	}
	body := x.Sendable("id", "system", "_links")
	body["status"], body["alwaysIncludeInToken"] = x.Status, x.Always
	return one[Claim](ctx, c, apiclient.Put("replaceOAuth2Claim", claimsPath(serverID, x.ID), body))
}

// claimsPath is the path of a server's claims, or of one of them.
func claimsPath(serverID string, below ...string) string {
	return apiPath(append([]string{"authorizationServers", serverID, "claims"}, below...)...)
}

// FederatedClaims lists the claims that an app integration's tokens have more than others'.
// Operation listFederatedClaims, contract okta.md 4.
func (c *Client) FederatedClaims(ctx context.Context, appID string) ([]FederatedClaim, error) {
	return all[FederatedClaim](ctx, c, apiclient.Get("listFederatedClaims", apiPath("apps", appID, "federated-claims"), nil))
}

// FederatedClaim reads one of them. One that is not there is a NotFound error.
// Operation getFederatedClaim, contract okta.md 4.
func (c *Client) FederatedClaim(ctx context.Context, appID, id string) (FederatedClaim, error) {
	return one[FederatedClaim](ctx, c, apiclient.Get("getFederatedClaim", apiPath("apps", appID, "federated-claims", id), nil))
}

// CreateFederatedClaim adds one; of x it takes Name and Expression. Operation createFederatedClaim, contract okta.md 4.
func (c *Client) CreateFederatedClaim(ctx context.Context, appID string, x FederatedClaim) (FederatedClaim, error) {
	return one[FederatedClaim](ctx, c, apiclient.Post("createFederatedClaim", apiPath("apps", appID, "federated-claims"),
		map[string]any{"name": x.Name, "expression": x.Expression}))
}
