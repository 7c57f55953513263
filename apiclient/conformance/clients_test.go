package conformance

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
)

// must returns what a client answered, if it answered.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		assert.NilError(t, err)
		return v
	}
}

// TestOktaClient makes every call that the client can make, also those that no step makes.
func TestOktaClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 8})
	base := must[*url.URL](t)(url.Parse(w.sim.OktaURL()))
	c := must[*okta.Client](t)(okta.New(okta.Config{Org: base, Token: apiclient.NewSecret(w.sim.Credentials().OktaToken)}))
	ctx := t.Context()

	must[okta.Organization](t)(c.Organization(ctx))
	me := must[okta.User](t)(c.Me(ctx))
	must[[]okta.Role](t)(c.Roles(ctx, me.ID))
	must[okta.Org](t)(c.Org(ctx))
	must[[]okta.Group](t)(c.Groups(ctx, ""))
	group := must[[]okta.Group](t)(c.Groups(ctx, "Web"))[0]
	must[okta.Group](t)(c.Group(ctx, group.ID))

	app := must[okta.App](t)(c.CreateApp(ctx, okta.NewApp{
		Label: "Chat", GrantTypes: []string{"authorization_code", "refresh_token"}, RedirectURIs: []string{"https://www.acme.test/"},
		LogoutURIs: []string{"https://www.acme.test/"}, ManagedBy: "a test", AdminNote: "made by a test",
	}))
	must[[]okta.App](t)(c.Apps(ctx, ""))
	for _, each := range must[[]okta.App](t)(c.Apps(ctx, "Customer")) {
		must[okta.App](t)(c.UpdateApp(ctx, each))
	}
	read := must[okta.App](t)(c.App(ctx, app.ID))
	read.GrantTypes, read.LogoutURIs = []string{"authorization_code"}, nil
	must[okta.App](t)(c.UpdateApp(ctx, read))
	must[[]okta.AppSecret](t)(c.AppSecrets(ctx, app.ID))
	secret := must[okta.AppSecret](t)(c.CreateAppSecret(ctx, app.ID))
	must[okta.AppSecret](t)(c.AppSecret(ctx, app.ID, secret.ID))
	must[okta.AppSecret](t)(c.DeactivateAppSecret(ctx, app.ID, secret.ID))
	must[okta.AppSecret](t)(c.ActivateAppSecret(ctx, app.ID, secret.ID))
	must[okta.AppSecret](t)(c.DeactivateAppSecret(ctx, app.ID, secret.ID))
	assert.NilError(t, c.DeleteAppSecret(ctx, app.ID, secret.ID))
	assert.NilError(t, c.AssignGroup(ctx, app.ID, group.ID))
	must[[]string](t)(c.AppGroups(ctx, app.ID))
	alice := must[okta.User](t)(c.User(ctx, visitor))
	assert.NilError(t, c.AssignUser(ctx, app.ID, alice.ID))
	must[[]okta.AppUser](t)(c.AppUsers(ctx, app.ID))
	must[okta.AppUser](t)(c.AppUser(ctx, app.ID, alice.ID))

	server := must[[]okta.AuthorizationServer](t)(c.AuthorizationServers(ctx))[0]
	must[okta.AuthorizationServer](t)(c.AuthorizationServer(ctx, "default"))
	must[[]okta.SignInPolicy](t)(c.SignInPolicies(ctx))
	must[okta.SignInPolicy](t)(c.SignInPolicy(ctx, app.SignInPolicy))
	must[[]okta.SignInRule](t)(c.SignInRules(ctx, app.SignInPolicy))
	policy := must[okta.Policy](t)(c.CreatePolicy(ctx, server.ID, okta.Policy{Name: "Chat", Clients: []string{app.ClientID}, Priority: 1}))
	rule := must[okta.Rule](t)(c.CreateRule(ctx, server.ID, policy.ID, okta.Rule{
		Name: "Chat", Groups: []string{"EVERYONE"}, GrantTypes: []string{"authorization_code"}, Scopes: []string{"*"}, Priority: 1,
	}))
	must[[]okta.Policy](t)(c.Policies(ctx, server.ID))
	must[okta.Policy](t)(c.Policy(ctx, server.ID, policy.ID))
	must[okta.Rule](t)(c.Rule(ctx, server.ID, policy.ID, rule.ID))
	must[[]okta.Rule](t)(c.Rules(ctx, server.ID, policy.ID))

	origin := must[okta.TrustedOrigin](t)(c.CreateTrustedOrigin(ctx, okta.TrustedOrigin{Name: "Shop", Origin: "https://shop.acme.test", Scopes: []string{"CORS"}}))
	origin.Scopes = append(origin.Scopes, "REDIRECT")
	must[okta.TrustedOrigin](t)(c.UpdateTrustedOrigin(ctx, origin))
	must[[]okta.TrustedOrigin](t)(c.TrustedOrigins(ctx))
	must[okta.TrustedOrigin](t)(c.DeactivateTrustedOrigin(ctx, origin.ID))
	must[okta.TrustedOrigin](t)(c.ActivateTrustedOrigin(ctx, origin.ID))
	must[okta.TrustedOrigin](t)(c.TrustedOrigin(ctx, origin.ID))

	discovery := oidc.New(oidc.Config{Org: base})
	for _, issuer := range []string{"", "/oauth2/default"} {
		address := must[*url.URL](t)(url.Parse(base.String() + issuer + "/.well-known/openid-configuration"))
		document := must[oidc.Document](t)(discovery.Document(ctx, address))
		must[[]oidc.Key](t)(discovery.Keys(ctx, document))
		assert.NilError(t, discovery.CheckRedirect(ctx, document, app.ClientID, "https://www.acme.test/"))
		err := discovery.CheckClient(ctx, document, app.ClientID, app.ClientSecret, "https://www.acme.test/")
		assert.NilError(t, err)
		redeemAndRevoke(t, discovery, document, app)
	}
	must[[]okta.LogEvent](t)(c.Logs(ctx, okta.LogQuery{Since: time.Now().Add(-time.Hour), Filter: `eventType sw "app.oauth2"`}))
	for what, err := range map[string]error{
		"unassign the group": c.UnassignGroup(ctx, app.ID, group.ID),
		"unassign the user":  c.UnassignUser(ctx, app.ID, alice.ID),
		"delete the origin":  c.DeleteTrustedOrigin(ctx, origin.ID),
		"delete the rule":    c.DeleteRule(ctx, server.ID, policy.ID, rule.ID),
	} {
		assert.Check(t, err, what)
	}
	assert.Check(t, c.DeletePolicy(ctx, server.ID, policy.ID))
	assert.NilError(t, c.DeactivateApp(ctx, app.ID))
	assert.NilError(t, c.DeleteApp(ctx, app.ID))
	assert.NilError(t, c.RevokeToken(ctx))
	allSent(t, w.okta, "okta", "oidc")
}

