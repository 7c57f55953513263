package okta

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/testkit/contract"
)

// fixture is one recording of a real answer.
type fixture struct {
	Request  struct{ Method, URL string }
	Response struct {
		Status int
		Link   []string
		Body   json.RawMessage
	}
}

// replays are the recordings, each with the call that decodes it and what must come of it. Where this client
// has no call of the recorded kind, another one with the same shape reads it, so the request is not compared.
var replays = map[string]struct {
	otherCall bool
	play      func(*testing.T, *Client)
}{
	"app-create-web.json": {play: func(t *testing.T, c *Client) {
		app, err := c.CreateApp(t.Context(), NewApp{Label: "x"})
		assert.NilError(t, err)
		isWebApp(t, app, "0oauj9lg4agWPja6L1d7")
		assert.Check(t, is.Equal(len(app.ClientSecret.Reveal()), 64), "the secret isn't read")
	}},
	"app-get-web.json": {play: func(t *testing.T, c *Client) {
		app, err := c.App(t.Context(), "0oauj9hdwf8GdTT721d7")
		assert.NilError(t, err)
		isWebApp(t, app, "0oauj9hdwf8GdTT721d7")
	}},
	"app-list-q.json": {play: func(t *testing.T, c *Client) {
		apps, err := c.Apps(t.Context(), "testAcc_2849725357")
		assert.NilError(t, err)
		isWebApp(t, apps[0], "0oauj8tp5riBurwRW1d7")
	}},
	"app-put-web.json": {play: func(t *testing.T, c *Client) {
		app, err := c.UpdateApp(t.Context(), App{ID: "0oax7ity1uS56yL1g1d7", Whole: apiclient.Keep(apiclient.Object{"id": "0oa1", "name": "oidc_client"})})
		assert.NilError(t, err)
		isWebApp(t, app, "0oax7ity1uS56yL1g1d7")
	}},
	"app-deactivate.json": {play: func(t *testing.T, c *Client) {
		assert.NilError(t, c.DeactivateApp(t.Context(), "0oazt3ek923zU3eoo1d7"))
	}},
	"app-delete.json": {play: func(t *testing.T, c *Client) {
		assert.NilError(t, c.DeleteApp(t.Context(), "0oazt3ek923zU3eoo1d7"))
	}},
	"app-policy-assign.json": {otherCall: true, play: func(t *testing.T, c *Client) {
		assert.NilError(t, c.DeactivateApp(t.Context(), "0oazt3ek923zU3eoo1d7"))
	}},
	"app-group-put.json": {play: func(t *testing.T, c *Client) {
		assert.NilError(t, c.AssignGroup(t.Context(), "0oauj8lxpakUbVDPF1d7", "00guj90kg96LqOIHe1d7"))
	}},
	"app-groups-list.json": {play: func(t *testing.T, c *Client) {
		ids, err := c.AppGroups(t.Context(), "0oauj8lxpakUbVDPF1d7")
		assert.NilError(t, err)
		same(t, ids, []string{"00guj90kg96LqOIHe1d7", "00guj8zou7VWfrcSU1d7", "00guj8ne98IJOkphV1d7"})
	}},
	"app-secrets-list.json": {play: func(t *testing.T, c *Client) {
		secrets, err := c.AppSecrets(t.Context(), "0oauj8tp5riBurwRW1d7")
		assert.NilError(t, err)
		if s := secrets[0]; s.ID != "ocsuj8tp6o6jNsfWb1d7" || s.Status != "ACTIVE" || len(s.Secret.Reveal()) != 64 || s.Created.Year() != 2026 {
			t.Errorf("secret %+v", s)
		}
	}},
	"authserver-default.json": {play: func(t *testing.T, c *Client) {
		server, err := c.AuthorizationServer(t.Context(), "default")
		assert.NilError(t, err)
		same(t, server, AuthorizationServer{
			ID: "aus5ysislgkVBE0FS1d7", Name: "default", Issuer: "https://example.okta.com/oauth2/default", IssuerMode: "DYNAMIC",
			Status: "ACTIVE", Default: true,
		})
	}},
	"authserver-no-feature-401.json": {play: func(t *testing.T, c *Client) {
		_, err := c.AuthorizationServer(t.Context(), "default")
		assert.Check(t, NoFeature(err) && !BadToken(err) && !Forbidden(err), "error %v", err)
	}},
	"authserver-policy-create.json": {play: func(t *testing.T, c *Client) {
		policy, err := c.CreatePolicy(t.Context(), "auskwqyfd9HSBL1GK1d7", Policy{Name: "test"})
		assert.NilError(t, err)
		same(t, policy, Policy{
			ID: "00pkwr49mpiqCoTNk1d7", Name: "test", Status: "ACTIVE", Priority: 1, Clients: []string{"ALL_CLIENTS"},
		})
	}},
	"authserver-rule-create.json": {play: func(t *testing.T, c *Client) {
		rule, err := c.CreateRule(t.Context(), "auskwr55bgnmze9pl1d7", "00pkwr3eqfqGWWJgE1d7", Rule{Name: "Test Policy Rule 00"})
		assert.NilError(t, err)
		same(t, rule, Rule{
			ID: "0prkwr49krIahPyM11d7", Name: "Test Policy Rule 00", Status: "ACTIVE", Priority: 1,
			Groups: []string{"00g5qwjvgrD3WR89l1d7"}, NotUsers: []string{}, GrantTypes: []string{"implicit"}, Scopes: []string{}, AccessMinutes: 60,
		})
	}},
	"error-400-app.json": {play: func(t *testing.T, c *Client) {
		_, err := c.CreateApp(t.Context(), NewApp{})
		e, ok := apiclient.AsError(err)
		assert.Check(t, ok && Invalid(err) && e.RequestID == "oaeQJGrGxGOQRq8mmBEtlqWgQ" && len(e.Causes) == 1,
			"error %v", err)
	}},
	"error-404.json": {otherCall: true, play: func(t *testing.T, c *Client) {
		_, err := c.App(t.Context(), "0oawba49c2GqbpmF11d7")
		assert.Check(t, NotFound(err), "error %v", err)
	}},
	"group-everyone.json": {play: func(t *testing.T, c *Client) {
		groups, err := c.Groups(t.Context(), "Everyone")
		assert.NilError(t, err)
		assert.Check(t, len(groups) == 1 && groups[0].Everyone() && groups[0].ID == "00grukswgl0PysDmZ1d7",
			"groups %+v", groups)
	}},
	"oauth-authorization-server-metadata.json": {otherCall: true, play: func(t *testing.T, c *Client) {
		_, err := c.Organization(t.Context())
		malformed(t, err, "getWellknownOrgMetadata", "ID of an org")
	}},
	"okta-organization.json": {play: func(t *testing.T, c *Client) {
		organization, err := c.Organization(t.Context())
		assert.NilError(t, err)
		same(t, organization, Organization{ID: "00otivnuq1X5554yc1d7", Pipeline: "idx", URL: "https://example.okta.com"})
	}},
	"page-next-link.json": {otherCall: true, play: func(t *testing.T, c *Client) {
		// The same answer comes for the next page, so the list has no end.
		ids, err := c.AppGroups(t.Context(), "any")
		assert.Check(t, ids == nil && errors.Is(err, apiclient.ErrIncompleteList), "got %v, %v", ids, err)
	}},
	"trusted-origin-create.json": {play: func(t *testing.T, c *Client) {
		origin, err := c.CreateTrustedOrigin(t.Context(), TrustedOrigin{Name: "x"})
		assert.NilError(t, err)
		same(t, origin, TrustedOrigin{
			ID: "toskwu48f34jYmUwY1d7", Name: "testAcc-2916279572", Origin: "https://examplesss.com",
			Status: "ACTIVE", Scopes: []string{"CORS", "REDIRECT"}, Created: time.Date(2025, 3, 14, 3, 12, 16, 0, time.UTC),
		})
	}},
	"user-roles.json": {play: func(t *testing.T, c *Client) {
		roles, err := c.Roles(t.Context(), "00uckrkgacFVeTUJW0x7")
		assert.NilError(t, err)
		same(t, roles, []Role{
			{"Application Administrator", "APP_ADMIN", "ACTIVE"},
			{"Super Administrator", "SUPER_ADMIN", "ACTIVE"},
		})
	}},
}

