package okta

import (
	"context"
	"net/http"
	"time"

	"msgsso-wizard/apiclient"
)

// AppSecrets reads an app's client secrets, at most two, in clear. Reading them leaves an event in the
// org's System Log. Operation listOAuth2ClientSecrets, contract okta.md 1.3.
func (c *Client) AppSecrets(ctx context.Context, appID string) ([]AppSecret, error) {
	return all[secretWire](ctx, c, apiclient.Request{
		Op: "listOAuth2ClientSecrets", Method: http.MethodGet, Path: apiPath("apps", appID, "credentials", "secrets"),
	})
}

// RevokeToken destroys the API token that this client uses; every later call is refused.
// Operation revokeCurrentApiToken, contract okta.md 3.1.
func (c *Client) RevokeToken(ctx context.Context) error {
	_, err := c.api.Do(ctx, apiclient.Request{
		Op: "revokeCurrentApiToken", Method: http.MethodDelete, Path: apiPath("api-tokens", "current"),
	}, nil)
	return err
}

type secretWire struct {
	ID, Status   apiclient.Text
	Created      time.Time
	ClientSecret apiclient.Secret `json:"client_secret"`
}

func (w secretWire) value() (AppSecret, string) {
	if w.ID == "" {
		return AppSecret{}, "id"
	}
	return AppSecret{
		ID: string(w.ID), Status: string(w.Status), Created: w.Created, Secret: w.ClientSecret,
	}, ""
}