const visitor = "alice@acme.test"

// redeemAndRevoke signs a visitor in and gives the tokens back.
func redeemAndRevoke(t *testing.T, c *oidc.Client, document oidc.Document, app okta.App) {
	t.Helper()
	attempt := oidc.NewAttempt()
	wish := oidc.AuthRequest{ClientID: app.ClientID, RedirectURI: "https://www.acme.test/", Scopes: []string{"openid", "profile"}, Attempt: attempt}
	browser := newCaller(t, "", "-")
	browser.do(call{
		method: "POST", path: must[string](t)(document.AuthorizeURL(wish)), body: "login=" + url.QueryEscape(visitor), status: 302, sign: "-", keep: "code=?code",
	})
	grant := oidc.Grant{Code: apiclient.NewSecret(browser.kept["code"]), Verifier: attempt.Verifier, RedirectURI: wish.RedirectURI}
	tokens := must[oidc.Tokens](t)(c.Redeem(t.Context(), document, app.ClientID, app.ClientSecret, grant))
	assert.NilError(t, c.Revoke(t.Context(), document, app.ClientID, app.ClientSecret, tokens.Access))
}

// TestGenesysClient does the same for Genesys Cloud.
func TestGenesysClient(t *testing.T) {
	t.Parallel()
	for _, seed := range []uint64{8, 9, 10} {
		w := newWorld(t, simulator.Options{Seed: seed})
		credentials := w.sim.Credentials()
		region, _, err := genesys.ParseRegion(w.sim.GenesysURL())
		assert.NilError(t, err)
		c := must[*genesys.Client](t)(genesys.New(genesys.Config{
			Region: region, ClientID: credentials.GenesysClientID, ClientSecret: apiclient.NewSecret(credentials.GenesysClientSecret),
		}))
		assert.NilError(t, c.SignIn(t.Context()))
		must[genesys.Organization](t)(c.Organization(t.Context()))
		must[[]string](t)(c.Permissions(t.Context()))
		must[[]genesys.Flow](t)(c.Flows(t.Context()))
		integrate(t, c)
		deploy(t, c)
		signInUser(t, w, region)
		messenger(t, w, region)
		allSent(t, w.genesys, "genesys")
	}
}

// signInUser makes the calls of a user who signs in with the browser.
func signInUser(t *testing.T, w *world, region genesys.Region) {
	t.Helper()
	visits := newCaller(t, "", "").http
	var to string
	c := must[*genesys.Client](t)(genesys.New(genesys.Config{Region: region, Browser: &genesys.Browser{
		ClientID: w.sim.Genesys().PKCEClientID(), Show: func(a genesys.Authorization) { to = a.URL },
		Paste: func(ctx context.Context) (string, error) {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, to+"&login_hint="+"grace@acmecc.example", nil)
			if err != nil {
				return "", err
			}
			resp, err := visits.Do(req)
			if err != nil {
				return "", err
			}
			return resp.Header.Get("Location"), resp.Body.Close()
		},
	}}))
	assert.NilError(t, c.SignIn(t.Context()))
	assert.NilError(t, c.SignOut(t.Context()))
}

