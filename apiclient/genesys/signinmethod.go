package genesys

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys/signin"
)

// ErrTokenEnded says that an access token that was given is not taken (any more) and cannot be renewed.
var ErrTokenEnded = errors.New("the access token has expired or was revoked: get a new one")

// Browser signs a user in with the browser instead of with a client's secret.
type Browser = signin.Browser

// Authorization is what Browser.Show shows.
type Authorization = signin.Authorization

// signInMethod says what the token request carries, and which of it must not show in errors.
type signInMethod func(context.Context) (form url.Values, secrets []apiclient.Secret, err error)

// signInMethod returns the one that the configuration chooses.
func (cfg Config) signInMethod(t *tokens) signInMethod {
	if cfg.Browser != nil {
		return func(ctx context.Context) (url.Values, []apiclient.Secret, error) {
			code, err := cfg.Browser.Ask(ctx, t.login.Base())
			return code.Form(), code.Secrets(), err
		}
	}
	basic := []apiclient.Secret{apiclient.NewSecret(cfg.ClientID + ":" + cfg.ClientSecret.Reveal()), cfg.ClientSecret}
	return func(context.Context) (url.Values, []apiclient.Secret, error) {
		return url.Values{"grant_type": {"client_credentials"}}, basic, nil
	}
}

// authorize puts the client's credentials on the token request; a browser's has none but the verifier.
func (cfg Config) authorize() apiclient.Authorizer {
	if cfg.Browser != nil || !cfg.AccessToken.Empty() {
		return nil
	}
	return func(_ context.Context, req *http.Request) error {
		req.SetBasicAuth(cfg.ClientID, cfg.ClientSecret.Reveal())
		return nil
	}
}

// SignOut ends the token of a user who signed in with the browser, so that nothing is left of it; other
// tokens are not the wizard's to end (deleteTokensMe; contract genesys.md 6). One that has ended is no error.
func (c *Client) SignOut(ctx context.Context) error {
	token := c.tokens.cache.Held()
	if !c.tokens.personal || token.Empty() {
		return nil
	}
	// Read: nothing of the organization changes, and a second try does no harm.
	_, err := c.api.Do(ctx, apiclient.Request{
		Op: "deleteTokensMe", Method: http.MethodDelete, Path: tokensMe, Read: true,
		Header: http.Header{"Authorization": {"Bearer " + token.Reveal()}},
	}, nil)
	if err != nil && !tokenRefused(err) {
		return err
	}
	c.tokens.forget(token)
	return nil
}
