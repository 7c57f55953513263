package matrix

import (
	"slices"
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

// needs are what a colleague does after a run, and what undo then keeps of it.
var needs = map[string]struct {
	does  func(t *testing.T, c *computer, conn *setup.Connection, made setup.Result)
	keeps []guide.ObjectKind
}{
	"nothing": {func(*testing.T, *computer, *setup.Connection, setup.Result) {}, nil},
	"a deployment of the configuration": {
		func(t *testing.T, _ *computer, conn *setup.Connection, made setup.Result) {
			_, err := conn.Genesys.CreateDeployment(t.Context(), genesys.Deployment{
				Name: "Shop", ConfigurationID: made.Genesys.ConfigurationID, ConfigurationVersion: made.Genesys.ConfigurationVersion, AllowedDomains: []string{"shop.example.com"},
			})
			assert.NilError(t, err)
		},
		// Visitors of the other deployment sign in with all of it.
		[]guide.ObjectKind{guide.KindPolicy, guide.KindApp, guide.KindOrigin, guide.KindConfiguration, guide.KindIntegration, guide.KindCredential},
	},
	"a configuration with the integration": {
		func(t *testing.T, c *computer, _ *setup.Connection, made setup.Result) {
			simtest.Call(t, c.sim, "POST", c.sim.GenesysURL()+"/api/v2/webdeployments/configurations",
				`{"name":"Shop","languages":["en-us"],"defaultLanguage":"en-us","authenticationSettings":{"enabled":true,"integrationId":"`+made.Genesys.IntegrationID+`"}}`)
		},
		[]guide.ObjectKind{guide.KindPolicy, guide.KindApp, guide.KindOrigin, guide.KindIntegration, guide.KindCredential},
	},
	"another domain of the deployment": {
		func(t *testing.T, _ *computer, conn *setup.Connection, made setup.Result) {
			d := kit.Must(conn.Genesys.Deployment(t.Context(), made.Genesys.DeploymentID))(t)
			d.AllowedDomains = append(d.AllowedDomains, "shop.example.com")
			kit.Must(conn.Genesys.UpdateDeployment(t.Context(), d))(t)
		},
		[]guide.ObjectKind{guide.KindPolicy, guide.KindApp, guide.KindOrigin, guide.KindConfiguration, guide.KindIntegration, guide.KindCredential, guide.KindDeployment},
	},
	"an app with a page at the origin": {
		func(t *testing.T, _ *computer, conn *setup.Connection, _ setup.Result) {
			kit.Must(conn.Okta.CreateApp(t.Context(), okta.NewApp{Label: "Shop", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{site + "/shop"}}))(t)
		},
		[]guide.ObjectKind{guide.KindOrigin},
	},
	"an app with a page at an origin that begins like it": {
		func(t *testing.T, _ *computer, conn *setup.Connection, _ setup.Result) {
			kit.Must(conn.Okta.CreateApp(t.Context(), okta.NewApp{Label: "Shop", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{site + ".test/shop"}}))(t)
		},
		nil,
	},
	"another page of the app": {
		func(t *testing.T, _ *computer, conn *setup.Connection, made setup.Result) {
			app := kit.Must(conn.Okta.App(t.Context(), made.Okta.AppID))(t)
			app.RedirectURIs = append(app.RedirectURIs, site+"/shop")
			kit.Must(conn.Okta.UpdateApp(t.Context(), app))(t)
		},
		[]guide.ObjectKind{guide.KindPolicy, guide.KindApp, guide.KindOrigin},
	},
	"another app in the policy": {
		func(t *testing.T, c *computer, conn *setup.Connection, made setup.Result) {
			servers := kit.Must(conn.Okta.AuthorizationServers(t.Context()))(t)
			policies := kit.Must(conn.Okta.Policies(t.Context(), servers[0].ID))(t)
			simtest.Call(t, c.sim, "PUT", c.sim.OktaURL()+"/api/v1/authorizationServers/"+servers[0].ID+"/policies/"+policies[0].ID,
				`{"type":"OAUTH_AUTHORIZATION_POLICY","name":"Genesys Messenger","description":"x","priority":1,"conditions":{"clients":{"include":["`+made.Okta.ClientID+`","0oa00000000000000000"]}}}`)
		},
		[]guide.ObjectKind{guide.KindPolicy},
	},
}

// TestUndoKeepsWhatOthersNeed undoes a run after a colleague built on what it made.
func TestUndoKeepsWhatOthersNeed(t *testing.T) {
	t.Parallel()
	for name, tc := range needs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newComputer(t, simulator.Options{}, lagPoll)
			r := c.set(t, onPage)
			conn := kit.Must(r.session.Connect(t.Context()))(t)
			tc.does(t, c, conn, r.result)
			u := setup.NewUndo(r.session, journal.Undoing{Book: r.book})
			items := kit.Must(u.Plan(t.Context()))(t)
			var kept []guide.ObjectKind
			for _, i := range items {
				if i.Act == engine.Keep && i.Kind != guide.KindVersion {
					kept = append(kept, i.Kind)
					assert.Check(t, i.Why != "", "%s is kept without a reason", i.Kind)
				}
			}
			order := func(a, b guide.ObjectKind) int { return a.Order() - b.Order() }
			slices.SortFunc(kept, order)
			want := slices.SortedFunc(slices.Values(tc.keeps), order)
			assert.Check(t, is.DeepEqual(kept, want), "kept")
			assert.NilError(t, u.Apply(t.Context(), items, engine.NewStop(), nil))
			groups, err := conn.Okta.AppGroups(t.Context(), r.result.Okta.AppID) // an app that stays keeps who is assigned
			stays := slices.Contains(tc.keeps, guide.KindApp)
			assert.Check(t, stays == (err == nil) && stays == (len(groups) > 0),
				"the app has %d groups, %v", len(groups), err)
		})
	}
}
