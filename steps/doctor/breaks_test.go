package doctor

import (
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

// rotateSecret makes the app a new client secret and takes the old one away.
func rotateSecret(t *testing.T, w *world) {
	t.Helper()
	secrets := w.sim.OktaURL() + "/api/v1/apps/" + w.made.Okta.AppID + "/credentials/secrets"
	old, err := w.okta.AppSecrets(t.Context(), w.made.Okta.AppID)
	assert.NilError(t, err)
	w.call(t, http.MethodPost, secrets, "{}")
	for _, s := range old {
		w.call(t, http.MethodPost, secrets+"/"+s.ID+"/lifecycle/deactivate", "")
		w.call(t, http.MethodDelete, secrets+"/"+s.ID, "")
	}
}

// app changes the app integration.
func app(change func(*okta.App)) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		a, err := w.okta.App(t.Context(), w.made.Okta.AppID)
		assert.NilError(t, err)
		change(&a)
		_, err = w.okta.UpdateApp(t.Context(), a)
		assert.NilError(t, err)
	}
}

func redirects(uris ...string) func(*testing.T, *world) {
	return app(func(a *okta.App) { a.RedirectURIs = uris })
}

// anySubdomain registers the redirect URIs, one of which may have a star.
func anySubdomain(uris ...string) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		w.putApp(t, func(_, settings map[string]any) {
			settings["wildcard_redirect"] = "SUBDOMAIN"
			settings["redirect_uris"] = uris
		})
	}
}

func deactivateApp(t *testing.T, w *world) {
	t.Helper()
	w.call(t, http.MethodPost, w.sim.OktaURL()+"/api/v1/apps/"+w.made.Okta.AppID+"/lifecycle/deactivate", "{}")
}

func unassign(t *testing.T, w *world) {
	t.Helper()
	groups, err := w.okta.AppGroups(t.Context(), w.made.Okta.AppID)
	assert.NilError(t, err)
	for _, id := range groups {
		w.call(t, http.MethodDelete, w.sim.OktaURL()+"/api/v1/apps/"+w.made.Okta.AppID+"/groups/"+id, "")
	}
}

// assignOthers leaves a group assigned in which nobody is.
func assignOthers(t *testing.T, w *world) {
	t.Helper()
	unassign(t, w)
	groups, err := w.okta.Groups(t.Context(), "Web partners")
	assert.NilError(t, err)
	assert.NilError(t, w.okta.AssignGroup(t.Context(), w.made.Okta.AppID, groups[0].ID))
}

func policies(t *testing.T, w *world) string {
	t.Helper()
	servers, err := w.okta.AuthorizationServers(t.Context())
	assert.NilError(t, err)
	return w.sim.OktaURL() + "/api/v1/authorizationServers/" + servers[0].ID + "/policies"
}

func noPolicy(t *testing.T, w *world) {
	t.Helper()
	all, err := w.okta.Policies(t.Context(), "default")
	assert.NilError(t, err)
	for _, p := range all {
		w.call(t, http.MethodPost, policies(t, w)+"/"+p.ID+"/lifecycle/deactivate", "")
	}
}

// rule changes the only rule of the only policy.
func rule(from, to string) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		all, err := w.okta.Policies(t.Context(), "default")
		assert.NilError(t, err)
		rules, err := w.okta.Rules(t.Context(), "default", all[0].ID)
		assert.NilError(t, err)
		body := `{"type":"RESOURCE_ACCESS","name":"Messenger sign-in","status":"ACTIVE","priority":1,
			"conditions":{"people":{"groups":{"include":["EVERYONE"]}},"grantTypes":{"include":["authorization_code"]},"scopes":{"include":["*"]}},
			"actions":{"token":{"accessTokenLifetimeMinutes":60,"refreshTokenLifetimeMinutes":0,"refreshTokenWindowMinutes":10080}}}`
		w.call(t, http.MethodPut, policies(t, w)+"/"+all[0].ID+"/rules/"+rules[0].ID, strings.Replace(body, from, to, 1))
	}
}

// ruleForOthers leaves a rule for a group in which nobody is.
func ruleForOthers(t *testing.T, w *world) {
	t.Helper()
	groups, err := w.okta.Groups(t.Context(), "Web partners")
	assert.NilError(t, err)
	rule(`["EVERYONE"]`, `["`+groups[0].ID+`"]`)(t, w)
}

