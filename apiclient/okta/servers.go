package okta

import (
	"context"
	"net/http"
	"net/url"

	"msgsso-wizard/apiclient"
)

// AuthorizationServers lists the custom authorization servers. NoFeature tells that the org has no API
// Access Management and so only its own server. Operation listAuthorizationServers, contract okta.md 4.
func (c *Client) AuthorizationServers(ctx context.Context) ([]AuthorizationServer, error) {
	return all[serverWire](ctx, c, apiclient.Request{
		Op: "listAuthorizationServers", Method: http.MethodGet,
		Path: apiPath("authorizationServers"), Query: url.Values{"limit": {"200"}},
	})
}

type serverWire struct {
	ID, Name, Issuer, IssuerMode, Status apiclient.Text

	Default bool
}

func (w serverWire) value() (AuthorizationServer, string) {
	switch {
	case w.ID == "":
		return AuthorizationServer{}, "id"
	case w.Issuer == "":
		return AuthorizationServer{}, "issuer"
	}
	return AuthorizationServer{
		ID:         string(w.ID),
		Name:       string(w.Name),
		Issuer:     string(w.Issuer),
		IssuerMode: string(w.IssuerMode),
		Status:     string(w.Status),
		Default:    w.Default,
	}, ""
}
