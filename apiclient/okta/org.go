package okta

import (
	"cmp"
	"context"
	"errors"
	"net/url"
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

// Groups finds groups whose name starts with namePrefix; Okta answers with at most 300 and has no further
// page. An empty prefix gives the first page of the groups that users can be added to and the built-in ones:
// an org may have thousands, and who looks for one gives a prefix.
// Operation listGroups, contract okta.md 2.
func (c *Client) Groups(ctx context.Context, namePrefix string) ([]Group, error) {
	req := apiclient.Get("listGroups", apiPath("groups"), nil)
	req.Query = url.Values{"q": {namePrefix}}
	if namePrefix == "" {
		req.Query = url.Values{"filter": {`type eq "OKTA_GROUP" or type eq "BUILT_IN"`}, "limit": {"200"}}
	}
	groups, _, err := page[Group](ctx, c, req)
	return groups, err
}

// Group reads one group by its id.
// Operation getGroup, contract okta.md 2.
func (c *Client) Group(ctx context.Context, id string) (Group, error) {
	return one[Group](ctx, c, apiclient.Get("getGroup", apiPath("groups", id), nil))
}

// AppGroups lists the ids of the groups that an app integration is assigned to.
// Operation listApplicationGroupAssignments, contract okta.md 2; its limit is at least 20.
func (c *Client) AppGroups(ctx context.Context, appID string) ([]string, error) {
	groups, err := all[idOnly](ctx, c, apiclient.Get("listApplicationGroupAssignments", apiPath("apps", appID, "groups"), most))
	var ids []string
	for _, g := range groups {
		ids = append(ids, g.ID)
	}
	return ids, err
}

// AssignGroup lets a group's members sign in to an app integration; once more does no harm.
// The body is empty but present: without one Okta answers 411.
// Operation assignGroupToApplication, contract okta.md 2.
func (c *Client) AssignGroup(ctx context.Context, appID, groupID string) error {
	_, err := one[idOnly](ctx, c, apiclient.Put("assignGroupToApplication", apiPath("apps", appID, "groups", groupID), struct{}{}))
	return err
}

// idOnly is an answer of which only the ID counts.
type idOnly struct {
	ID string `api:"id,id"`
}
