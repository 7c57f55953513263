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

// TokenInfo is what the API says of the token that it is asked with (contract genesys.md 7).
type TokenInfo struct {
	Organization Organization // its Code is not told here
	Home         Organization // another one when a person works in an organization that trusts theirs
	Scopes       []string     // none for client credentials, to which scopes do not apply
	ClientID     string
	ClientName   string
}

// Me reads who signed in (getUsersMe; contract genesys.md 7). Client credentials are nobody: NotAUser.
func (c *Client) Me(ctx context.Context) (User, error) {
	return one[User](ctx, c, apiclient.Request{
		Op: "getUsersMe", Method: http.MethodGet, Path: "/api/v2/users/me", Query: url.Values{"expand": {"authorization"}},
	})
}

// NotAUser reports whether Me was asked with client credentials, which belong to no user.
func NotAUser(err error) bool { return CodeIs(err, "not.a.user") }

// TokenInfo reads whose token is in use and what it may be used for; whether the API answers this to client
// credentials is not known (getTokensMe; contract genesys.md 7).
func (c *Client) TokenInfo(ctx context.Context) (TokenInfo, error) {
	var info TokenInfo
	err := c.get(ctx, "getTokensMe", tokensMe, &info)
	return info, err
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

// UnmarshalJSON reads TokenInfo as the API sends it.
func (t *TokenInfo) UnmarshalJSON(data []byte) error {
	var w struct {
		Organization, HomeOrganization Organization
		AuthorizedScope                []apiclient.Text
		OAuthClient                    struct{ ID, Name apiclient.Text }
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*t = TokenInfo{
		Organization: w.Organization, Home: w.HomeOrganization, Scopes: texts(w.AuthorizedScope),
		ClientID: string(w.OAuthClient.ID), ClientName: string(w.OAuthClient.Name),
	}
	return nil
}
