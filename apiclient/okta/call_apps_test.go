package okta

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

// recorded is testdata/app.json as the caller sees it.
var recorded = App{
	ID:              "0oa1app",
	Name:            "oidc_client",
	Label:           "Genesys Cloud ‹U+202E›Messenger",
	Status:          "ACTIVE",
	SignOnMode:      "OPENID_CONNECT",
	Created:         time.Date(2026, 5, 4, 10, 11, 12, 0, time.UTC),
	ClientID:        "0oa1client",
	ClientSecret:    apiclient.NewSecret("secret-of-the-app-0123456789"),
	TokenAuthMethod: "client_secret_basic",
	ApplicationType: "web",
	GrantTypes:      []string{"authorization_code", "refresh_token"},
	RedirectURIs:    []string{"https://www.example.com/a", "https://www.example.com/‹U+200B›b"},
	LogoutURIs:      []string{"https://www.example.com/"},
	ManagedBy:       "msgsso-wizard",
	AdminNote:       "run 42",
}

// read decodes testdata/app.json as a GET does.
func read(t *testing.T) App {
	t.Helper()
	var app App
	assert.NilError(t, apiclient.Fill([]byte(recording(t, "app.json")), &app))
	return app
}

const (
	plainApp = `{"name":"oidc_client","label":"x","signOnMode":"OPENID_CONNECT",
		"credentials":{"oauthClient":{
			"autoKeyRotation":true,"pkce_required":false,"token_endpoint_auth_method":"client_secret_basic"}},
		"settings":{"oauthClient":{
			"application_type":"web","grant_types":["authorization_code"],"response_types":["code"],
			"redirect_uris":[],"post_logout_redirect_uris":[],"consent_method":"TRUSTED","wildcard_redirect":"DISABLED",
			"idp_initiated_login":{"mode":"DISABLED","default_scope":[]}}},
		"visibility":{"autoSubmitToolbar":false,"hide":{"iOS":true,"web":true}}}`

	wholeApp = `{"name":"oidc_client","label":"Genesys Cloud Messenger","signOnMode":"OPENID_CONNECT",
		"profile":{"managedBy":"msgsso-wizard"},
		"credentials":{"oauthClient":{
			"autoKeyRotation":true,"pkce_required":false,"token_endpoint_auth_method":"client_secret_basic"}},
		"settings":{"notes":{"admin":"run 42"},"oauthClient":{
			"application_type":"web","grant_types":["authorization_code","refresh_token"],"response_types":["code"],
			"redirect_uris":["https://www.example.com/support"],
			"post_logout_redirect_uris":["https://www.example.com/"],
			"consent_method":"TRUSTED","wildcard_redirect":"DISABLED",
			"idp_initiated_login":{"mode":"DISABLED","default_scope":[]}}},
		"visibility":{"autoSubmitToolbar":false,"hide":{"iOS":true,"web":true}}}`

	updatedApp = `{"name":"oidc_client","label":"Messenger","signOnMode":"OPENID_CONNECT",
		"accessibility":{"selfService":false},"licensing":{"seatCount":9007199254740993},
		"profile":{"managedBy":"msgsso-wizard","costCentre":4711},
		"credentials":{"signing":{"kid":"kid1"},"oauthClient":{
			"autoKeyRotation":true,"client_id":"0oa1client","token_endpoint_auth_method":"client_secret_basic",
			"pkce_required":true}},
		"settings":{
			"app":{},"implicitAssignment":false,"somethingNew":[{"kept":1}],"notes":{"admin":"run 42"},
			"oauthClient":{
				"application_type":"web","consent_method":"TRUSTED","issuer_mode":"DYNAMIC",
				"grant_types":["authorization_code"],"response_types":["code"],
				"redirect_uris":["https://www.example.com/a","https://www.example.com/\u200bb","https://new.example.com/"],
				"post_logout_redirect_uris":[],"idp_initiated_login":{"mode":"DISABLED","default_scope":[]}}}}`
)

// secret is an answer with a client secret, and madeSecret what it is read as.
const secret = `{"id":"ocs1","status":"ACTIVE","created":"2026-05-04T10:11:12.000Z","client_secret":" in clear "}`

