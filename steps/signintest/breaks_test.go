package signintest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// rotateSecret makes the app a new client secret and takes the old one away.
func rotateSecret(t *testing.T, w *world) {
	t.Helper()
	secrets := w.sim.OktaURL() + "/api/v1/apps/" + w.setup.AppID + "/credentials/secrets"
	old := kit.Must(w.setup.Okta.AppSecrets(t.Context(), w.setup.AppID))(t)
	simtest.Call(t, w.sim, http.MethodPost, secrets, "{}")
	for _, s := range old {
		simtest.Call(t, w.sim, http.MethodPost, secrets+"/"+s.ID+"/lifecycle/deactivate", "")
		simtest.Call(t, w.sim, http.MethodDelete, secrets+"/"+s.ID, "")
	}
}

// otherCredential gives the integration the credential of another app.
func otherCredential(t *testing.T, w *world) {
	t.Helper()
	other, err := w.setup.Okta.CreateApp(t.Context(), okta.NewApp{
		Label: "Another app", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{w.setup.RedirectURI},
	})
	assert.NilError(t, err)
	config := kit.Must(w.setup.Genesys.IntegrationConfig(t.Context(), w.env.Result(0).Genesys.IntegrationID))(t)
	id := slices.Collect(maps.Values(config.Credentials))[0] // it has one
	stored := kit.Must(w.setup.Genesys.Credential(t.Context(), id))(t)
	types := kit.Must(w.setup.Genesys.CredentialTypes(t.Context()))(t)
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
	kit.Must(w.setup.Genesys.UpdateCredential(t.Context(), id, genesys.NewCredential{Name: stored.Name, Type: stored.Type, Fields: fields}))(t)
}

// changeApp changes the app at Okta.
func changeApp(change func(*okta.App)) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		app := kit.Must(w.setup.Okta.App(t.Context(), w.setup.AppID))(t)
		change(&app)
		kit.Must(w.setup.Okta.UpdateApp(t.Context(), app))(t)
	}
}

// appSetting sets what the wizard itself never sets: a member of the app's OAuth client.
func appSetting(name string, value any) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		address := w.sim.OktaURL() + "/api/v1/apps/" + w.setup.AppID
		app := simtest.Call(t, w.sim, http.MethodGet, address, "")
		app["settings"].(map[string]any)["oauthClient"].(map[string]any)[name] = value
		for _, member := range []string{"universalLogout", "_links"} {
			delete(app, member)
		}
		body := kit.Must(json.Marshal(apiclient.Object(app).WithoutNulls()))(t)
		simtest.Call(t, w.sim, http.MethodPut, address, string(body))
	}
}

// zone lets the app's client call from one network zone only.
func zone(id func(*world) string) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		appSetting("network", map[string]any{"connection": "ZONE", "include": []string{id(w)}})(t, w)
	}
}

// redirectTo registers another redirect URI in place of the one that is tested.
func redirectTo(change func(string) string) func(*testing.T, *world) {
	return changeApp(func(app *okta.App) { app.RedirectURIs[0] = change(app.RedirectURIs[0]) })
}

func requirePKCE(app *okta.App) { app.PKCERequired = true }

func unassign(t *testing.T, w *world) {
	t.Helper()
	groups := kit.Must(w.setup.Okta.AppGroups(t.Context(), w.setup.AppID))(t)
	for _, id := range groups {
		simtest.Call(t, w.sim, http.MethodDelete, w.sim.OktaURL()+"/api/v1/apps/"+w.setup.AppID+"/groups/"+id, "")
	}
}

func dropPolicies(t *testing.T, w *world) {
	t.Helper()
	servers := kit.Must(w.setup.Okta.AuthorizationServers(t.Context()))(t)
	for _, server := range servers {
		policies := kit.Must(w.setup.Okta.Policies(t.Context(), server.ID))(t)
		for _, p := range policies {
			simtest.Call(t, w.sim, http.MethodDelete, w.sim.OktaURL()+"/api/v1/authorizationServers/"+server.ID+"/policies/"+p.ID, "")
		}
	}
}

func deleteIntegration(t *testing.T, w *world) {
	t.Helper()
	simtest.Call(t, w.sim, http.MethodDelete, w.sim.GenesysURL()+"/api/v2/integrations/"+w.env.Result(0).Genesys.IntegrationID, "")
}

func disableIntegration(t *testing.T, w *world) {
	t.Helper()
	simtest.Call(t, w.sim, http.MethodPatch, w.sim.GenesysURL()+"/api/v2/integrations/"+w.env.Result(0).Genesys.IntegrationID, `{"intendedState":"DISABLED"}`)
}

// discoverAt gives the integration another Discovery URI.
func discoverAt(uri func(*world) string) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		id := w.env.Result(0).Genesys.IntegrationID
		config := kit.Must(w.setup.Genesys.IntegrationConfig(t.Context(), id))(t)
		for key, value := range config.Properties {
			if value == w.setup.Document.URI {
				config.Properties[key] = uri(w)
			}
		}
		kit.Must(w.setup.Genesys.UpdateIntegrationConfig(t.Context(), id, config))(t)
	}
}

