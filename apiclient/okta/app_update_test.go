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
