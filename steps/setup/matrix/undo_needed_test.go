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
			_, err := conn.Genesys.CreateDeployment(t.Context(), genesys.NewDeployment{
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
			d, err := conn.Genesys.Deployment(t.Context(), made.Genesys.DeploymentID)
			assert.NilError(t, err)
			d.AllowedDomains = append(d.AllowedDomains, "shop.example.com")
			_, err = conn.Genesys.UpdateDeployment(t.Context(), d)
			assert.NilError(t, err)
		},
		[]guide.ObjectKind{guide.KindPolicy, guide.KindApp, guide.KindOrigin, guide.KindConfiguration, guide.KindIntegration, guide.KindCredential, guide.KindDeployment},
	},
	"an app with a page at the origin": {
		func(t *testing.T, _ *computer, conn *setup.Connection, _ setup.Result) {
			_, err := conn.Okta.CreateApp(t.Context(), okta.NewApp{Label: "Shop", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{site + "/shop"}})
			assert.NilError(t, err)
		},
		[]guide.ObjectKind{guide.KindOrigin},
	},
	"an app with a page at an origin that begins like it": {
		func(t *testing.T, _ *computer, conn *setup.Connection, _ setup.Result) {
			_, err := conn.Okta.CreateApp(t.Context(), okta.NewApp{Label: "Shop", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{site + ".test/shop"}})
			assert.NilError(t, err)
		},
		nil,
	},
	"another page of the app": {
		func(t *testing.T, _ *computer, conn *setup.Connection, made setup.Result) {
			app, err := conn.Okta.App(t.Context(), made.Okta.AppID)
			assert.NilError(t, err)
			app.RedirectURIs = append(app.RedirectURIs, site+"/shop")
			_, err = conn.Okta.UpdateApp(t.Context(), app)
			assert.NilError(t, err)
		},
		[]guide.ObjectKind{guide.KindPolicy, guide.KindApp, guide.KindOrigin},
	},
	"another app in the policy": {
		func(t *testing.T, c *computer, conn *setup.Connection, made setup.Result) {
			servers, err := conn.Okta.AuthorizationServers(t.Context())
			assert.NilError(t, err)
			policies, err := conn.Okta.Policies(t.Context(), servers[0].ID)
			assert.NilError(t, err)
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
			conn, err := r.session.Connect(t.Context())
			assert.NilError(t, err)
			tc.does(t, c, conn, r.result)
			u := setup.NewUndo(r.session, journal.Undoing{Book: r.book})
			items, err := u.Plan(t.Context())
			assert.NilError(t, err)
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
