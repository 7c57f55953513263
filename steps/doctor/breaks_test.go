package doctor

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

// damage breaks something that the guide made.
type damage func(*testing.T, *world)

const policies = "/api/v1/authorizationServers/default/policies/"

// app is the path of the app integration.
func (w *world) app() string { return "/api/v1/apps/" + w.made.Okta.AppID }

// rotateSecret makes the app a new client secret and takes the old one away.
func rotateSecret(t *testing.T, w *world) {
	t.Helper()
	secrets := w.app() + "/credentials/secrets"
	old, err := w.okta.AppSecrets(t.Context(), w.made.Okta.AppID)
	assert.NilError(t, err)
	w.call(t, http.MethodPost, secrets, "{}")
	for _, s := range old {
		w.call(t, http.MethodPost, secrets+"/"+s.ID+"/lifecycle/deactivate", "")
		w.call(t, http.MethodDelete, secrets+"/"+s.ID, "")
	}
}

func redirects(uris ...string) damage {
	return func(t *testing.T, w *world) {
		t.Helper()
		a, err := w.okta.App(t.Context(), w.made.Okta.AppID)
		assert.NilError(t, err)
		a.RedirectURIs = uris
		_, err = w.okta.UpdateApp(t.Context(), a)
		assert.NilError(t, err)
	}
}

// claims sets system claims of "default".
func claims(always bool, status string, names ...string) damage {
	return func(t *testing.T, w *world) {
		t.Helper()
		all, err := w.okta.Claims(t.Context(), "default")
		assert.NilError(t, err)
		for _, c := range all {
			if slices.Contains(names, c.Name) {
				c.Always, c.Status = always, status
				_, err = w.okta.UpdateClaim(t.Context(), "default", c)
				assert.NilError(t, err)
			}
		}
	}
}

func noFederatedClaims(t *testing.T, w *world) {
	t.Helper()
	all, err := w.okta.FederatedClaims(t.Context(), w.made.Okta.AppID)
	assert.Check(t, err == nil && len(all) == 2, "%v, %v", all, err)
	for _, c := range all {
		assert.NilError(t, w.okta.DeleteFederatedClaim(t.Context(), w.made.Okta.AppID, c.ID))
	}
}

// starred allows a star for a part of a host name, where the deployment may start.
func starred(t *testing.T, w *world) {
	t.Helper()
	putApp(func(_, settings map[string]any) {
		settings["wildcard_redirect"] = "SUBDOMAIN"
		settings["redirect_uris"] = []string{"https://*.example.com/chat", "http://localhost:8080/"}
	})(t, w)
	deploy(func(d *genesys.Deployment) { d.AllowedDomains = []string{"example.com", "localhost"} })(t, w)
}

func deactivateApp(t *testing.T, w *world) {
	t.Helper()
	w.call(t, http.MethodPost, w.app()+"/lifecycle/deactivate", "{}")
}

func unassign(t *testing.T, w *world) {
	t.Helper()
	groups, err := w.okta.AppGroups(t.Context(), w.made.Okta.AppID)
	assert.NilError(t, err)
	for _, id := range groups {
		w.call(t, http.MethodDelete, w.app()+"/groups/"+id, "")
	}
}

// assignOthers leaves an empty group assigned.
func assignOthers(t *testing.T, w *world) {
	t.Helper()
	unassign(t, w)
	assert.NilError(t, w.okta.AssignGroup(t.Context(), w.made.Okta.AppID, w.group(t, "Web partners")))
}

// group is the id of the group of that name.
func (w *world) group(t *testing.T, name string) string {
	t.Helper()
	groups, err := w.okta.Groups(t.Context(), name)
	assert.NilError(t, err)
	return groups[slices.IndexFunc(groups, func(g okta.Group) bool { return g.Name == name })].ID
}

func noPolicy(t *testing.T, w *world) {
	t.Helper()
	all, err := w.okta.Policies(t.Context(), "default")
	assert.NilError(t, err)
	for _, p := range all {
		w.call(t, http.MethodPost, policies+p.ID+"/lifecycle/deactivate", "")
	}
}

