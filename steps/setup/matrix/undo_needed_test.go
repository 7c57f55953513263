package matrix

import (
	"fmt"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
)

// what stays, and why.
const (
	needsIt   = `the app integration "Genesys Cloud Messenger" stays and needs it`
	hasPage   = `the app integration "Genesys Cloud Messenger" has a page there that signs out with it`
	visitors  = "its credential stays in Genesys Cloud, and visitors use it"
	usesIt    = `the integration "Messenger SSO (Okta)" uses it`
	signsIn   = `the configuration "%s" signs its visitors in with it`
	deployed  = `the deployment "%s" uses it`
	otherPage = "other pages use it now: " + site + "/shop"
)

// needs are what a colleague does after a run, and what undo then keeps of it, with the reason; empty: any.
var needs = map[string]struct {
	does  func(t *testing.T, c *computer, made setup.Result)
	keeps map[guide.ObjectKind]string
}{
	"nothing": {func(*testing.T, *computer, setup.Result) {}, nil},
	"a deployment of the configuration": {
		func(t *testing.T, c *computer, made setup.Result) {
			kit.Must(c.genesys.CreateDeployment(t.Context(), genesys.Deployment{
				Name: "Shop", ConfigurationID: made.Genesys.ConfigurationID, ConfigurationVersion: made.Genesys.ConfigurationVersion, AllowedDomains: []string{"shop.example.com"},
			}))(t)
		},
		// Visitors of the other deployment sign in with all of it.
		map[guide.ObjectKind]string{
			guide.KindPolicy: needsIt, guide.KindApp: visitors, guide.KindOrigin: hasPage, guide.KindCredential: usesIt,
			guide.KindConfiguration: fmt.Sprintf(deployed, "Shop"), guide.KindIntegration: fmt.Sprintf(signsIn, "Web SSO Messenger"),
		},
	},
	"a configuration with the integration": {
		func(t *testing.T, c *computer, made setup.Result) {
			simtest.Call(t, c.sim, "POST", c.sim.GenesysURL()+"/api/v2/webdeployments/configurations",
				`{"name":"Shop","languages":["en-us"],"defaultLanguage":"en-us","authenticationSettings":{"enabled":true,"integrationId":"`+made.Genesys.IntegrationID+`"}}`)
		},
		map[guide.ObjectKind]string{
			guide.KindPolicy: needsIt, guide.KindApp: visitors, guide.KindOrigin: hasPage, guide.KindCredential: usesIt,
			guide.KindIntegration: fmt.Sprintf(signsIn, "Shop"),
		},
	},
	"another domain of the deployment": {
		func(t *testing.T, c *computer, made setup.Result) {
			d := kit.Must(c.genesys.Deployment(t.Context(), made.Genesys.DeploymentID))(t)
			d.AllowedDomains = append(d.AllowedDomains, "shop.example.com")
			kit.Must(c.genesys.UpdateDeployment(t.Context(), d))(t)
		},
		map[guide.ObjectKind]string{
			guide.KindPolicy: needsIt, guide.KindApp: visitors, guide.KindOrigin: hasPage, guide.KindCredential: usesIt, guide.KindDeployment: "",
			guide.KindConfiguration: fmt.Sprintf(deployed, "Web SSO"), guide.KindIntegration: fmt.Sprintf(signsIn, "Web SSO Messenger"),
		},
	},
	"another page of the app": {
		func(t *testing.T, c *computer, made setup.Result) {
			app := kit.Must(c.okta.App(t.Context(), made.Okta.AppID))(t)
			app.RedirectURIs = append(app.RedirectURIs, site+"/shop")
			kit.Must(c.okta.UpdateApp(t.Context(), app))(t)
		},
		map[guide.ObjectKind]string{guide.KindPolicy: needsIt, guide.KindApp: otherPage, guide.KindOrigin: hasPage},
	},
	"another app in the policy": {inPolicy(`"0oa00000000000000000"`), map[guide.ObjectKind]string{guide.KindPolicy: ""}},
	"all apps in the policy":    {inPolicy(`"ALL_CLIENTS"`), map[guide.ObjectKind]string{guide.KindPolicy: ""}},
}

