package okta

import (
	"context"

	"msgsso-wizard/apiclient"
)

// AppSecrets reads an app's client secrets, at most two, in clear. Reading them leaves an event in the
// org's System Log. Operation listOAuth2ClientSecrets, contract okta.md 1.3.
func (c *Client) AppSecrets(ctx context.Context, appID string) ([]AppSecret, error) {
	return all[AppSecret](ctx, c, apiclient.Get("listOAuth2ClientSecrets", apiPath("apps", appID, "credentials", "secrets"), nil))
}

// RevokeToken destroys the API token that this client uses; every later call is refused.
// Operation revokeCurrentApiToken, contract okta.md 3.1.
func (c *Client) RevokeToken(ctx context.Context) error {
	return c.remove(ctx, "revokeCurrentApiToken", apiPath("api-tokens", "current"))
}