// rule changes the only rule of the only policy.
func rule(from, to string) damage {
	return func(t *testing.T, w *world) {
		t.Helper()
		all, err := w.okta.Policies(t.Context(), "default")
		assert.NilError(t, err)
		rules, err := w.okta.Rules(t.Context(), "default", all[0].ID)
		assert.NilError(t, err)
		body := `{"type":"RESOURCE_ACCESS","name":"Messenger sign-in","status":"ACTIVE","priority":1,
			"conditions":{"people":{"groups":{"include":["EVERYONE"]}},"grantTypes":{"include":["authorization_code"]},"scopes":{"include":["*"]}},
			"actions":{"token":{"accessTokenLifetimeMinutes":60,"refreshTokenLifetimeMinutes":0,"refreshTokenWindowMinutes":10080}}}`
		w.call(t, http.MethodPut, policies+all[0].ID+"/rules/"+rules[0].ID, strings.Replace(body, from, to, 1))
	}
}

// ruleFor leaves a rule for one group, named by its id.
func ruleFor(group string) damage {
	return func(t *testing.T, w *world) {
		t.Helper()
		rule(`["EVERYONE"]`, `["`+w.group(t, group)+`"]`)(t, w)
	}
}

// origins changes each trusted origin.
func origins(change func(*testing.T, *world, okta.TrustedOrigin) error) damage {
	return func(t *testing.T, w *world) {
		t.Helper()
		all, err := w.okta.TrustedOrigins(t.Context())
		assert.NilError(t, err)
		for _, o := range all {
			assert.NilError(t, change(t, w, o))
		}
	}
}

var (
	untrustOrigins = origins(func(t *testing.T, w *world, o okta.TrustedOrigin) error {
		t.Helper()
		w.call(t, http.MethodPost, "/api/v1/trustedOrigins/"+o.ID+"/lifecycle/deactivate", "{}")
		w.call(t, http.MethodDelete, "/api/v1/trustedOrigins/"+o.ID, "")
		return nil
	})
	deactivateOrigins = origins(func(t *testing.T, w *world, o okta.TrustedOrigin) error {
		t.Helper()
		_, err := w.okta.DeactivateTrustedOrigin(t.Context(), o.ID)
		return err
	})
	redirectOnly = origins(func(t *testing.T, w *world, o okta.TrustedOrigin) error {
		t.Helper()
		o.Scopes = []string{"REDIRECT"}
		_, err := w.okta.UpdateTrustedOrigin(t.Context(), o)
		return err
	})
)

func disable(t *testing.T, w *world) {
	t.Helper()
	w.call(t, http.MethodPatch, "/api/v2/integrations/"+w.made.Genesys.IntegrationID, `{"intendedState":"DISABLED"}`)
}

// integration changes the integration's settings.
func integration(change func(*world, *genesys.IntegrationConfig)) damage {
	return func(t *testing.T, w *world) {
		t.Helper()
		config, err := w.genesys.IntegrationConfig(t.Context(), w.made.Genesys.IntegrationID)
		assert.NilError(t, err)
		change(w, &config)
		_, err = w.genesys.UpdateIntegrationConfig(t.Context(), w.made.Genesys.IntegrationID, config)
		assert.NilError(t, err)
	}
}

// discovery gives the integration another Discovery URI; {okta} stands for the org.
func discovery(uri string) damage {
	return integration(func(w *world, config *genesys.IntegrationConfig) {
		for key, value := range config.Properties {
			if text, ok := value.(string); ok && strings.Contains(text, "/.well-known/") {
				config.Properties[key] = strings.ReplaceAll(uri, "{okta}", w.sim.OktaURL())
			}
		}
	})
}

func notes(text string) damage {
	return integration(func(_ *world, config *genesys.IntegrationConfig) { config.Notes = text })
}

// publish makes a version with authentication on or off.
func publish(on bool) damage {
	return func(t *testing.T, w *world) {
		t.Helper()
		id := w.made.Genesys.ConfigurationID
		draft, err := w.genesys.Draft(t.Context(), id)
		assert.NilError(t, err)
		draft.Auth = &genesys.AuthenticationSettings{Enabled: on, IntegrationID: w.made.Genesys.IntegrationID}
		_, err = w.genesys.UpdateDraft(t.Context(), draft)
		assert.NilError(t, err)
		_, err = w.genesys.Publish(t.Context(), id)
		assert.NilError(t, err)
	}
}

// deploy changes the deployment.
func deploy(change func(*genesys.Deployment)) damage {
	return func(t *testing.T, w *world) {
		t.Helper()
		d, err := w.genesys.Deployment(t.Context(), w.made.Genesys.DeploymentID)
		assert.NilError(t, err)
		change(&d)
		_, err = w.genesys.UpdateDeployment(t.Context(), d)
		assert.NilError(t, err)
	}
}