func integrate(t *testing.T, c *genesys.Client) {
	t.Helper()
	ctx := t.Context()
	must[[]genesys.IntegrationType](t)(c.IntegrationTypes(ctx))
	must[[]genesys.CredentialType](t)(c.CredentialTypes(ctx))
	must[genesys.IntegrationType](t)(c.IntegrationType(ctx, "custom-rest-actions"))
	must[genesys.Schema](t)(c.PropertiesSchema(ctx, "embedded-client-app"))
	must[[]genesys.Integration](t)(c.Integrations(ctx))
	made := must[genesys.Integration](t)(c.CreateIntegration(ctx, "Test", "custom-rest-actions"))

	wish := genesys.NewCredential{Name: "Test", Type: "basicAuth", Fields: map[string]apiclient.Secret{
		"userName": apiclient.NewSecret("ada"), "password": apiclient.NewSecret("secret"),
	}}
	held := must[genesys.Credential](t)(c.CreateCredential(ctx, wish))
	must[genesys.Credential](t)(c.UpdateCredential(ctx, held.ID, wish))
	must[genesys.Credential](t)(c.Credential(ctx, held.ID))
	must[[]genesys.Credential](t)(c.Credentials(ctx))

	config := must[genesys.IntegrationConfig](t)(c.IntegrationConfig(ctx, made.ID))
	config.Credentials = map[string]string{"basicAuth": held.ID}
	must[genesys.IntegrationConfig](t)(c.UpdateIntegrationConfig(ctx, made.ID, config))
	must[genesys.Integration](t)(c.EnableIntegration(ctx, made.ID))
	must[genesys.Integration](t)(c.DisableIntegration(ctx, made.ID))
	must[genesys.Integration](t)(c.Integration(ctx, made.ID))
	assert.NilError(t, c.DeleteIntegration(ctx, made.ID))
	assert.NilError(t, c.DeleteCredential(ctx, held.ID))
}

func deploy(t *testing.T, c *genesys.Client) {
	t.Helper()
	ctx := t.Context()
	// What the organization has is sent back with every setting that it holds.
	for _, each := range must[[]genesys.Configuration](t)(c.Configurations(ctx)) {
		draft := must[genesys.Configuration](t)(c.Draft(ctx, each.ID))
		draft.Auth = &genesys.AuthenticationSettings{Enabled: true, IntegrationID: "1"}
		must[genesys.Configuration](t)(c.UpdateDraft(ctx, draft))
		must[[]genesys.Configuration](t)(c.ConfigurationVersions(ctx, each.ID))
	}
	for _, each := range must[[]genesys.Deployment](t)(c.Deployments(ctx)) {
		must[genesys.Deployment](t)(c.UpdateDeployment(ctx, must[genesys.Deployment](t)(c.Deployment(ctx, each.ID))))
		must[genesys.PublicConfig](t)(c.PublicConfig(ctx, each.ID))
	}
	made := must[genesys.Configuration](t)(c.CreateConfiguration(ctx, genesys.NewConfiguration{
		Name: "Test", Description: "A test", Languages: []string{"en-us"}, DefaultLanguage: "en-us",
		Auth: genesys.AuthenticationSettings{Enabled: true, IntegrationID: "1"},
	}))
	version := must[genesys.Configuration](t)(c.Publish(ctx, made.ID))
	must[genesys.Configuration](t)(c.ConfigurationVersion(ctx, made.ID, version.Version))
	deployment := must[genesys.Deployment](t)(c.CreateDeployment(ctx, genesys.Deployment{
		Name: "Test", ConfigurationID: made.ID, ConfigurationVersion: version.Version, AllowedDomains: []string{"www.acme.test"},
	}))
	assert.NilError(t, c.DeleteDeployment(ctx, deployment.ID))
	assert.NilError(t, c.DeleteConfiguration(ctx, made.ID))
}

// allSent fails the test when a client names an operation in its source that was not seen to succeed. A visit of
// the authorization end point never answers with success: it leads back to the page.
func allSent(t *testing.T, r *Recorder, packages ...string) {
	t.Helper()
	var source strings.Builder
	for _, name := range packages {
		files := must[[]string](t)(filepath.Glob(filepath.Join("..", name, "*.go")))
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				source.Write(must[[]byte](t)(os.ReadFile(file)))
			}
		}
	}
	sent, named := r.Exercised(), 0
	for _, id := range r.checker.Operations() {
		_, later := oktaLater[id]
		// "token" is also a member of a rule, and "userinfo" a word of other things.
		if later || id == "token" || id == "authorize" || id == "userinfo" || !strings.Contains(source.String(), `"`+id+`"`) {
			continue
		}
		named++
		assert.Check(t, slices.Contains(sent, id), "%v: %s was not sent", packages, id)
	}
	t.Logf("%v: operations named in the client %d / sent and checked %d", packages, named, len(sent))
}
