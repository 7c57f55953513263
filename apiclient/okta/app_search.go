package okta

import (
	"context"
	"net/http"
	"slices"

	"msgsso-wizard/apiclient"
)

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
