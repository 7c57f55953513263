package genesys

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"

	"msgsso-wizard/apiclient"
)

// Organization reads which organization the credentials belong to (getOrganizationsMe; contract genesys.md 7).
func (c *Client) Organization(ctx context.Context) (Organization, error) {
	return one[Organization](ctx, c, apiclient.Request{Op: "getOrganizationsMe", Method: http.MethodGet, Path: "/api/v2/organizations/me"})
}

// Permissions returns what the caller may do, as sorted domain:entity:action with * for all; whether the
// API answers this to client credentials is not known (getAuthorizationSubjectsMe; contract genesys.md 7).
func (c *Client) Permissions(ctx context.Context) ([]string, error) {
	var subject struct {
		Grants []struct {
			Role struct {
				Policies []struct {
					Domain, EntityName apiclient.Text
					Actions            []apiclient.Text
				}
			}
		}
	}
	if err := c.get(ctx, "getAuthorizationSubjectsMe", "/api/v2/authorization/subjects/me", &subject); err != nil {
		return nil, err
	}
	var all []string
	for _, grant := range subject.Grants {
		for _, policy := range grant.Role.Policies {
			for _, action := range policy.Actions {
				all = append(all, string(policy.Domain+":"+policy.EntityName+":"+action))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func (o Organization) key() string { return o.ID }

// UnmarshalJSON reads Organization as the API sends it.
func (o *Organization) UnmarshalJSON(data []byte) error {
	var w struct{ ID, Name, ThirdPartyOrgName apiclient.Text }
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*o = Organization{ID: string(w.ID), Name: string(w.Name), Code: string(w.ThirdPartyOrgName)}
	return nil
}

const tokensMe = "/api/v2/tokens/me"

// User is the person who signed in (contract genesys.md 7).
type User struct {
	ID    string
	Name  string
	Email string
	Roles []string // their names
}

// Me reads who signed in (getUsersMe; contract genesys.md 7). Client credentials belong to no user: the code is
// not.a.user.
func (c *Client) Me(ctx context.Context) (User, error) {
	return one[User](ctx, c, apiclient.Request{
		Op: "getUsersMe", Method: http.MethodGet, Path: "/api/v2/users/me", Query: url.Values{"expand": {"authorization"}},
	})
}

func (u User) key() string { return u.ID }

// UnmarshalJSON reads UserMe as the API sends it.
func (u *User) UnmarshalJSON(data []byte) error {
	var w struct {
		ID, Name, Email apiclient.Text
		Authorization   struct {
			Roles []struct{ Name apiclient.Text }
		}
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*u = User{ID: string(w.ID), Name: string(w.Name), Email: string(w.Email)}
	for _, role := range w.Authorization.Roles {
		u.Roles = append(u.Roles, string(role.Name))
	}
	return nil
}