// inPolicy has the run's access policy cover those clients.
func inPolicy(clients string) func(*testing.T, *computer, setup.Result) {
	return func(t *testing.T, c *computer, made setup.Result) {
		if clients != `"ALL_CLIENTS"` {
			clients += `,"` + made.Okta.ClientID + `"`
		}
		policies := kit.Must(c.okta.Policies(t.Context(), "default"))(t)
		simtest.Call(t, c.sim, "PUT", c.sim.OktaURL()+"/api/v1/authorizationServers/default/policies/"+policies[0].ID,
			`{"type":"OAUTH_AUTHORIZATION_POLICY","name":"Genesys Messenger","description":"x","priority":1,"conditions":{"clients":{"include":[`+clients+`]}}}`)
	}
}

// TestUndoKeepsWhatOthersNeed undoes a run after a colleague built on what it made.
func TestUndoKeepsWhatOthersNeed(t *testing.T) {
	t.Parallel()
	for name, tc := range needs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newComputer(t, simulator.Options{}, lagPoll)
			r := c.set(t, onPage)
			tc.does(t, c, r.result)
			u := setup.NewUndo(r.session, journal.Undoing{Journal: r.journal})
			items := kit.Must(u.Plan(t.Context()))(t)
			kept := map[guide.ObjectKind]string{}
			for _, i := range items {
				if why, known := tc.keeps[i.Kind]; i.Act == engine.Keep && i.Kind != guide.KindVersion {
					assert.Check(t, i.Why != "" && (why == i.Why || known && why == ""), "%s is kept: %s", i.Kind, i.Why)
					kept[i.Kind] = why
				}
			}
			assert.Check(t, is.Equal(len(kept), len(tc.keeps)), "kept: %v", kept)
			assert.NilError(t, u.Apply(t.Context(), items, engine.NewStop(), nil))
			for _, e := range r.journal.Run().Left() {
				delete(kept, e.Kind)
				assert.Check(t, tc.keeps != nil, "the journal still has the %s", e.Kind)
			}
			assert.Check(t, is.Len(kept, 0), "kept, and not in the journal")
			groups, err := c.okta.AppGroups(t.Context(), r.result.Okta.AppID) // an app that stays keeps who is assigned
			_, stays := tc.keeps[guide.KindApp]
			assert.Check(t, stays == (err == nil) && stays == (len(groups) > 0),
				"the app has %d groups, %v", len(groups), err)
		})
	}
}

// An origin goes away although an older app has a page there: that app worked before the run created the origin. One
// that was made afterward may rely on it, by a sign-in page or by a sign-out page.
func TestOriginOfOlderApps(t *testing.T) {
	t.Parallel()
	const site = "https://www.acme.test" // the simulated org's own apps, such as the Admin Console, have their pages here
	signsIn := okta.NewApp{RedirectURIs: []string{site + "/theirs"}}
	signsOut := okta.NewApp{RedirectURIs: []string{"https://other.example/"}, LogoutURIs: []string{site + "/bye"}}
	elsewhere := okta.NewApp{RedirectURIs: []string{site + ":8443/theirs", site + ".example/"}}
	for name, tt := range map[string]struct {
		before, after *okta.NewApp
		want          engine.Act
	}{
		"Okta's own apps":             {nil, nil, engine.Delete},
		"an older app":                {&signsIn, nil, engine.Delete},
		"a newer app signs in there":  {nil, &signsIn, engine.Keep},
		"a newer app signs out there": {nil, &signsOut, engine.Keep},
		"a newer app is elsewhere":    {nil, &elsewhere, engine.Delete},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 3})
			w.addApp(t, tt.before)
			w.set(t, guide.RedirectURIs, site+"/chat")
			assert.NilError(t, w.run(t))
			w.addApp(t, tt.after)
			assert.Equal(t, w.acts(t)[guide.KindOrigin], tt.want)
		})
	}
}

// addApp adds an app of a colleague to the org, if there is one.
func (w *world) addApp(t *testing.T, app *okta.NewApp) {
	t.Helper()
	if app == nil {
		return
	}
	theirs := *app
	theirs.Label, theirs.GrantTypes = "Theirs", []string{"authorization_code"}
	_, err := w.okta.CreateApp(t.Context(), theirs)
	assert.NilError(t, err)
}
