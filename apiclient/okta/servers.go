package okta

import (
	"context"

	"msgsso-wizard/apiclient"
)

// AuthorizationServers lists the custom authorization servers. NoFeature tells that the org has no API
// Access Management and so only its own server. Operation listAuthorizationServers, contract okta.md 4.
func (c *Client) AuthorizationServers(ctx context.Context) ([]AuthorizationServer, error) {
	return all[AuthorizationServer](ctx, c, apiclient.Get("listAuthorizationServers", apiPath("authorizationServers"), most))
}
