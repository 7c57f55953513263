package okta

import (
	"context"
	"net/http"
	"net/url"

	"msgsso-wizard/apiclient"
)

// AppUser is a person who may sign in to an app integration (contract okta.md 2).
type AppUser struct {
	ID    string
	Login string // credentials.userName; may be empty
	Scope string // USER: assigned by name; GROUP: through a group
}

// User reads a person by id or login. One who is not there is a NotFound error.
// Operation getUser, contract okta.md 8.
func (c *Client) User(ctx context.Context, idOrLogin string) (User, error) {
	return one[userWire](ctx, c, apiclient.Request{Op: "getUser", Method: http.MethodGet, Path: apiPath("users", idOrLogin)})
}

// AppUsers lists people who may sign in to an app integration, the first page of them (at most 200).
// Operation listApplicationUsers, contract okta.md 2.
func (c *Client) AppUsers(ctx context.Context, appID string) ([]AppUser, error) {
	users, _, err := page[appUserWire](ctx, c, apiclient.Request{
		Op: "listApplicationUsers", Method: http.MethodGet,
		Path: apiPath("apps", appID, "users"), Query: url.Values{"limit": {"200"}},
	})
	return users, err
}

// AppUser reads whether a person, given by id, may sign in to an app integration; one who is not assigned is a
// NotFound error. Operation getApplicationUser, contract okta.md 2.
func (c *Client) AppUser(ctx context.Context, appID, userID string) (AppUser, error) {
	return one[appUserWire](ctx, c, apiclient.Request{
		Op: "getApplicationUser", Method: http.MethodGet, Path: apiPath("apps", appID, "users", userID),
	})
}

// AssignUser lets one person sign in to an app integration.
// Operation assignUserToApplication, contract okta.md 2.
func (c *Client) AssignUser(ctx context.Context, appID, userID string) error {
	_, err := one[appUserWire](ctx, c, apiclient.Request{
		Op: "assignUserToApplication", Method: http.MethodPost,
		Path: apiPath("apps", appID, "users"), Body: map[string]string{"id": userID, "scope": "USER"},
	})
	return err
}

type appUserWire struct {
	ID, Scope   apiclient.Text
	Credentials struct{ UserName apiclient.Text }
}

func (w appUserWire) value() (AppUser, string) {
	if w.ID == "" {
		return AppUser{}, "id"
	}
	return AppUser{ID: string(w.ID), Login: string(w.Credentials.UserName), Scope: string(w.Scope)}, ""
}
