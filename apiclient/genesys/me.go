package genesys

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"msgsso-wizard/apiclient"
)

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
