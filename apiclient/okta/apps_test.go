package okta

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

// recorded is testdata/app.json as the caller sees it.
func recorded() App {
	return App{
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
		ResponseTypes:   []string{"code"},
		RedirectURIs:    []string{"https://www.example.com/a", "https://www.example.com/‹U+200B›b"},
		LogoutURIs:      []string{"https://www.example.com/"},
		ManagedBy:       "msgsso-wizard",
		AdminNote:       "run 42",
	}
}

func TestAppReads(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{want: "GET /api/v1/apps/0oa1%2Fapp%3Fx", answer: recording(t, "app.json")})
	app, err := c.App(t.Context(), "0oa1/app?x")
	assert.NilError(t, err)
	same(t, app, recorded())
	text := fmt.Sprintf("%+v", app)
	assert.Check(t, !strings.Contains(text, "secret-of-the-app"), "the secret shows in %s", text)
}

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

func TestAppsOfEveryKind(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{
		want:   "GET /api/v1/apps?includeNonDeleted=true&limit=100&q=Genesys+Cloud+%26+more",
		answer: recording(t, "app-kinds.json"),
	})
	apps, err := c.Apps(t.Context(), "Genesys Cloud & more")
	assert.NilError(t, err)
	same(t, apps, []App{
		{ID: "0oa1source", Name: "custom_identity_source", Label: "HR", Status: "ACTIVE"},
		{ID: "0oa1new", Name: "quantum", Label: "Q", Status: "DREAMING", SignOnMode: "QUANTUM_ENTANGLED"},
		{
			ID: "0oa1own", Name: "saasure", Label: "Okta Admin Console", Status: "ACTIVE",
			SignOnMode: "OPENID_CONNECT", ClientID: "okta.2b1959c8", TokenAuthMethod: "none",
		},
	})
}

func TestCreateApp(t *testing.T) {
	t.Parallel()
	const want = `{
		"name": "oidc_client", "label": "Genesys Cloud Messenger", "signOnMode": "OPENID_CONNECT",
		"profile": {"managedBy": "msgsso-wizard"},
		"credentials": {"oauthClient": {
			"autoKeyRotation": true, "pkce_required": false, "token_endpoint_auth_method": "client_secret_basic"}},
		"settings": {
			"notes": {"admin": "run 42"},
			"oauthClient": {
				"application_type": "web",
				"grant_types": ["authorization_code", "refresh_token"],
				"response_types": ["code"],
				"redirect_uris": ["https://www.example.com/support"],
				"post_logout_redirect_uris": ["https://www.example.com/"],
				"consent_method": "TRUSTED",
				"wildcard_redirect": "DISABLED",
				"idp_initiated_login": {"mode": "DISABLED", "default_scope": []}}},
		"visibility": {"autoSubmitToolbar": false, "hide": {"iOS": true, "web": true}}}`
	c := org(t, exchange{want: "POST /api/v1/apps?activate=true", body: want, answer: recording(t, "app.json")})
	app, err := c.CreateApp(t.Context(), NewApp{
		Label:        "Genesys Cloud Messenger",
		GrantTypes:   []string{"authorization_code", "refresh_token"},
		RedirectURIs: []string{"https://www.example.com/support"},
		LogoutURIs:   []string{"https://www.example.com/"},
		ManagedBy:    "msgsso-wizard",
		AdminNote:    "run 42",
	})
	assert.NilError(t, err)
	same(t, app, recorded())
}

func TestCreateAppWithoutOptions(t *testing.T) {
	t.Parallel()
	const want = `{
		"name": "oidc_client", "label": "x", "signOnMode": "OPENID_CONNECT",
		"credentials": {"oauthClient": {
			"autoKeyRotation": true, "pkce_required": false, "token_endpoint_auth_method": "client_secret_basic"}},
		"settings": {"oauthClient": {
			"application_type": "web", "grant_types": ["authorization_code"], "response_types": ["code"],
			"redirect_uris": [], "post_logout_redirect_uris": [],
			"consent_method": "TRUSTED", "wildcard_redirect": "DISABLED",
			"idp_initiated_login": {"mode": "DISABLED", "default_scope": []}}},
		"visibility": {"autoSubmitToolbar": false, "hide": {"iOS": true, "web": true}}}`
	c := org(t, exchange{want: "POST /api/v1/apps?activate=true", body: want, answer: recording(t, "app.json")})
	_, err := c.CreateApp(t.Context(), NewApp{Label: "x", GrantTypes: []string{"authorization_code"}})
	assert.NilError(t, err)
}

func TestAppAnswersThatLackSomething(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		want, answer, op, member string
		call                     func(*Client) error
	}{
		"create without id": {
			"POST /api/v1/apps?activate=true", `{"signOnMode":"OPENID_CONNECT"}`, "createApplication", "id",
			func(c *Client) error { _, err := c.CreateApp(t.Context(), NewApp{}); return err },
		},
		"create without client id": {
			"POST /api/v1/apps?activate=true", `{"id":"0oa1","signOnMode":"OPENID_CONNECT"}`,
			"createApplication", "credentials.oauthClient.client_id",
			func(c *Client) error { _, err := c.CreateApp(t.Context(), NewApp{}); return err },
		},
		"null in a list": {
			"GET /api/v1/apps?includeNonDeleted=true&limit=100", `[null]`, "listApplications", "id",
			func(c *Client) error { _, err := c.Apps(t.Context(), ""); return err },
		},
		"wrong type": {
			"GET /api/v1/apps/0oa1", `{"id":"0oa1","signOnMode":"OPENID_CONNECT","settings":{"oauthClient":{"redirect_uris":"x"}}}`,
			"getApplication", "redirect_uris",
			func(c *Client) error { _, err := c.App(t.Context(), "0oa1"); return err },
		},
		"an array for an app": {
			"GET /api/v1/apps/0oa1", `[]`, "getApplication", "should be an object",
			func(c *Client) error { _, err := c.App(t.Context(), "0oa1"); return err },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := ""
			if strings.HasPrefix(test.want, "POST") {
				body = string(mustJSON(t, NewApp{}.body()))
			}
			c := org(t, exchange{want: test.want, body: body, answer: test.answer})
			malformed(t, test.call(c), test.op, test.member)
		})
	}
}

func TestAppEnds(t *testing.T) {
	t.Parallel()
	const failed = `{"errorCode":"E0000009","errorSummary":"Internal Server Error","errorId":"oae1","errorCauses":[]}`
	c := org(
		t,
		exchange{want: "POST /api/v1/apps/0oa%201/lifecycle/deactivate", answer: "{}"},
		exchange{want: "DELETE /api/v1/apps/0oa1", status: 500, answer: failed},
		exchange{want: "DELETE /api/v1/apps/0oa1", status: 204},
		exchange{want: "DELETE /api/v1/apps/0oa2", status: 500, answer: failed},
		exchange{want: "DELETE /api/v1/apps/0oa2", status: 500, answer: failed},
	)
	assert.NilError(t, c.DeactivateApp(t.Context(), "0oa 1"))
	assert.NilError(t, c.DeleteApp(t.Context(), "0oa1"))
	err := c.DeleteApp(t.Context(), "0oa2")
	assert.Check(t, refused(err, codesInternal), "error %v after two failures", err)
}