func isWebApp(t *testing.T, app App, id string) {
	t.Helper()
	if app.ID != id || app.ClientID != id || app.ApplicationType != "web" || app.Created.Year() != 2026 ||
		app.TokenAuthMethod != "client_secret_basic" || len(app.RedirectURIs) != 1 || app.RedirectURIs[0] != "http://d.com/" {
		t.Errorf("app %+v", app)
	}
}

func TestRecordings(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(contract.Folder(), "okta-fixtures")
	files, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the recordings are absent: MSGSSO_CONTRACT names the folder that holds okta-fixtures")
	}
	assert.NilError(t, err)
	for _, file := range files {
		t.Run(file.Name(), func(t *testing.T) {
			t.Parallel()
			replay, known := replays[file.Name()]
			assert.Assert(t, known, "no call reads this recording")
			data, err := os.ReadFile(filepath.Join(folder, file.Name()))
			assert.NilError(t, err)
			var f fixture
			assert.NilError(t, json.Unmarshal(data, &f))
			replay.play(t, client(t, f.serve(t, !replay.otherCall)))
		})
	}
}

// serve answers every request with the recording and returns the address.
func (f fixture) serve(t *testing.T, compare bool) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u, err := url.Parse(f.Request.URL)
		if err != nil {
			t.Error(err)
			return
		}
		assert.Check(t, !compare || r.Method == f.Request.Method && r.URL.Path == u.Path,
			"request %s %s, recorded is %s %s", r.Method, r.URL.Path, f.Request.Method, u.Path)
		for _, link := range f.Response.Link {
			w.Header().Add("Link", strings.ReplaceAll(link, "https://example.okta.com", "http://"+r.Host))
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(f.Response.Status)
		if f.Response.Status != http.StatusNoContent {
			w.Write(f.Response.Body) //nolint:errcheck // the client reports it
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}
