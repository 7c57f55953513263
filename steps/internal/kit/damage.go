package kit

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/simulator/simtest"
)

// Org is a simulator in which the whole guide has run, and its admins.
type Org struct {
	Sim     *simulator.Server
	Okta    *okta.Client
	Genesys *genesys.Client

	App, Integration, Configuration, Deployment string // the IDs of what the guide made
}

// Damage breaks something that the guide made.
type Damage func(*testing.T, *Org)

// Call is an admin's call of either service, as its path says, that the clients of this program do not have.
func (o *Org) Call(t *testing.T, method, path, body string) map[string]any {
	t.Helper()
	host := o.Sim.OktaURL()
	if strings.HasPrefix(path, "/api/v2/") {
		host = o.Sim.GenesysURL()
	}
	return simtest.Call(t, o.Sim, method, host+path, body)
}

// AppPath is the path of the app integration.
func (o *Org) AppPath() string { return "/api/v1/apps/" + o.App }

// IntegrationPath is the path of the integration.
func (o *Org) IntegrationPath() string { return "/api/v2/integrations/" + o.Integration }

// RotateSecret makes the app a new client secret and takes the old one away.
func RotateSecret(t *testing.T, o *Org) {
	t.Helper()
	secrets := o.AppPath() + "/credentials/secrets"
	old := Must(o.Okta.AppSecrets(t.Context(), o.App))(t)
	o.Call(t, http.MethodPost, secrets, "{}")
	for _, s := range old {
		o.Call(t, http.MethodPost, secrets+"/"+s.ID+"/lifecycle/deactivate", "")
		o.Call(t, http.MethodDelete, secrets+"/"+s.ID, "")
	}
}

// ChangeApp changes the app at Okta.
func ChangeApp(change func(*okta.App)) Damage {
	return func(t *testing.T, o *Org) {
		t.Helper()
		app := Must(o.Okta.App(t.Context(), o.App))(t)
		change(&app)
		Must(o.Okta.UpdateApp(t.Context(), app))(t)
	}
}

// PutApp changes the app's OAuth client where the wizard itself changes nothing.
func PutApp(change func(credentials, settings map[string]any)) Damage {
	return func(t *testing.T, o *Org) {
		t.Helper()
		app := o.Call(t, http.MethodGet, o.AppPath(), "")
		client := func(part string) map[string]any { return app[part].(map[string]any)["oauthClient"].(map[string]any) }
		change(client("credentials"), client("settings"))
		for _, member := range []string{"universalLogout", "_links"} {
			delete(app, member)
		}
		body := Must(json.Marshal(apiclient.Object(app).WithoutNulls()))(t)
		o.Call(t, http.MethodPut, o.AppPath(), string(body))
	}
}

// AppSetting changes a setting of the app's client.
func AppSetting(name string, value any) Damage {
	return PutApp(func(_, settings map[string]any) { settings[name] = value })
}

// DeactivateApp deactivates the app.
func DeactivateApp(t *testing.T, o *Org) {
	t.Helper()
	o.Call(t, http.MethodPost, o.AppPath()+"/lifecycle/deactivate", "{}")
}

// DeleteApp deletes the app.
func DeleteApp(t *testing.T, o *Org) {
	t.Helper()
	DeactivateApp(t, o)
	o.Call(t, http.MethodDelete, o.AppPath(), "")
}

// Unassign takes the app from all groups.
func Unassign(t *testing.T, o *Org) {
	t.Helper()
	for _, id := range Must(o.Okta.AppGroups(t.Context(), o.App))(t) {
		o.Call(t, http.MethodDelete, o.AppPath()+"/groups/"+id, "")
	}
}

// WeakKeys has the authorization server publish a key of 1024 bits with the ID of the real one.
func WeakKeys(t *testing.T, o *Org) {
	t.Helper()
	set := o.Call(t, http.MethodGet, "/oauth2/default/v1/keys", "")
	key := set["keys"].([]any)[0].(map[string]any)
	key["n"] = base64.RawURLEncoding.EncodeToString(bytes.Repeat([]byte{0xfd}, 1024/8))
	body := Must(json.Marshal(map[string]any{"keys": []any{key}}))(t)
	KeysAnswer(simkit.Fault{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: string(body)})(t, o)
}

// KeysAnswer has the signing keys answer something else.
func KeysAnswer(f simkit.Fault) Damage {
	f.Method, f.Path = http.MethodGet, regexp.MustCompile("/v1/keys$")
	return func(_ *testing.T, o *Org) { o.Sim.Okta().Faults.Add(f) }
}

// DisableIntegration sets the integration to inactive.
func DisableIntegration(t *testing.T, o *Org) {
	t.Helper()
	o.Call(t, http.MethodPatch, o.IntegrationPath(), `{"intendedState":"DISABLED"}`)
}

// ChangeSettings changes the integration's settings.
func ChangeSettings(change func(*Org, *genesys.IntegrationConfig)) Damage {
	return func(t *testing.T, o *Org) {
		t.Helper()
		config := Must(o.Genesys.IntegrationConfig(t.Context(), o.Integration))(t)
		change(o, &config)
		Must(o.Genesys.UpdateIntegrationConfig(t.Context(), o.Integration, config))(t)
	}
}

// DiscoverAt gives the integration another Discovery URI; {okta} stands for the org.
func DiscoverAt(uri string) Damage {
	return ChangeSettings(func(o *Org, config *genesys.IntegrationConfig) {
		for key, value := range config.Properties {
			if text, ok := value.(string); ok && strings.Contains(text, "/.well-known/") {
				config.Properties[key] = strings.ReplaceAll(uri, "{okta}", o.Sim.OktaURL())
			}
		}
	})
}

// DropCredential deletes the integration's credential.
func DropCredential(t *testing.T, o *Org) {
	t.Helper()
	config := Must(o.Genesys.IntegrationConfig(t.Context(), o.Integration))(t)
	for _, id := range config.Credentials {
		assert.NilError(t, o.Genesys.DeleteCredential(t.Context(), id))
	}
}

// Publish publishes a version with authentication on or off.
func Publish(on bool) Damage {
	return func(t *testing.T, o *Org) {
		t.Helper()
		draft := Must(o.Genesys.Draft(t.Context(), o.Configuration))(t)
		draft.Auth = &genesys.AuthenticationSettings{Enabled: on, IntegrationID: o.Integration}
		Must(o.Genesys.UpdateDraft(t.Context(), draft))(t)
		Must(o.Genesys.Publish(t.Context(), o.Configuration))(t)
	}
}

// Deploy changes the deployment.
func Deploy(change func(*genesys.Deployment)) Damage {
	return func(t *testing.T, o *Org) {
		t.Helper()
		d := Must(o.Genesys.Deployment(t.Context(), o.Deployment))(t)
		change(&d)
		Must(o.Genesys.UpdateDeployment(t.Context(), d))(t)
	}
}

// UseVersion has the deployment use a version of its configuration.
func UseVersion(version string) Damage {
	return Deploy(func(d *genesys.Deployment) { d.ConfigurationVersion = version })
}

// All breaks one thing after the other.
func All(breaks ...Damage) Damage {
	return func(t *testing.T, o *Org) {
		t.Helper()
		for _, b := range breaks {
			b(t, o)
		}
	}
}
