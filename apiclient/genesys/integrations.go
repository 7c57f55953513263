package genesys

import (
	"context"
	"net/http"
	"net/url"

	"msgsso-wizard/apiclient"
)

const integrations = "/api/v2/integrations"

// Integrations lists the installed integrations with their current configurations (getIntegrations; contract genesys.md 7).
func (c *Client) Integrations(ctx context.Context) ([]Integration, error) {
	return numbered[Integration](ctx, c, "getIntegrations", integrations, url.Values{"expand": {"config.current"}})
}

// Integration reads one integration and its state (getIntegration; contract genesys.md 1.3).
func (c *Client) Integration(ctx context.Context, id string) (Integration, error) {
	return one[Integration](ctx, c, apiclient.Get("getIntegration", apiclient.JoinPath(integrations, id), nil))
}

// CreateIntegration installs an integration, which is disabled at first; two with one name may exist
// (postIntegrations; contract genesys.md 1.3).
func (c *Client) CreateIntegration(ctx context.Context, name, typeID string) (Integration, error) {
	body := map[string]any{"name": name, "integrationType": map[string]any{"id": typeID}}
	return one[Integration](ctx, c, apiclient.Post("postIntegrations", integrations, body))
}

// EnableIntegration asks for an integration to be started; Integration tells when it is
// (patchIntegration; contract genesys.md 1.3).
func (c *Client) EnableIntegration(ctx context.Context, id string) (Integration, error) {
	return c.intend(ctx, id, "ENABLED")
}

// DisableIntegration asks for an integration to be stopped (patchIntegration; contract genesys.md 1.3).
func (c *Client) DisableIntegration(ctx context.Context, id string) (Integration, error) {
	return c.intend(ctx, id, "DISABLED")
}

func (c *Client) intend(ctx context.Context, id, state string) (Integration, error) {
	return one[Integration](ctx, c, apiclient.Request{Op: "patchIntegration", Method: http.MethodPatch, Path: apiclient.JoinPath(integrations, id), Body: map[string]any{"intendedState": state}})
}

// DeleteIntegration takes an integration away; its credential stays (deleteIntegration; contract genesys.md 1.3).
func (c *Client) DeleteIntegration(ctx context.Context, id string) error {
	return c.remove(ctx, "deleteIntegration", apiclient.JoinPath(integrations, id))
}

// FillFrom leaves Config nil where an answer that is not expanded names the configuration without its version.
func (i *Integration) FillFrom(whole apiclient.Object) error {
	err := apiclient.FillFields(i, whole)
	if i.Config != nil && i.Config.Version <= 0 {
		i.Config = nil
	}
	return err
}