// publish publishes a version with authentication on or off.
func (w *world) publish(t *testing.T, on bool) string {
	t.Helper()
	id := w.env.Result(0).Genesys.ConfigurationID
	draft := kit.Must(w.setup.Genesys.Draft(t.Context(), id))(t)
	draft.Auth.Enabled = on
	kit.Must(w.setup.Genesys.UpdateDraft(t.Context(), draft))(t)
	made := kit.Must(w.setup.Genesys.Publish(t.Context(), id))(t)
	return made.Version
}

func authenticationOffLive(t *testing.T, w *world) {
	t.Helper()
	version := w.publish(t, false)
	deploy(func(d *genesys.Deployment) { d.ConfigurationVersion = version })(t, w)
}

// useOldVersion publishes a version that signs visitors in, which the deployment does not use.
func useOldVersion(t *testing.T, w *world) {
	t.Helper()
	authenticationOffLive(t, w)
	w.publish(t, true)
}

// atOkta and atGenesys spoil the calls of a path.
func atOkta(path string, f simkit.Fault) func(*testing.T, *world) {
	f.Path = regexp.MustCompile(path)
	return func(_ *testing.T, w *world) { w.sim.Okta().Faults.Add(f) }
}

func atGenesys(path string, f simkit.Fault) func(*testing.T, *world) {
	f.Path = regexp.MustCompile(path)
	return func(_ *testing.T, w *world) { w.sim.Genesys().Faults.Add(f) }
}

// blind takes the admin's sight of Genesys Cloud away, and with it all but what browsers see.
func blind(breaks func(*testing.T, *world)) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		breaks(t, w)
		w.setup.Genesys = nil
	}
}

// rotatedSecret is a new secret that the wizard knows, and Genesys Cloud doesn't.
func rotatedSecret(t *testing.T, w *world) {
	t.Helper()
	rotateSecret(t, w)
	w.setup.Secret = w.newestSecret(t)
}

// deploy changes the deployment.
func deploy(change func(*genesys.Deployment)) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		d := kit.Must(w.setup.Genesys.Deployment(t.Context(), w.setup.DeploymentID))(t)
		change(&d)
		kit.Must(w.setup.Genesys.UpdateDeployment(t.Context(), d))(t)
	}
}

func onlyWWW(d *genesys.Deployment) { d.AllowedDomains = []string{"www.acme.test"} }

func dropCredential(t *testing.T, w *world) {
	t.Helper()
	config := kit.Must(w.setup.Genesys.IntegrationConfig(t.Context(), w.env.Result(0).Genesys.IntegrationID))(t)
	for _, id := range config.Credentials {
		assert.NilError(t, w.setup.Genesys.DeleteCredential(t.Context(), id))
	}
}

// inError has Genesys Cloud report the integration as ERROR.
func inError(breaks func(*testing.T, *world)) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		breaks(t, w)
		path := "/api/v2/integrations/" + w.env.Result(0).Genesys.IntegrationID
		shown := simtest.Call(t, w.sim, http.MethodGet, w.sim.GenesysURL()+path, "")
		shown["reportedState"] = map[string]any{"code": "ERROR"}
		body := kit.Must(json.Marshal(shown))(t)
		atGenesys(path+"$", simkit.Fault{Method: http.MethodGet, Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: string(body)})(t, w)
	}
}

func postMethod(t *testing.T, w *world) {
	t.Helper()
	w.setup.AuthMethod = "client_secret_post"
	changeApp(func(app *okta.App) { app.TokenAuthMethod = w.setup.AuthMethod })(t, w)
}

func deactivateApp(t *testing.T, w *world) {
	t.Helper()
	simtest.Call(t, w.sim, http.MethodPost, w.sim.OktaURL()+"/api/v1/apps/"+w.setup.AppID+"/lifecycle/deactivate", "{}")
}

func deleteApp(t *testing.T, w *world) {
	t.Helper()
	deactivateApp(t, w)
	simtest.Call(t, w.sim, http.MethodDelete, w.sim.OktaURL()+"/api/v1/apps/"+w.setup.AppID, "")
}

// weakKeys has the authorization server publish a key of 1024 bits with the ID of the real one.
func weakKeys(t *testing.T, w *world) {
	t.Helper()
	set := simtest.Call(t, w.sim, http.MethodGet, w.setup.Document.JWKSURI, "")
	key := set["keys"].([]any)[0].(map[string]any)
	modulus := bytes.Repeat([]byte{0xfd}, 1024/8)
	key["n"] = base64.RawURLEncoding.EncodeToString(modulus)
	body := kit.Must(json.Marshal(map[string]any{"keys": []any{key}}))(t)
	atOkta("/keys$", simkit.Fault{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: string(body)})(t, w)
}