func useVersion(version string) damage {
	return deploy(func(d *genesys.Deployment) { d.ConfigurationVersion = version })
}

// answersKeys has the signing keys answer something else.
func answersKeys(f simkit.Fault) damage {
	f.Method, f.Path = http.MethodGet, regexp.MustCompile(`/v1/keys$`)
	return func(_ *testing.T, w *world) { w.sim.Okta().Faults.Add(f) }
}

var noKeys = answersKeys(simkit.Fault{Status: http.StatusInternalServerError})

func deleteApp(t *testing.T, w *world) {
	t.Helper()
	deactivateApp(t, w)
	w.call(t, http.MethodDelete, w.app(), "")
}

func dropCredential(t *testing.T, w *world) {
	t.Helper()
	config, err := w.genesys.IntegrationConfig(t.Context(), w.made.Genesys.IntegrationID)
	assert.NilError(t, err)
	for _, id := range config.Credentials {
		assert.NilError(t, w.genesys.DeleteCredential(t.Context(), id))
	}
}

// otherApp names another app than the one whose credential is stored.
func otherApp(t *testing.T, w *world) {
	t.Helper()
	_, err := w.okta.CreateApp(t.Context(), okta.NewApp{Label: "Another app", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"http://localhost:8080/"}})
	assert.NilError(t, err)
}

func all(breaks ...damage) damage {
	return func(t *testing.T, w *world) {
		t.Helper()
		for _, b := range breaks {
			b(t, w)
		}
	}
}

// appOf names the app of that label to doctor.
func appOf(t *testing.T, w *world, env *setup.Session, label string) {
	t.Helper()
	apps, err := w.okta.Apps(t.Context(), label)
	assert.NilError(t, err)
	assert.NilError(t, env.Answers.Set(guide.AppName, guide.FromUser, apps[slices.IndexFunc(apps, func(a okta.App) bool { return a.Label == label })].ID))
}

// hostless is text without the simulator's ports, which differ from run to run.
func (w *world) hostless(text string) string {
	for name, address := range map[string]string{"OKTA": w.sim.OktaURL(), "GENESYS": w.sim.GenesysURL()} {
		u, _ := url.Parse(address)
		text = strings.ReplaceAll(strings.ReplaceAll(text, address, name), u.Host, name)
	}
	return strings.ReplaceAll(text, w.made.Okta.ClientID, "CLIENT")
}

// requirePKCE makes Okta refuse sign-ins without a code_challenge.
var requirePKCE = putApp(func(credentials, _ map[string]any) { credentials["pkce_required"] = true })

// appSetting changes a setting of the app's client.
func appSetting(name string, value any) damage {
	return putApp(func(_, settings map[string]any) { settings[name] = value })
}

// putApp changes the app's OAuth client where the wizard itself changes nothing.
func putApp(change func(credentials, settings map[string]any)) damage {
	return func(t *testing.T, w *world) {
		t.Helper()
		app := w.call(t, http.MethodGet, w.app(), "")
		client := func(part string) map[string]any { return app[part].(map[string]any)["oauthClient"].(map[string]any) }
		change(client("credentials"), client("settings"))
		for _, member := range []string{"id", "status", "created", "lastUpdated", "_links", "orn", "universalLogout"} {
			delete(app, member)
		}
		body, err := json.Marshal(bare(app))
		assert.NilError(t, err)
		w.call(t, http.MethodPut, w.app(), string(body))
	}
}

// bare is an object without the members that are null, which Okta's definition refuses in a request.
func bare(o map[string]any) map[string]any {
	for key, value := range o {
		if inner, ok := value.(map[string]any); ok {
			bare(inner)
		} else if value == nil {
			delete(o, key)
		}
	}
	return o
}

// weakKeys has the authorization server publish a key of 1024 bits.
func weakKeys(t *testing.T, w *world) {
	t.Helper()
	key := map[string]string{"kty": "RSA", "kid": "short", "use": "sig", "e": "AQAB", "n": base64.RawURLEncoding.EncodeToString(bytes.Repeat([]byte{0xfd}, 1024/8))}
	body, err := json.Marshal(map[string]any{"keys": []any{key}})
	assert.NilError(t, err)
	answersKeys(simkit.Fault{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: string(body)})(t, w)
}
