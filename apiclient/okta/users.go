package okta

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"msgsso-wizard/apiclient"
)

// AppUser is a user who may sign in to an app integration (contract okta.md 2).
type AppUser struct {
	ID    string `api:"id,id"`
	Login string `api:"credentials.userName"` // may be empty
}

// User reads a user by id or login. One who is not there is a NotFound error.
// Operation getUser, contract okta.md 8.
func (c *Client) User(ctx context.Context, idOrLogin string) (User, error) {
	return one[User](ctx, c, apiclient.Get("getUser", apiPath("users", idOrLogin), nil))
}

// AppUsers lists users who may sign in to an app integration, the first page of them (at most 200).
// Operation listApplicationUsers, contract okta.md 2.
func (c *Client) AppUsers(ctx context.Context, appID string) ([]AppUser, error) {
	users, _, err := page[AppUser](ctx, c, apiclient.Get("listApplicationUsers", apiPath("apps", appID, "users"), most))
	return users, err
}

// AppUser reads whether a user, given by id, may sign in to an app integration; one who is not assigned is a
// NotFound error. Operation getApplicationUser, contract okta.md 2.
func (c *Client) AppUser(ctx context.Context, appID, userID string) (AppUser, error) {
	return one[AppUser](ctx, c, apiclient.Get("getApplicationUser", apiPath("apps", appID, "users", userID), nil))
}

// AssignUser lets one user sign in to an app integration.
// Operation assignUserToApplication, contract okta.md 2.
func (c *Client) AssignUser(ctx context.Context, appID, userID string) error {
	assignment := map[string]string{"id": userID, "scope": "USER"}
	_, err := one[AppUser](ctx, c, apiclient.Post("assignUserToApplication", apiPath("apps", appID, "users"), assignment))
	return err
}

// FillFrom takes the first and the last name where a user has no display name.
func (u *User) FillFrom(whole apiclient.Object) error {
	var names struct {
		First string `api:"profile.firstName"`
		Last  string `api:"profile.lastName"`
	}
	err := errors.Join(apiclient.FillFields(u, whole), apiclient.FillFields(&names, whole))
	u.Name = cmp.Or(u.Name, strings.TrimSpace(names.First+" "+names.Last))
	return err
}

// Role is an admin role that a user has (contract okta.md 8).
type Role struct {
	Label  string `api:"label"`         // Super Administrator
	Type   string `api:"type,required"` // SUPER_ADMIN, ORG_ADMIN, APP_ADMIN, API_ACCESS_MANAGEMENT_ADMIN, READ_ONLY_ADMIN, CUSTOM, ...
	Status string `api:"status"`        // ACTIVE or INACTIVE
}

// Roles lists the admin roles of a user. A small admin role may not read them: a refusal that Forbidden
// recognizes says nothing about the roles. Operation listAssignedRolesForUser, contract okta.md 8.
func (c *Client) Roles(ctx context.Context, userID string) ([]Role, error) {
	return all[Role](ctx, c, apiclient.Get("listAssignedRolesForUser", apiPath("users", userID, "roles"), nil))
}
