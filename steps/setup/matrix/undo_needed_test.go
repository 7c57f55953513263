package matrix

import (
	"fmt"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
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
			kept := map[guide.ObjectKind]string{}
			for _, i := range r.undo(t) {
				if why, known := tc.keeps[i.Kind]; i.Act == engine.Keep && i.Kind != guide.KindVersion {
					assert.Check(t, i.Why != "" && (why == i.Why || known && why == ""), "%s is kept: %s", i.Kind, i.Why)
					kept[i.Kind] = why
				}
			}
			assert.Check(t, is.Equal(len(kept), len(tc.keeps)), "kept: %v", kept)
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
	signsIn, elsewhere := []string{site + "/theirs"}, []string{site + ":8443/theirs", site + ".example/"}
	for name, tt := range map[string]struct {
		before, after []string // pages of an app that a colleague adds before the run, or after it
		signsOut      string   // a sign-out page of the one after it
		want          engine.Act
	}{
		"Okta's own apps":             {want: engine.Delete},
		"an older app":                {before: signsIn, want: engine.Delete},
		"a newer app signs in there":  {after: signsIn, want: engine.Keep},
		"a newer app signs out there": {after: []string{"https://other.example/"}, signsOut: site + "/bye", want: engine.Keep},
		"a newer app is elsewhere":    {after: elsewhere, want: engine.Delete},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 3})
			if tt.before != nil {
				w.addApp(t, "Theirs", tt.before...)
			}
			w.set(t, guide.RedirectURIs, site+"/chat")
			assert.NilError(t, w.apply(t.Context()))
			if tt.after != nil {
				app := w.addApp(t, "Theirs", tt.after...)
				app.LogoutURIs = slices.DeleteFunc([]string{tt.signsOut}, func(uri string) bool { return uri == "" })
				kit.Must(w.okta.UpdateApp(t.Context(), app))(t)
			}
			assert.Equal(t, w.acts(t)[guide.KindOrigin], tt.want)
		})
	}
}

// addApp has a colleague add an app to the org.
func (c *computer) addApp(t *testing.T, label string, pages ...string) okta.App {
	t.Helper()
	return kit.Must(c.okta.CreateApp(t.Context(), okta.NewApp{Label: label, GrantTypes: []string{"authorization_code"}, RedirectURIs: pages}))(t)
}

// TestUndoNames: the claims of a server are restored, unless an app may rely on them, and what others changed stays.
func TestUndoNames(t *testing.T) {
	t.Parallel()
	const again = "token type Userinfo/id_token request again"
	for name, tt := range map[string]struct {
		does func(*testing.T, *computer, setup.Result)
		want []string // of given_name and family_name
	}{
		"nothing": {func(*testing.T, *computer, setup.Result) {}, []string{"restore " + again, "restore " + again}},
		"a newer app": {func(t *testing.T, c *computer, _ setup.Result) {
			c.addApp(t, "Shop", site+"/shop")
		}, []string{`keep the app integration "Shop" is newer and may need it`, `keep the app integration "Shop" is newer and may need it`}},
		"another page of the app": {needs["another page of the app"].does, []string{"keep " + needsIt, "keep " + needsIt}},
		"a claim as before": {func(t *testing.T, c *computer, _ setup.Result) {
			claim := c.claim(t, "given_name")
			claim.Always = false
			kit.Must(c.okta.UpdateClaim(t.Context(), "default", claim))(t)
		}, []string{"", "restore " + again}},
		"an inactive claim": {func(t *testing.T, c *computer, _ setup.Result) {
			claim := c.claim(t, "given_name")
			claim.Status = "INACTIVE"
			kit.Must(c.okta.UpdateClaim(t.Context(), "default", claim))(t)
		}, []string{"restore " + again, "restore " + again}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var opts simulator.Options
			opts.Okta.Profile = oktasim.Workforce
			c := newComputer(t, opts, lagPoll)
			r := c.set(t, map[guide.Key][]string{guide.RedirectURIs: {site + "/chat"}, guide.VisitorNames: {guide.NamesInclude}})
			tt.does(t, c, r.result)
			before := []okta.Claim{c.claim(t, "given_name"), c.claim(t, "family_name")}
			items := r.undo(t)
			for i, claim := range before {
				said := ""
				for _, item := range items {
					if item.Kind == guide.KindClaim && item.ID == claim.ID {
						said = string(item.Act) + " " + item.Why
					}
				}
				assert.Check(t, is.Equal(said, tt.want[i]), claim.Name)
			}
			for i, claim := range before {
				now := c.claim(t, claim.Name)
				assert.Check(t, is.Equal(now.Always, tt.want[i][:min(4, len(tt.want[i]))] == "keep"), claim.Name)
				assert.Check(t, is.Equal(now.Status, claim.Status), claim.Name)
			}
		})
	}
}

// claim returns a system claim of the server "default".
func (c *computer) claim(t *testing.T, name string) okta.Claim {
	t.Helper()
	for _, claim := range kit.Must(c.okta.Claims(t.Context(), "default"))(t) {
		if claim.Name == name {
			return claim
		}
	}
	t.Fatalf("no claim %s", name)
	return okta.Claim{}
}