// ruleForTheEveryoneGroup names the group of everyone by its id.
func ruleForTheEveryoneGroup(t *testing.T, w *world) {
	t.Helper()
	groups, err := w.okta.Groups(t.Context(), "Everyone")
	assert.NilError(t, err)
	rule(`["EVERYONE"]`, `["`+groups[slices.IndexFunc(groups, okta.Group.Everyone)].ID+`"]`)(t, w)
}

func untrustOrigins(t *testing.T, w *world) {
	t.Helper()
	all, err := w.okta.TrustedOrigins(t.Context())
	assert.NilError(t, err)
	for _, o := range all {
		w.call(t, http.MethodPost, w.sim.OktaURL()+"/api/v1/trustedOrigins/"+o.ID+"/lifecycle/deactivate", "{}")
		w.call(t, http.MethodDelete, w.sim.OktaURL()+"/api/v1/trustedOrigins/"+o.ID, "")
	}
}

func deactivateOrigins(t *testing.T, w *world) {
	t.Helper()
	all, err := w.okta.TrustedOrigins(t.Context())
	assert.NilError(t, err)
	for _, o := range all {
		_, err := w.okta.DeactivateTrustedOrigin(t.Context(), o.ID)
		assert.NilError(t, err)
	}
}

func redirectOnly(t *testing.T, w *world) {
	t.Helper()
	all, err := w.okta.TrustedOrigins(t.Context())
	assert.NilError(t, err)
	for _, o := range all {
		o.Scopes = []string{"REDIRECT"}
		_, err := w.okta.UpdateTrustedOrigin(t.Context(), o)
		assert.NilError(t, err)
	}
}

func disable(t *testing.T, w *world) {
	t.Helper()
	w.call(t, http.MethodPatch, w.sim.GenesysURL()+"/api/v2/integrations/"+w.made.Genesys.IntegrationID, `{"intendedState":"DISABLED"}`)
}

// discovery gives the integration another Discovery URI; {okta} stands for the org.
func discovery(uri string) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		id := w.made.Genesys.IntegrationID
		config, err := w.genesys.IntegrationConfig(t.Context(), id)
		assert.NilError(t, err)
		for key, value := range config.Properties {
			if text, ok := value.(string); ok && strings.Contains(text, "/.well-known/") {
				config.Properties[key] = strings.ReplaceAll(uri, "{okta}", w.sim.OktaURL())
			}
		}
		_, err = w.genesys.UpdateIntegrationConfig(t.Context(), id, config)
		assert.NilError(t, err)
	}
}

// publish makes a version with authentication on or off.
func publish(on bool) func(*testing.T, *world) {
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
func deploy(change func(*genesys.Deployment)) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		t.Helper()
		d, err := w.genesys.Deployment(t.Context(), w.made.Genesys.DeploymentID)
		assert.NilError(t, err)
		change(&d)
		_, err = w.genesys.UpdateDeployment(t.Context(), d)
		assert.NilError(t, err)
	}
}

func pin(version string) func(*testing.T, *world) {
	return deploy(func(d *genesys.Deployment) { d.ConfigurationVersion = version })
}

func noKeys(_ *testing.T, w *world) {
	w.sim.Okta().Faults.Add(simkit.Fault{Method: http.MethodGet, Path: regexp.MustCompile(`/v1/keys$`), Status: http.StatusInternalServerError})
}

// otherApp names another app than the one whose credential is stored.
func otherApp(t *testing.T, w *world) {
	t.Helper()
	_, err := w.okta.CreateApp(t.Context(), okta.NewApp{Label: "Another app", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"http://localhost:8080/"}})
	assert.NilError(t, err)
}

func all(breaks ...func(*testing.T, *world)) func(*testing.T, *world) {
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
func (w *world) requirePKCE(t *testing.T) {
	t.Helper()
	w.putApp(t, func(credentials, _ map[string]any) { credentials["pkce_required"] = true })
}

// putApp changes the app's OAuth client where the wizard itself changes nothing.
func (w *world) putApp(t *testing.T, change func(credentials, settings map[string]any)) {
	t.Helper()
	address := w.sim.OktaURL() + "/api/v1/apps/" + w.made.Okta.AppID
	app := w.call(t, http.MethodGet, address, "")
	client := func(part string) map[string]any { return app[part].(map[string]any)["oauthClient"].(map[string]any) }
	change(client("credentials"), client("settings"))
	for _, member := range []string{"id", "status", "created", "lastUpdated", "_links", "orn", "universalLogout"} {
		delete(app, member)
	}
	body, err := json.Marshal(bare(app))
	assert.NilError(t, err)
	w.call(t, http.MethodPut, address, string(body))
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
