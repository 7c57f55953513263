package setup

import (
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/guide"
)

// TestProfiles carries the guide out in every kind of org. Afterwards that org itself says whether a visitor gets in.
func TestProfiles(t *testing.T) {
	t.Parallel()
	custom := func(sim *simulator.Server) string { return sim.OktaCustomURL() }
	org := func(sim *simulator.Server) string { return sim.OktaURL() }
	for name, tt := range map[string]struct {
		profile string
		chosen  func(*simulator.Server) string // the issuer whose Discovery URI is answered; nil: none
		base    func(*simulator.Server) string // of the issuer in the result
		path    string                         // of the issuer
		policy  []string                       // what the plan says of the access policy
	}{
		"integrator":    {oktasim.Integrator, nil, org, "/oauth2/default", []string{"create access policy Genesys Messenger", "create policy rule Messenger sign-in"}},
		"workforce":     {oktasim.Workforce, nil, org, "/oauth2/default", []string{"reuse access policy Default Policy", "reuse policy rule Default Policy Rule"}},
		"no-api-am":     {oktasim.NoAPIAM, nil, org, "", []string{}},
		"custom-domain": {oktasim.CustomDomain, nil, custom, "/oauth2/default", []string{"reuse access policy Default Policy", "reuse policy rule Default Policy Rule"}},
		"integrator, org server": {
			oktasim.Integrator, org, org, "", []string{},
		},
		"workforce, org server": {oktasim.Workforce, org, org, "", []string{}},
		"workforce, chosen custom server": {
			oktasim.Workforce, func(sim *simulator.Server) string { return sim.OktaURL() + "/oauth2/default" }, org, "/oauth2/default",
			[]string{"reuse access policy Default Policy", "reuse policy rule Default Policy Rule"},
		},
		"custom-domain, custom server by the org's own name": {
			oktasim.CustomDomain, func(sim *simulator.Server) string { return sim.OktaURL() + "/oauth2/default" }, org, "/oauth2/default",
			[]string{"reuse access policy Default Policy", "reuse policy rule Default Policy Rule"},
		},
		"custom-domain, org server": {oktasim.CustomDomain, custom, custom, "", []string{}},
		"custom-domain, chosen custom server": {
			oktasim.CustomDomain, func(sim *simulator.Server) string { return sim.OktaCustomURL() + "/oauth2/default" }, custom, "/oauth2/default",
			[]string{"reuse access policy Default Policy", "reuse policy rule Default Policy Rule"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 4, Okta: oktasim.Options{Profile: tt.profile}})
			answer := func(session *Session) {
				if tt.chosen != nil {
					set(t, session, guide.DiscoveryURI, tt.chosen(sim)+wellKnownTail)
				}
			}
			answer(session)
			plan, err := runAll(t, session)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "access policy", tt.policy, policyLines(plan))
			r, issuer := session.Result(0), tt.base(sim)+tt.path
			same(t, "issuer", issuer, r.Okta.Issuer)
			same(t, "discovery URI", issuer+wellKnownTail, r.Okta.DiscoveryURI)
			config := rawGet(t, sim, "/api/v2/integrations/"+r.Genesys.IntegrationID+"/config/current")
			same(t, "what Genesys Cloud asks", any(r.Okta.DiscoveryURI), config["properties"].(map[string]any)[typeKeys(t, session).DiscoveryKey])
			wouldSignIn(t, sim, session)

			again := visit(t, sim)
			answer(again)
			writesNothing(t, sim, again)
		})
	}
}

// TestSignInWithoutTheRun: the org's verdict can be no, so that a yes means something.
func TestSignInWithoutTheRun(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 4})
	set(t, session, guide.Assign, guide.AssignSkip)
	mustRun(t, session)
	ok, why := sim.WouldSignIn(session.Result(0).Okta.ClientID, "http://localhost:8080/", "/oauth2/default", alice)
	same(t, "let in", false, ok)
	same(t, "why", "access_denied: User is not assigned to the client application.", why)
}

// TestCustomDomainEntered: the wizard moves to the org's own address, and says so.
func TestCustomDomainEntered(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 4, Okta: oktasim.Options{Profile: oktasim.CustomDomain}})
	set(t, session, guide.OktaOrg, sim.OktaCustomURL())
	plan := planned(t, session)
	own, custom := guide.Host(sim.OktaURL()), guide.Host(sim.OktaCustomURL())
	same(t, "told", true, hasNotice(plan, passed(guide.SectionOkta, custom+" is the custom domain of "+own+", which the wizard speaks to.")))
	same(t, "org", own, session.Identity().Okta)
	noError(t, apply(t, session, plan))
	wouldSignIn(t, sim, session)
}
