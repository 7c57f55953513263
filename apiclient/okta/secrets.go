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

// AppSecret reads one client secret, in clear. One that was deleted is a NotFound error.
// Operation getOAuth2ClientSecret, contract okta.md 1.3.
func (c *Client) AppSecret(ctx context.Context, appID, id string) (AppSecret, error) {
	return one[AppSecret](ctx, c, apiclient.Get("getOAuth2ClientSecret", secretPath(appID, id), nil))
}

// CreateAppSecret makes a second client secret of Okta's choice, which is active at once. Okta has no idempotency key:
// after a lost answer, look before trying again. Operation createOAuth2ClientSecret, contract okta.md 1.3.
func (c *Client) CreateAppSecret(ctx context.Context, appID string) (AppSecret, error) {
	return one[AppSecret](ctx, c, apiclient.Post("createOAuth2ClientSecret", apiPath("apps", appID, "credentials", "secrets"), map[string]any{}))
}

// ActivateAppSecret makes Okta accept an inactive client secret again.
// Operation activateOAuth2ClientSecret, contract okta.md 1.3.
func (c *Client) ActivateAppSecret(ctx context.Context, appID, id string) (AppSecret, error) {
	return one[AppSecret](ctx, c, apiclient.Post("activateOAuth2ClientSecret", secretPath(appID, id, "lifecycle", "activate"), nil))
}

// DeactivateAppSecret makes Okta refuse a client secret, unless it is the app's only one.
// Operation deactivateOAuth2ClientSecret, contract okta.md 1.3.
func (c *Client) DeactivateAppSecret(ctx context.Context, appID, id string) (AppSecret, error) {
	return one[AppSecret](ctx, c, apiclient.Post("deactivateOAuth2ClientSecret", secretPath(appID, id, "lifecycle", "deactivate"), nil))
}

// DeleteAppSecret deletes an inactive client secret for good.
// Operation deleteOAuth2ClientSecret, contract okta.md 1.3.
func (c *Client) DeleteAppSecret(ctx context.Context, appID, id string) error {
	return c.remove(ctx, "deleteOAuth2ClientSecret", secretPath(appID, id))
}

func secretPath(appID string, below ...string) string {
	return apiPath(append([]string{"apps", appID, "credentials", "secrets"}, below...)...)
}
