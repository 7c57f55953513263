package doctor

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/setup"
)

const policies = "/api/v1/authorizationServers/default/policies/"

func redirects(uris ...string) kit.Damage {
	return kit.ChangeApp(func(app *okta.App) { app.RedirectURIs = uris })
}

// claims sets system claims of "default".
func claims(always bool, status string, names ...string) kit.Damage {
	return func(t *testing.T, w *kit.Org) {
		t.Helper()
		all := kit.Must(w.Okta.Claims(t.Context(), "default"))(t)
		for _, c := range all {
			if slices.Contains(names, c.Name) {
				c.Always, c.Status = always, status
				kit.Must(w.Okta.UpdateClaim(t.Context(), "default", c))(t)
			}
		}
	}
}

func noFederatedClaims(t *testing.T, w *kit.Org) {
	t.Helper()
	all, err := w.Okta.FederatedClaims(t.Context(), w.App)
	assert.Check(t, err == nil && len(all) == 2, "%v, %v", all, err)
	for _, c := range all {
		assert.NilError(t, w.Okta.DeleteFederatedClaim(t.Context(), w.App, c.ID))
	}
}

// starred allows a star for a part of a host name, where the deployment may start.
func starred(t *testing.T, w *kit.Org) {
	t.Helper()
	kit.PutApp(func(_, settings map[string]any) {
		settings["wildcard_redirect"] = "SUBDOMAIN"
		settings["redirect_uris"] = []string{"https://*.example.com/chat", "http://localhost:8080/"}
	})(t, w)
	kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = []string{"example.com", "localhost"} })(t, w)
}

// assignOthers leaves an empty group assigned.
func assignOthers(t *testing.T, w *kit.Org) {
	t.Helper()
	kit.Unassign(t, w)
	assert.NilError(t, w.Okta.AssignGroup(t.Context(), w.App, groupID(t, w, "Web partners")))
}

// groupID is that of the group of that name.
func groupID(t *testing.T, w *kit.Org, name string) string {
	t.Helper()
	groups := kit.Must(w.Okta.Groups(t.Context(), name))(t)
	return groups[slices.IndexFunc(groups, func(g okta.Group) bool { return g.Name == name })].ID
}

func noPolicy(t *testing.T, w *kit.Org) {
	t.Helper()
	all := kit.Must(w.Okta.Policies(t.Context(), "default"))(t)
	for _, p := range all {
		w.Call(t, http.MethodPost, policies+p.ID+"/lifecycle/deactivate", "")
	}
}

// rule changes the only rule of the only policy.
// excluding has the rule exclude Alice, or a group.
func excluding(whom string) kit.Damage {
	return func(t *testing.T, w *kit.Org) {
		t.Helper()
		from, to := `"people":{`, `"people":{"users":{"exclude":["`+kit.Must(w.Okta.User(t.Context(), "alice@acme.test"))(t).ID+`"]},`
		if whom == "groups" {
			from, to = `"people":{"groups":{`, `"people":{"groups":{"exclude":["`+kit.Must(w.Okta.Groups(t.Context(), "Web partners"))(t)[0].ID+`"],`
		}
		rule(from, to)(t, w)
	}
}

func rule(from, to string) kit.Damage {
	return func(t *testing.T, w *kit.Org) {
		t.Helper()
		all := kit.Must(w.Okta.Policies(t.Context(), "default"))(t)
		rules := kit.Must(w.Okta.Rules(t.Context(), "default", all[0].ID))(t)
		body := `{"type":"RESOURCE_ACCESS","name":"Messenger sign-in","status":"ACTIVE","priority":1,
			"conditions":{"people":{"groups":{"include":["EVERYONE"]}},"grantTypes":{"include":["authorization_code"]},"scopes":{"include":["*"]}},
			"actions":{"token":{"accessTokenLifetimeMinutes":60,"refreshTokenLifetimeMinutes":0,"refreshTokenWindowMinutes":10080}}}`
		w.Call(t, http.MethodPut, policies+all[0].ID+"/rules/"+rules[0].ID, strings.Replace(body, from, to, 1))
	}
}

// ruleFor leaves a rule for one group, named by its id.
func ruleFor(group string) kit.Damage {
	return func(t *testing.T, w *kit.Org) {
		t.Helper()
		rule(`["EVERYONE"]`, `["`+groupID(t, w, group)+`"]`)(t, w)
	}
}

// origins changes each trusted origin.
func origins(change func(*testing.T, *kit.Org, okta.TrustedOrigin) error) kit.Damage {
	return func(t *testing.T, w *kit.Org) {
		t.Helper()
		all := kit.Must(w.Okta.TrustedOrigins(t.Context()))(t)
		for _, o := range all {
			assert.NilError(t, change(t, w, o))
		}
	}
}

var (
	untrustOrigins = origins(func(t *testing.T, w *kit.Org, o okta.TrustedOrigin) error {
		t.Helper()
		w.Call(t, http.MethodPost, "/api/v1/trustedOrigins/"+o.ID+"/lifecycle/deactivate", "{}")
		w.Call(t, http.MethodDelete, "/api/v1/trustedOrigins/"+o.ID, "")
		return nil
	})
	deactivateOrigins = origins(func(t *testing.T, w *kit.Org, o okta.TrustedOrigin) error {
		t.Helper()
		_, err := w.Okta.DeactivateTrustedOrigin(t.Context(), o.ID)
		return err
	})
	redirectOnly = origins(func(t *testing.T, w *kit.Org, o okta.TrustedOrigin) error {
		t.Helper()
		o.Scopes = []string{"REDIRECT"}
		_, err := w.Okta.UpdateTrustedOrigin(t.Context(), o)
		return err
	})
)

func notes(text string) kit.Damage {
	return kit.ChangeSettings(func(_ *kit.Org, config *genesys.IntegrationConfig) { config.Notes = text })
}

// otherApp names another app than the one whose credential is stored.
func otherApp(t *testing.T, w *kit.Org) {
	t.Helper()
	kit.Must(w.Okta.CreateApp(t.Context(), okta.NewApp{Label: "Another app", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"http://localhost:8080/"}}))(t)
}

// appOf names the app of that label to doctor.
func appOf(t *testing.T, w *world, env *setup.Session, label string) {
	t.Helper()
	apps := kit.Must(w.Okta.Apps(t.Context(), label))(t)
	assert.NilError(t, env.Answers.Set(guide.AppName, guide.FromUser, apps[slices.IndexFunc(apps, func(a okta.App) bool { return a.Label == label })].ID))
}

// hostless is text without the simulator's ports, which differ from run to run.
func (w *world) hostless(text string) string {
	for name, address := range map[string]string{"OKTA": w.Sim.OktaURL(), "GENESYS": w.Sim.GenesysURL()} {
		u, _ := url.Parse(address)
		text = strings.ReplaceAll(strings.ReplaceAll(text, address, name), u.Host, name)
	}
	text = strings.ReplaceAll(text, w.made.Okta.ClientID, "CLIENT")
	return regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d UTC`).ReplaceAllString(text, "WHEN")
}

// requirePKCE makes Okta refuse sign-ins without a code_challenge.
var requirePKCE = kit.PutApp(func(credentials, _ map[string]any) { credentials["pkce_required"] = true })

func agedSecret(_ *testing.T, w *kit.Org) { w.Sim.Okta().AgeSecrets(400 * 24 * time.Hour) }

func secondSecret(t *testing.T, w *kit.Org) {
	t.Helper()
	kit.Must(w.Okta.CreateAppSecret(t.Context(), w.App))(t)
}
