package okta

import (
	"encoding/json"
	"testing"

	"msgsso-wizard/apiclient"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	assert.NilError(t, err)
	return data
}

// read decodes testdata/app.json as a GET does.
func read(t *testing.T) App {
	t.Helper()
	var app App
	assert.NilError(t, apiclient.Fill([]byte(recording(t, "app.json")), &app))
	return app
}

func TestUpdateApp(t *testing.T) {
	t.Parallel()
	const want = `{
		"name": "oidc_client", "label": "Messenger", "signOnMode": "OPENID_CONNECT",
		"accessibility": {"selfService": false},
		"licensing": {"seatCount": 9007199254740993},
		"profile": {"managedBy": "msgsso-wizard", "costCentre": 4711},
		"credentials": {
			"signing": {"kid": "kid1"},
			"oauthClient": {
				"autoKeyRotation": true, "client_id": "0oa1client",
				"token_endpoint_auth_method": "client_secret_basic", "pkce_required": true}},
		"settings": {
			"app": {}, "implicitAssignment": false, "somethingNew": [{"kept": 1}], "notes": {"admin": "run 42"},
			"oauthClient": {
				"application_type": "web", "consent_method": "TRUSTED", "issuer_mode": "DYNAMIC",
				"grant_types": ["authorization_code"], "response_types": ["code"],
				"redirect_uris": ["https://www.example.com/a", "https://www.example.com/\u200bb", "https://new.example.com/"],
				"post_logout_redirect_uris": [],
				"idp_initiated_login": {"mode": "DISABLED", "default_scope": []}}}}`
	c := org(t, exchange{want: "PUT /api/v1/apps/0oa1app", body: want, answer: recording(t, "app.json")})
	app := read(t)
	app.Label = "Messenger"
	app.PKCERequired = true
	app.GrantTypes = []string{"authorization_code"}
	app.RedirectURIs = append(app.RedirectURIs, "https://new.example.com/")
	app.LogoutURIs = []string{}

	updated, err := c.UpdateApp(t.Context(), app)
	assert.NilError(t, err)
	same(t, updated, recorded())
}

func TestUpdateAppLeavesTheRestAlone(t *testing.T) {
	t.Parallel()
	app := read(t)
	before := string(mustJSON(t, app.raw))
	body, err := app.body()
	assert.NilError(t, err)

	// Nothing was changed, so the label keeps the letter that reading made visible.
	got := body["label"]
	assert.Check(t, got == "Genesys Cloud \u202eMessenger", "label %q", got)
	// A float64 would end in 992.
	assert.Check(t, is.Equal(string(mustJSON(t, member(body, "licensing", "seatCount"))), "9007199254740993"),
		"seatCount")
	if got := string(mustJSON(t, member(body, "settings", "oauthClient", "refresh_token"))); got != `{"leeway":0,"rotation_type":"STATIC"}` {
		t.Errorf("refresh_token %s", got)
	}
	assert.Check(t, is.Equal(string(mustJSON(t, app.raw)), before), "the app itself changed")
}

func TestUpdateAppWritesEachField(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*App)
		path   []string
		want   string
	}{
		"tag":         {func(a *App) { a.ManagedBy = "me" }, []string{"profile", "managedBy"}, `"me"`},
		"note":        {func(a *App) { a.AdminNote = "n" }, []string{"settings", "notes", "admin"}, `"n"`},
		"implicit":    {func(a *App) { a.Implicit = true }, []string{"settings", "implicitAssignment"}, `true`},
		"auth method": {func(a *App) { a.TokenAuthMethod = "client_secret_post" }, []string{"credentials", "oauthClient", "token_endpoint_auth_method"}, `"client_secret_post"`},
		"responses":   {func(a *App) { a.ResponseTypes = []string{"code", "token"} }, []string{"settings", "oauthClient", "response_types"}, `["code","token"]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := read(t)
			test.change(&app)
			body, err := app.body()
			assert.NilError(t, err)
			assert.Check(t, is.Equal(string(mustJSON(t, member(body, test.path...))), test.want))
		})
	}
}

func TestUpdateAppMakesMissingObjects(t *testing.T) {
	t.Parallel()
	var app App
	assert.NilError(t, apiclient.Fill([]byte(`{"id":"0oa1","signOnMode":"OPENID_CONNECT","profile":null}`), &app))
	app.ManagedBy = "msgsso-wizard"
	body, err := app.body()
	assert.NilError(t, err)
	const want = `{"profile":{"managedBy":"msgsso-wizard"},"signOnMode":"OPENID_CONNECT"}`
	assert.Check(t, is.Equal(string(mustJSON(t, body)), want))
}

func TestUpdateAppNeedsOneThatWasRead(t *testing.T) {
	t.Parallel()
	_, err := org(t).UpdateApp(t.Context(), App{ID: "0oa1"})
	assert.Check(t, err != nil, "an app that was never read is sent")
}
