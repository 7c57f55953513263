package genesys

import (
	"context"
	"net/http"

	"msgsso-wizard/apiclient"
)

// Credential reads one, without its fields (getIntegrationsCredential; contract genesys.md 1.3).
func (c *Client) Credential(ctx context.Context, id string) (Credential, error) {
	return one[Credential](ctx, c, apiclient.Request{Op: "getIntegrationsCredential", Method: http.MethodGet, Path: at(credentials, id)})
}