var madeSecret = AppSecret{ID: "ocs1", Status: "ACTIVE", Created: recorded.Created, Secret: apiclient.NewSecret(" in clear ")}

func callsForApps(t *testing.T) []call {
	t.Helper()
	ctx, app, updated := t.Context(), recording(t, "app.json"), read(t)
	updated.Label, updated.PKCERequired, updated.GrantTypes = "Messenger", true, []string{"authorization_code"}
	updated.RedirectURIs = append(updated.RedirectURIs, "https://new.example.com/")
	updated.LogoutURIs = []string{}
	return []call{
		{
			op: "getApplication", sent: "GET /api/v1/apps/0oa1%2Fapp%3Fx", answer: app,
			do: func(c *Client) (any, error) { return c.App(ctx, "0oa1/app?x") }, gives: recorded,
		},
		{
			op:     "listApplications",
			sent:   "GET /api/v1/apps?includeNonDeleted=true&limit=100&q=Genesys+Cloud+%26+more",
			answer: recording(t, "app-kinds.json"),
			do:     func(c *Client) (any, error) { return c.Apps(ctx, "Genesys Cloud & more") },
			gives: []App{
				{ID: "0oa1source", Name: "custom_identity_source", Label: "HR", Status: "ACTIVE"},
				{ID: "0oa1new", Name: "quantum", Label: "Q", Status: "DREAMING", SignOnMode: "QUANTUM_ENTANGLED"},
				{
					ID: "0oa1own", Name: "saasure", Label: "Okta Admin Console", Status: "ACTIVE",
					SignOnMode: "OPENID_CONNECT", ClientID: "okta.2b1959c8", TokenAuthMethod: "none",
				},
			},
		},
		{
			op: "createApplication", sent: "POST /api/v1/apps?activate=true", body: wholeApp, answer: app,
			do: func(c *Client) (any, error) {
				return c.CreateApp(ctx, NewApp{
					Label:        "Genesys Cloud Messenger",
					GrantTypes:   []string{"authorization_code", "refresh_token"},
					RedirectURIs: []string{"https://www.example.com/support"},
					LogoutURIs:   []string{"https://www.example.com/"},
					ManagedBy:    "msgsso-wizard",
					AdminNote:    "run 42",
				})
			},
			gives: recorded,
		},
		{
			op:   "createApplication",
			sent: "POST /api/v1/apps?activate=true", body: plainApp, answer: `{"id":"0oa1","signOnMode":"OPENID_CONNECT"}`,
			do: func(c *Client) (any, error) {
				return c.CreateApp(ctx, NewApp{Label: "x", GrantTypes: []string{"authorization_code"}})
			},
			gives: missing("credentials.oauthClient.client_id"),
		},
		{
			op: "replaceApplication", sent: "PUT /api/v1/apps/0oa1app", body: updatedApp, answer: app,
			do: func(c *Client) (any, error) { return c.UpdateApp(ctx, updated) }, gives: recorded,
		},
		{
			op: "deactivateApplication", sent: "POST /api/v1/apps/0oa%201/lifecycle/deactivate",
			do: func(c *Client) (any, error) { return nothing(c.DeactivateApp(ctx, "0oa 1")) },
		},
		{
			op: "deleteApplication", sent: "DELETE /api/v1/apps/0oa1",
			do: func(c *Client) (any, error) { return nothing(c.DeleteApp(ctx, "0oa1")) },
		},
		{
			op: "listOAuth2ClientSecrets", sent: "GET /api/v1/apps/0oa1/credentials/secrets",
			answer: `[{"id":"ocs1","status":"ACTIVE","created":"2026-05-04T10:11:12.000Z","client_secret":" in clear "},
				{"id":"ocs2","status":"INACTIVE","created":null,"client_secret":null}]`,
			do: func(c *Client) (any, error) { return c.AppSecrets(ctx, "0oa1") },
			gives: []AppSecret{
				{ID: "ocs1", Status: "ACTIVE", Created: recorded.Created, Secret: apiclient.NewSecret(" in clear ")},
				{ID: "ocs2", Status: "INACTIVE"},
			},
		},
		{
			op: "getOAuth2ClientSecret", sent: "GET /api/v1/apps/0oa1/credentials/secrets/ocs%2F1", answer: secret,
			do: func(c *Client) (any, error) { return c.AppSecret(ctx, "0oa1", "ocs/1") }, gives: madeSecret,
		},
		{
			op: "createOAuth2ClientSecret", sent: "POST /api/v1/apps/0oa1/credentials/secrets", body: `{}`, answer: secret,
			do: func(c *Client) (any, error) { return c.CreateAppSecret(ctx, "0oa1") }, gives: madeSecret,
		},
		{
			op: "activateOAuth2ClientSecret", sent: "POST /api/v1/apps/0oa1/credentials/secrets/ocs1/lifecycle/activate", answer: secret,
			do: func(c *Client) (any, error) { return c.ActivateAppSecret(ctx, "0oa1", "ocs1") }, gives: madeSecret,
		},
		{
			op: "deactivateOAuth2ClientSecret", sent: "POST /api/v1/apps/0oa1/credentials/secrets/ocs1/lifecycle/deactivate", answer: secret,
			do: func(c *Client) (any, error) { return c.DeactivateAppSecret(ctx, "0oa1", "ocs1") }, gives: madeSecret,
		},
		{
			op: "deleteOAuth2ClientSecret", sent: "DELETE /api/v1/apps/0oa1/credentials/secrets/ocs%2F1",
			do: func(c *Client) (any, error) { return nothing(c.DeleteAppSecret(ctx, "0oa1", "ocs/1")) },
		},
		{
			op:   "listApplicationGroupAssignments",
			sent: "GET /api/v1/apps/0oa1/groups?limit=200", answer: `[{"id":"00g1","priority":1},{"id":"00g2"}]`,
			do: func(c *Client) (any, error) { return c.AppGroups(ctx, "0oa1") }, gives: []string{"00g1", "00g2"},
		},
		{
			op:   "assignGroupToApplication",
			sent: "PUT /api/v1/apps/0oa1/groups/00g%2F1", body: `{}`, answer: `{"id":"00g1","priority":0}`,
			do: func(c *Client) (any, error) { return nothing(c.AssignGroup(ctx, "0oa1", "00g/1")) },
		},
		{
			op: "unassignApplicationFromGroup", sent: "DELETE /api/v1/apps/0oa1/groups/00g%2F1",
			do: func(c *Client) (any, error) { return nothing(c.UnassignGroup(ctx, "0oa1", "00g/1")) },
		},
		{
			op: "listApplicationUsers", sent: "GET /api/v1/apps/0oa1/users?limit=200", onePage: true,
			answer: `[{"id":"00u1","scope":"GROUP","credentials":{"userName":"ada@acme.test\u001b"}},
				{"id":"00u2","scope":"USER","credentials":null}]`,
			do:    func(c *Client) (any, error) { return c.AppUsers(ctx, "0oa1") },
			gives: []AppUser{{ID: "00u1", Login: "ada@acme.test‹U+001B›"}, {ID: "00u2"}},
		},
		{
			op:   "getApplicationUser",
			sent: "GET /api/v1/apps/0oa1/users/00u1", answer: `{"id":"00u1","credentials":{"userName":"ada"}}`,
			do: func(c *Client) (any, error) { return c.AppUser(ctx, "0oa1", "00u1") }, gives: AppUser{ID: "00u1", Login: "ada"},
		},
		{
			op:   "assignUserToApplication",
			sent: "POST /api/v1/apps/0oa1/users", body: `{"id":"00u2","scope":"USER"}`, answer: `{"id":"00u2"}`,
			do: func(c *Client) (any, error) { return nothing(c.AssignUser(ctx, "0oa1", "00u2")) },
		},
		{
			op: "unassignUserFromApplication", sent: "DELETE /api/v1/apps/0oa1/users/00u%2F1",
			do: func(c *Client) (any, error) { return nothing(c.UnassignUser(ctx, "0oa1", "00u/1")) },
		},
	}
}
