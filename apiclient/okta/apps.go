package okta

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/jsontree"
)

// Apps lists the app integrations whose label or name starts with labelPrefix, all with an empty one, the
// oldest first. Inactive ones are among them: they take up names too. Okta knows no exact search: the caller compares Label and Name itself.
// A page holds 100, not the possible 200, because an app is several kilobytes and an answer may have 1 MiB.
// Operation listApplications, contract okta.md 1.2.
func (c *Client) Apps(ctx context.Context, labelPrefix string) ([]App, error) {
	query := url.Values{"limit": {"100"}, "includeNonDeleted": {"true"}}
	if labelPrefix != "" {
		query.Set("q", labelPrefix)
	}
	return all[App](ctx, c, apiclient.Get("listApplications", apiPath("apps"), query))
}

// App reads one app integration; its secret is not in the answer (see AppSecrets).
// Operation getApplication, contract okta.md 1.2.
func (c *Client) App(ctx context.Context, id string) (App, error) {
	return one[App](ctx, c, apiclient.Get("getApplication", apiPath("apps", id), nil))
}

// CreateApp makes and activates a web app integration with a client secret, which is in the answer.
// Okta has no idempotency key: after a lost answer, look before trying again. It was seen to take 8 s.
// Operation createApplication, contract okta.md 1.1.
func (c *Client) CreateApp(ctx context.Context, app NewApp) (App, error) {
	req := apiclient.Post("createApplication", apiPath("apps"), app.body())
	req.Query = url.Values{"activate": {"true"}}
	made, err := one[createdApp](ctx, c, req)
	return made.App, err
}

// createdApp is the answer to a create, which is of no use without the client ID.
type createdApp struct{ App }

// FillFrom reads the App.
func (a *createdApp) FillFrom(whole apiclient.Object) error {
	err := a.App.FillFrom(whole)
	if err == nil && a.ClientID == "" {
		err = apiclient.MissingError("credentials.oauthClient.client_id")
	}
	return err
}

// UpdateApp replaces an app integration with app, which was read before; the client secret stays as it is.
// Operation replaceApplication, contract okta.md 1.4.
func (c *Client) UpdateApp(ctx context.Context, app App) (App, error) {
	body, err := app.body()
	if err != nil {
		return App{}, err
	}
	return one[App](ctx, c, apiclient.Put("replaceApplication", apiPath("apps", app.ID), body))
}

// DeactivateApp ends all sign-ins with an app integration; Okta deletes only an inactive one.
// Operation deactivateApplication, contract okta.md 1.5.
func (c *Client) DeactivateApp(ctx context.Context, id string) error {
	_, err := c.api.Do(ctx, apiclient.Post("deactivateApplication", apiPath("apps", id, "lifecycle", "deactivate"), nil), nil)
	return err
}

// DeleteApp deletes an inactive app integration for good. Okta's servers were seen to fail at that once and
// to succeed right after, so it is tried twice. Operation deleteApplication, contract okta.md 1.5.
func (c *Client) DeleteApp(ctx context.Context, id string) error {
	err := c.remove(ctx, "deleteApplication", apiPath("apps", id))
	if refused(err, codesInternal) {
		err = c.remove(ctx, "deleteApplication", apiPath("apps", id))
	}
	return err
}

// body is the request that contract okta.md 1.1 recommends. pkce_required is sent because its default is
// contested, and false takes pages both with and without PKCE.
func (n NewApp) body() map[string]any {
	body := map[string]any{
		"name":       "oidc_client",
		"label":      n.Label,
		"signOnMode": "OPENID_CONNECT",
		"credentials": map[string]any{"oauthClient": map[string]any{
			"autoKeyRotation":            true,
			"pkce_required":              false,
			"token_endpoint_auth_method": "client_secret_basic",
		}},
		"settings": map[string]any{"oauthClient": map[string]any{
			"application_type":          "web",
			"grant_types":               list(n.GrantTypes),
			"response_types":            []string{"code"},
			"redirect_uris":             list(n.RedirectURIs),
			"post_logout_redirect_uris": list(n.LogoutURIs),
			"consent_method":            "TRUSTED",
			"wildcard_redirect":         "DISABLED",
			"idp_initiated_login":       map[string]any{"mode": "DISABLED", "default_scope": []string{}},
		}},
		"visibility": map[string]any{
			"autoSubmitToolbar": false,
			"hide":              map[string]any{"iOS": true, "web": true},
		},
	}
	if n.ManagedBy != "" {
		jsontree.Put(body, "profile.managedBy", n.ManagedBy)
	}
	if n.AdminNote != "" {
		jsontree.Put(body, "settings.notes.admin", n.AdminNote)
	}
	return body
}

