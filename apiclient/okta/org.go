package okta

import (
	"context"
	"strings"

	"msgsso-wizard/apiclient"
)

// Organization reads what the org says of itself to everyone; no credentials are sent. An answer without
// an org's id (00o...) and pipeline is no Okta org's.
// Operation getWellknownOrgMetadata, contract okta.md 7.
func (c *Client) Organization(ctx context.Context) (Organization, error) {
	return one[Organization](ctx, c, apiclient.Get("getWellknownOrgMetadata", "/.well-known/okta-organization", nil))
}

// Me reads the admin who signed in. What a service app gets, for which no user stands, is not known.
// Operation getUser, contract okta.md 8.
func (c *Client) Me(ctx context.Context) (User, error) {
	return one[User](ctx, c, apiclient.Get("getUser", apiPath("users", "me"), nil))
}

// Org reads the organization's own name.
// Operation getOrgSettings, contract okta.md 8.
func (c *Client) Org(ctx context.Context) (Org, error) {
	return one[Org](ctx, c, apiclient.Get("getOrgSettings", apiPath("org"), nil))
}

// FillFrom refuses what is not an Okta org's.
func (o *Organization) FillFrom(whole apiclient.Object) error {
	if id, _ := whole["id"].(string); !strings.HasPrefix(id, "00o") {
		return apiclient.MissingError("ID of an org")
	}
	return apiclient.FillFields(o, whole)
}
