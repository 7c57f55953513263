package signintest

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// otherCredential gives the integration the credential of another app.
func otherCredential(t *testing.T, o *kit.Org) {
	t.Helper()
	other := kit.Must(o.Okta.CreateApp(t.Context(), okta.NewApp{
		Label: "Another app", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"http://localhost:8080/"},
	}))(t)
	config := kit.Must(o.Genesys.IntegrationConfig(t.Context(), o.Integration))(t)
	id := slices.Collect(maps.Values(config.Credentials))[0] // it has one
	stored := kit.Must(o.Genesys.Credential(t.Context(), id))(t)
	types := kit.Must(o.Genesys.CredentialTypes(t.Context()))(t)
	fields := map[string]guide.Secret{}
	for _, kind := range types {
		if kind.Name != stored.Type && kind.ID != stored.Type {
			continue
		}
		for field := range kind.Fields {
			fields[field] = apiclient.Unguarded(other.ClientID)
			if strings.Contains(strings.ToLower(field), "secret") {
				fields[field] = other.ClientSecret
			}
		}
	}
	kit.Must(o.Genesys.UpdateCredential(t.Context(), id, genesys.NewCredential{Name: stored.Name, Type: stored.Type, Fields: fields}))(t)
}

// zone lets the app's client call from one network zone only.
func zone(id func(*kit.Org) string) kit.Damage {
	return func(t *testing.T, o *kit.Org) {
		t.Helper()
		kit.AppSetting("network", map[string]any{"connection": "ZONE", "include": []string{id(o)}})(t, o)
	}
}

// redirectTo registers another redirect URI in place of the one that is tested.
func redirectTo(change func(string) string) kit.Damage {
	return kit.ChangeApp(func(app *okta.App) { app.RedirectURIs[0] = change(app.RedirectURIs[0]) })
}

func requirePKCE(app *okta.App) { app.PKCERequired = true }

func dropPolicies(t *testing.T, o *kit.Org) {
	t.Helper()
	servers := kit.Must(o.Okta.AuthorizationServers(t.Context()))(t)
	for _, server := range servers {
		policies := kit.Must(o.Okta.Policies(t.Context(), server.ID))(t)
		for _, p := range policies {
			o.Call(t, http.MethodDelete, "/api/v1/authorizationServers/"+server.ID+"/policies/"+p.ID, "")
		}
	}
}

func deleteIntegration(t *testing.T, o *kit.Org) {
	t.Helper()
	o.Call(t, http.MethodDelete, o.IntegrationPath(), "")
}

// authenticationOffLive publishes a version that signs no one in, and the deployment uses it.
var authenticationOffLive = kit.All(kit.Publish(false), kit.UseVersion("2"))

// useOldVersion publishes a version that signs visitors in, which the deployment does not use.
var useOldVersion = kit.All(authenticationOffLive, kit.Publish(true))

// atOkta and atGenesys spoil the calls of a path.
func atOkta(path string, f simkit.Fault) kit.Damage {
	f.Path = regexp.MustCompile(path)
	return func(_ *testing.T, o *kit.Org) { o.Sim.Okta().Faults.Add(f) }
}

func atGenesys(path string, f simkit.Fault) kit.Damage {
	f.Path = regexp.MustCompile(path)
	return func(_ *testing.T, o *kit.Org) { o.Sim.Genesys().Faults.Add(f) }
}

// newSecret lets the wizard know the app's newest secret, which Genesys Cloud doesn't.
func newSecret(t *testing.T, w *world) {
	t.Helper()
	w.setup.Secret = w.newestSecret(t)
}

// authMethod is what the wizard knows of the app's client authentication.
func authMethod(method string) func(*testing.T, *world) {
	return func(_ *testing.T, w *world) { w.setup.AuthMethod = method }
}

func onlyWWW(d *genesys.Deployment) { d.AllowedDomains = []string{"www.acme.test"} }

// inError has Genesys Cloud report the integration as ERROR.
func inError(breaks kit.Damage) kit.Damage {
	return func(t *testing.T, o *kit.Org) {
		t.Helper()
		breaks(t, o)
		shown := o.Call(t, http.MethodGet, o.IntegrationPath(), "")
		shown["reportedState"] = map[string]any{"code": "ERROR"}
		body := kit.Must(json.Marshal(shown))(t)
		atGenesys(o.IntegrationPath()+"$", simkit.Fault{Method: http.MethodGet, Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: string(body)})(t, o)
	}
}

var postMethod = kit.ChangeApp(func(app *okta.App) { app.TokenAuthMethod = "client_secret_post" })
