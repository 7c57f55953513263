package okta

import (
	"context"
	"net/http"

	"msgsso-wizard/apiclient"
)

// Role is an admin role that a user has (contract okta.md 8).
type Role struct {
	ID             string
	Label          string // Super Administrator
	Type           string // SUPER_ADMIN, ORG_ADMIN, APP_ADMIN, API_ACCESS_MANAGEMENT_ADMIN, READ_ONLY_ADMIN, CUSTOM, ...
	Status         string // ACTIVE or INACTIVE
	AssignmentType string // USER or GROUP
}

// Roles lists the admin roles of a user. A small admin role may not read them: a refusal that Forbidden
// recognizes says nothing about the roles. Operation listAssignedRolesForUser, contract okta.md 8.
func (c *Client) Roles(ctx context.Context, userID string) ([]Role, error) {
	return all[roleWire](ctx, c, apiclient.Request{
		Op: "listAssignedRolesForUser", Method: http.MethodGet, Path: apiPath("users", userID, "roles"),
	})
}

type roleWire struct{ ID, Label, Type, Status, AssignmentType apiclient.Text }

func (w roleWire) value() (Role, string) {
	if w.Type == "" {
		return Role{}, "type"
	}
	return Role{
		ID:             string(w.ID),
		Label:          string(w.Label),
		Type:           string(w.Type),
		Status:         string(w.Status),
		AssignmentType: string(w.AssignmentType),
	}, ""
}
