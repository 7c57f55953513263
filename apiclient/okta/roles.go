package okta

import (
	"context"

	"msgsso-wizard/apiclient"
)

// Role is an admin role that a user has (contract okta.md 8).
type Role struct {
	ID     string `api:"id"`
	Label  string `api:"label"`         // Super Administrator
	Type   string `api:"type,required"` // SUPER_ADMIN, ORG_ADMIN, APP_ADMIN, API_ACCESS_MANAGEMENT_ADMIN, READ_ONLY_ADMIN, CUSTOM, ...
	Status string `api:"status"`        // ACTIVE or INACTIVE
}

// Roles lists the admin roles of a user. A small admin role may not read them: a refusal that Forbidden
// recognizes says nothing about the roles. Operation listAssignedRolesForUser, contract okta.md 8.
func (c *Client) Roles(ctx context.Context, userID string) ([]Role, error) {
	return all[Role](ctx, c, apiclient.Get("listAssignedRolesForUser", apiPath("users", userID, "roles"), nil))
}
