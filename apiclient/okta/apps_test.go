package okta

import (
	"encoding/json"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/jsontree"
)

func TestRedirectsThatOktaTakes(t *testing.T) {
	t.Parallel()
	const exact, star = "https://www.example.com/chat", "https://*.example.com/chat"
	for uri, want := range map[string]bool{
		exact: true, exact + "/": false, "https://shop.example.com/chat": true, "https://a.b.example.com/chat": false,
		"https://.example.com/chat": false, "http://shop.example.com/chat": false, "https://example.com/chat": false,
		"https://evil.test/x.example.com/chat": false, "https://shop.example.com/Chat": false,
	} {
		app := App{RedirectURIs: []string{exact, star}, Wildcards: true}
		same(t, app.RedirectsTo(uri), want)
		app.Wildcards = false
		same(t, app.RedirectsTo(uri), uri == exact)
	}
}

func TestDeletingAnAppMayFailOnce(t *testing.T) {
	t.Parallel()
	failed := exchange{
		want: "DELETE /api/v1/apps/0oa1", status: 500,
		answer: `{"errorCode":"E0000009","errorSummary":"Internal Server Error","errorId":"oae1","errorCauses":[]}`,
	}
	c := org(t, failed, exchange{want: failed.want, status: 204}, failed, failed)
	assert.NilError(t, c.DeleteApp(t.Context(), "0oa1"))
	err := c.DeleteApp(t.Context(), "0oa1")
	assert.Check(t, refused(err, codesInternal), "error %v after two failures", err)
}

func TestAppOfClient(t *testing.T) {
	t.Parallel()
	const (
		list   = "GET /api/v1/apps?includeNonDeleted=true&limit=100"
		app    = `{"id":"0oa1","signOnMode":"OPENID_CONNECT","name":"oidc_client","credentials":{"oauthClient":{"client_id":"0oa1"}}}`
		chosen = `{"id":"0oa2","signOnMode":"OPENID_CONNECT","name":"oidc_client","credentials":{"oauthClient":{"client_id":"my-client"}}}`
	)
	find := func(clientID, want string, exchanges ...exchange) {
		t.Helper()
		got, err := org(t, exchanges...).AppOfClient(t.Context(), clientID)
		assert.Check(t, got.ID == want && (want == "") == NotFound(err), "%s: got %s, %v", clientID, got.ID, err)
	}
	find("0oa1", "0oa1", exchange{want: "GET /api/v1/apps/0oa1", answer: app})
	find("my-client", "0oa2", exchange{want: "GET /api/v1/apps/my-client", status: 404, answer: notThere}, exchange{want: list, answer: "[" + app + "," + chosen + "]"})
	find("gone", "", exchange{want: "GET /api/v1/apps/gone", status: 404, answer: notThere}, exchange{want: list, answer: "[" + app + "]"})
	// The id of an app whose client id is another one is no client id.
	find("0oa2", "", exchange{want: "GET /api/v1/apps/0oa2", answer: chosen}, exchange{want: list, answer: "[" + chosen + "]"})
	find("", "")

	c := org(t, exchange{want: "GET /api/v1/apps/0oa1", status: 403, answer: `{"errorCode":"E0000006","errorSummary":"No"}`})
	_, err := c.AppOfClient(t.Context(), "0oa1")
	assert.Check(t, Forbidden(err), "got %v", err)
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	assert.NilError(t, err)
	return data
}

func TestUpdateAppLeavesTheRestAlone(t *testing.T) {
	t.Parallel()
	app := read(t)
	before := string(mustJSON(t, app.Stored()))
	body, err := app.body()
	assert.NilError(t, err)

	// Nothing was changed, so the label keeps the letter that reading made visible.
	got := body["label"]
	assert.Check(t, got == "Genesys Cloud \u202eMessenger", "label %q", got)
	// A float64 would end in 992.
	assert.Check(t, is.Equal(string(mustJSON(t, jsontree.Member(body, "licensing.seatCount"))), "9007199254740993"),
		"seatCount")
	if got := string(mustJSON(t, jsontree.Member(body, "settings.oauthClient.refresh_token"))); got != `{"leeway":0,"rotation_type":"STATIC"}` {
		t.Errorf("refresh_token %s", got)
	}
	assert.Check(t, is.Equal(string(mustJSON(t, app.Stored())), before), "the app itself changed")
}

func TestUpdateAppWritesEachField(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*App)
		path   string
		want   string
	}{
		"tag":         {func(a *App) { a.ManagedBy = "me" }, "profile.managedBy", `"me"`},
		"note":        {func(a *App) { a.AdminNote = "n" }, "settings.notes.admin", `"n"`},
		"implicit":    {func(a *App) { a.Implicit = true }, "settings.implicitAssignment", `true`},
		"auth method": {func(a *App) { a.TokenAuthMethod = "client_secret_post" }, "credentials.oauthClient.token_endpoint_auth_method", `"client_secret_post"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := read(t)
			test.change(&app)
			body, err := app.body()
			assert.NilError(t, err)
			assert.Check(t, is.Equal(string(mustJSON(t, jsontree.Member(body, test.path))), test.want))
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

// What an app demands of its client is read, and the policy that its link names.
func TestAppDemands(t *testing.T) {
	t.Parallel()
	got := filled[App](t, `{"id":"0oa1","signOnMode":"OPENID_CONNECT","settings":{"oauthClient":{
		"id_token_encrypted_response_alg":"RSA-OAEP-256","dpop_bound_access_tokens":true,"require_pushed_authorization_requests":true,
		"network":{"connection":"ZONE","include":["nzo1"]}}},
		"_links":{"accessPolicy":{"href":"https://acme.okta.com/api/v1/policies/rst1"}}}`)
	got.Whole = apiclient.Whole{}
	same(t, got, App{
		ID: "0oa1", SignOnMode: "OPENID_CONNECT", EncryptsIDTokens: "RSA-OAEP-256", DPoP: true, PushedOnly: true, Network: "ZONE", SignInPolicy: "rst1",
	})
}
