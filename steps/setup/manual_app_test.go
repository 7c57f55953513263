package setup

import (
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// manualApp is an app that an admin made in Okta's console, ready for visitors, and a session that knows of it.
func manualApp(t *testing.T, opts simulator.Options) (*simulator.Server, *Session, okta.App) {
	t.Helper()
	sim, session := world(t, opts)
	admin := kit.OktaAdmin(t, sim)
	made := kit.Must(admin.CreateApp(t.Context(), okta.NewApp{
		Label: "Chat", GrantTypes: []string{"authorization_code", "refresh_token"}, RedirectURIs: []string{"http://localhost:8080/"},
	}))(t)
	everyone := kit.Must(admin.Groups(t.Context(), "Everyone"))(t)
	i := slices.IndexFunc(everyone, okta.Group.Everyone)
	assert.NilError(t, admin.AssignGroup(t.Context(), made.ID, everyone[i].ID))
	if opts.Okta.Profile != oktasim.NoAPIAM {
		policy := kit.Must(admin.CreatePolicy(t.Context(), "default", okta.Policy{Name: "Chat", Clients: []string{made.ClientID}, Priority: 1}))(t)
		rule := signInRule
		rule.Scopes = []string{"*"}
		kit.Must(admin.CreateRule(t.Context(), "default", policy.ID, rule))(t)
	}
	set(t, session, guide.OktaToken, "")
	set(t, session, guide.OktaSignIn, guide.OktaManual)
	set(t, session, guide.ManualClientID, made.ClientID)
	set(t, session, guide.ManualClientSecret, made.ClientSecret.Reveal())
	return sim, session, made
}

func TestManualApp(t *testing.T) {
	t.Parallel()
	for profile, issuer := range map[string]string{
		oktasim.Integrator: "/oauth2/default", oktasim.Workforce: "/oauth2/default", oktasim.CustomDomain: "/oauth2/default", oktasim.NoAPIAM: "",
	} {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			var guard sentry
			sim, session, made := manualApp(t, simulator.Options{Seed: 3, Okta: oktasim.Options{Profile: profile}, WrapOkta: guard.wrap})
			objects, asked := kit.Count(sim), len(guard.list())
			plan := mustRun(t, session)
			want := append([]string{"reuse | app integration | Genesys Cloud Messenger"}, firstVisit[5:]...)
			want[2] = "create | credential | client " + made.ClientID
			assert.Check(t, is.DeepEqual(lines(plan.Changes), want), "plan")
			for _, call := range guard.list()[asked:] {
				assert.Check(t, call.scheme == "" || call.scheme == "Basic", "%s carries %s", call.call, call.scheme)
			}
			after := kit.Count(sim)
			assert.Check(t, is.DeepEqual(after.Okta, objects.Okta), "objects at Okta")
			assert.Check(t, is.DeepEqual(after.Genesys, guideMakes(objects).Genesys), "objects at Genesys Cloud")
			r := session.Result(0)
			assert.Check(t, is.Equal(r.Okta.ClientID, made.ClientID), "client of the result")
			visitors := sim.OktaURL()
			if custom := sim.OktaCustomURL(); custom != "" {
				visitors = custom
			}
			assert.Check(t, is.Equal(r.Okta.Issuer, visitors+issuer), "issuer")
			assert.Check(t, is.Equal(r.Snippet != "", true), "there is a snippet")
			wouldSignIn(t, sim, session)
			assert.Check(t, is.DeepEqual([]bool{
				slices.Contains(plan.Notices, warning(guide.SectionOkta, "Without an API token, the wizard can't check assignments, trusted origins, or the access policy.")),
				slices.Contains(plan.Notices, passed(guide.SectionIntegration, "Okta accepts the app's client ID and secret, and its redirect URIs are registered.")),
			}, []bool{true, true}), "told")

			again, wrote := visit(t, sim), sim.Genesys().Calls().Writes
			for _, key := range []guide.Key{guide.OktaSignIn, guide.ManualClientID} {
				set(t, again, key, session.Answers.Value(key))
			}
			set(t, again, guide.ManualClientSecret, made.ClientSecret.Reveal())
			mustRun(t, again)
			assert.Check(t, is.Equal(sim.Genesys().Calls().Writes, wrote), "writes of the next visit")
		})
	}
}

func TestRefusedManualApps(t *testing.T) {
	t.Parallel()
	said := kit.Golden(t, 4)
	for name, tt := range map[string]struct {
		key    guide.Key
		values []string
	}{
		"wrong secret":              {guide.ManualClientSecret, []string{"canaryOfASecret"}},
		"wrong client":              {guide.ManualClientID, []string{"0oaNobody"}},
		"a page that the app lacks": {guide.RedirectURIs, []string{"http://localhost:8080/", "http://localhost:8080/chat"}},
		"no secret":                 {guide.ManualClientSecret, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session, _ := manualApp(t, simulator.Options{Seed: 3})
			set(t, session, tt.key, tt.values...)
			objects := kit.Count(sim)
			_, err := session.Plan(t.Context())
			said(name, refusalOf(t, sim, err).String())
			noSecretIn(t, sim, err.Error())
			assert.Check(t, is.DeepEqual(kit.Count(sim), objects), "objects")
			assert.Check(t, is.Equal(session.Calls().Writes, 0), "writes")
		})
	}
}