// RedirectsTo reports whether Okta takes a redirect URI for the app: one that is registered to the letter, or that has
// in the place of a star a part of one label (contract okta.md 1.6).
func (a App) RedirectsTo(uri string) bool {
	return slices.ContainsFunc(a.RedirectURIs, func(registered string) bool {
		before, after, star := strings.Cut(registered, "*")
		if !star || !a.Wildcards {
			return registered == uri
		}
		part, begins := strings.CutPrefix(uri, before)
		part, ends := strings.CutSuffix(part, after)
		return begins && ends && part != "" && !strings.ContainsAny(part, "./:@?#")
	})
}

// RevokeToken destroys the API token that this client uses; every later call is refused.
// Operation revokeCurrentApiToken, contract okta.md 3.1.
func (c *Client) RevokeToken(ctx context.Context) error {
	return c.remove(ctx, "revokeCurrentApiToken", apiPath("api-tokens", "current"))
}

// AppOfClient finds the app integration of a client id, active or not; a NotFound error if there is none. Okta has no
// search for it (contract okta.md 1.2): a client id is the app's own id unless an admin chose another one (1.1), so that
// is tried before all apps are read. Operations getApplication, listApplications.
func (c *Client) AppOfClient(ctx context.Context, clientID string) (App, error) {
	missing := &apiclient.Error{
		Service: apiclient.Okta, Op: "listApplications", Method: http.MethodGet, Path: apiPath("apps"), Host: c.api.Base().Host,
		Code: codesNotFound[0], Summary: "no app integration has the client ID " + apiclient.Clean(clientID),
	}
	if clientID == "" { // apps that are not OpenID Connect's have none either
		return App{}, missing
	}
	app, err := c.App(ctx, clientID)
	if err == nil && app.ClientID == clientID || err != nil && !NotFound(err) {
		return app, err
	}
	apps, err := c.Apps(ctx, "")
	if err != nil {
		return App{}, err
	}
	i := slices.IndexFunc(apps, func(a App) bool { return a.ClientID == clientID })
	if i < 0 {
		return App{}, missing
	}
	return apps[i], nil
}

// AppSecrets reads an app's client secrets, at most two, in clear. Reading them leaves an event in the
// org's System Log. Operation listOAuth2ClientSecrets, contract okta.md 1.3.
func (c *Client) AppSecrets(ctx context.Context, appID string) ([]AppSecret, error) {
	return all[AppSecret](ctx, c, apiclient.Get("listOAuth2ClientSecrets", apiPath("apps", appID, "credentials", "secrets"), nil))
}

// AppSecret reads one client secret, in clear. One that was deleted is a NotFound error.
// Operation getOAuth2ClientSecret, contract okta.md 1.3.
func (c *Client) AppSecret(ctx context.Context, appID, id string) (AppSecret, error) {
	return one[AppSecret](ctx, c, apiclient.Get("getOAuth2ClientSecret", secretPath(appID, id), nil))
}

// CreateAppSecret makes a second client secret of Okta's choice, which is active at once. Okta has no idempotency key:
// after a lost answer, look before trying again. Operation createOAuth2ClientSecret, contract okta.md 1.3.
func (c *Client) CreateAppSecret(ctx context.Context, appID string) (AppSecret, error) {
	return one[AppSecret](ctx, c, apiclient.Post("createOAuth2ClientSecret", apiPath("apps", appID, "credentials", "secrets"), map[string]any{}))
}

// ActivateAppSecret makes Okta accept an inactive client secret again.
// Operation activateOAuth2ClientSecret, contract okta.md 1.3.
func (c *Client) ActivateAppSecret(ctx context.Context, appID, id string) (AppSecret, error) {
	return one[AppSecret](ctx, c, apiclient.Post("activateOAuth2ClientSecret", secretPath(appID, id, "lifecycle", "activate"), nil))
}

// DeactivateAppSecret makes Okta refuse a client secret, unless it is the app's only one.
// Operation deactivateOAuth2ClientSecret, contract okta.md 1.3.
func (c *Client) DeactivateAppSecret(ctx context.Context, appID, id string) (AppSecret, error) {
	return one[AppSecret](ctx, c, apiclient.Post("deactivateOAuth2ClientSecret", secretPath(appID, id, "lifecycle", "deactivate"), nil))
}

// DeleteAppSecret deletes an inactive client secret for good.
// Operation deleteOAuth2ClientSecret, contract okta.md 1.3.
func (c *Client) DeleteAppSecret(ctx context.Context, appID, id string) error {
	return c.remove(ctx, "deleteOAuth2ClientSecret", secretPath(appID, id))
}

func secretPath(appID string, below ...string) string {
	return apiPath(append([]string{"apps", appID, "credentials", "secrets"}, below...)...)
}
