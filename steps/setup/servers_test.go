package setup

import (
	"strings"
	"testing"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/guide"
)

// policyLines are a plan's changes about access policies, with what they follow from.
func policyLines(plan Plan) []string {
	out := []string{}
	for _, c := range plan.Changes {
		if c.Step == "access-policy" {
			line := string(c.Verb) + " " + string(c.Kind) + " " + c.Name
			if _, but, found := strings.Cut(c.Why, ", but "); found {
				line += ", " + but
			}
			out = append(out, line)
		}
	}
	return out
}

var signInRule = okta.Rule{Name: "Everybody", Priority: 1, Groups: []string{"EVERYONE"}, GrantTypes: []string{"authorization_code"}, Scopes: []string{"openid"}}

func TestAccessPolicies(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts            oktasim.Options
		arrange         func(*testing.T, *okta.Client, *simulator.Server)
		plan            []string
		policies, rules int // added
	}{
		"a new org": {
			plan: []string{"create access policy Genesys Messenger", "create policy rule Messenger sign-in"}, policies: 1, rules: 1,
		},
		"default lets everyone in": {
			opts: oktasim.Options{DefaultHasPolicy: true},
			plan: []string{"reuse access policy Default Policy", "reuse policy rule Default Policy Rule"},
		},
		"policy without a rule left behind": {
			arrange: func(t *testing.T, admin *okta.Client, sim *simulator.Server) {
				t.Helper()
				set := visit(t, sim)
				w := guideWrites["rule"]
				sim.Okta().Faults.Add(fault(w.method, w.path, brokenService))
				_, err := runAll(t, set)
				same(t, "step", "access-policy", asError(t, err).Step)
				sim.Okta().Faults.Clear()
			},
			plan: []string{"reuse access policy Genesys Messenger", "create policy rule Messenger sign-in"}, policies: 1, rules: 1,
		},
		"policy of another client only": {
			arrange: func(t *testing.T, admin *okta.Client, _ *simulator.Server) {
				t.Helper()
				p := must(admin.CreatePolicy(t.Context(), "default", okta.Policy{Name: "Genesys Messenger", Clients: []string{"0oaOfSomebodyElse0000"}, Priority: 1}))(t)
				must(admin.CreateRule(t.Context(), "default", p.ID, signInRule))(t)
			},
			plan: []string{"create access policy Genesys Messenger (2)", "create policy rule Messenger sign-in"}, policies: 2, rules: 2,
		},
		"a rule of somebody else without refresh tokens": {
			arrange: func(t *testing.T, admin *okta.Client, _ *simulator.Server) {
				t.Helper()
				p := must(admin.CreatePolicy(t.Context(), "default", okta.Policy{Name: "Web apps", Clients: []string{"ALL_CLIENTS"}, Priority: 1}))(t)
				rule := signInRule
				rule.Scopes = []string{"openid", "email", "profile"}
				must(admin.CreateRule(t.Context(), "default", p.ID, rule))(t)
			},
			plan:     []string{"reuse access policy Web apps", "reuse policy rule Everybody, gives no offline_access: the page will not ask for it"},
			policies: 1, rules: 1,
		},
		"policy for all without a rule": {
			arrange: func(t *testing.T, admin *okta.Client, _ *simulator.Server) {
				t.Helper()
				must(admin.CreatePolicy(t.Context(), "default", okta.Policy{Name: "Empty", Clients: []string{"ALL_CLIENTS"}, Priority: 1}))(t)
			},
			plan: []string{"create access policy Genesys Messenger", "create policy rule Messenger sign-in"}, policies: 2, rules: 1,
		},
		"policy for all with a rule of other grants": {
			arrange: func(t *testing.T, admin *okta.Client, _ *simulator.Server) {
				t.Helper()
				p := must(admin.CreatePolicy(t.Context(), "default", okta.Policy{Name: "Machines", Clients: []string{"ALL_CLIENTS"}, Priority: 1}))(t)
				rule := signInRule
				rule.GrantTypes = []string{"client_credentials"}
				must(admin.CreateRule(t.Context(), "default", p.ID, rule))(t)
			},
			plan: []string{"create access policy Genesys Messenger", "create policy rule Messenger sign-in"}, policies: 2, rules: 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2, Okta: tt.opts})
			before := count(sim).Okta
			if tt.arrange != nil {
				tt.arrange(t, oktaAdmin(t, sim), sim)
			}
			plan, err := runAll(t, session)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "plan", tt.plan, policyLines(plan))
			after := count(sim).Okta
			same(t, "policies", tt.policies, after.Policies-before.Policies)
			same(t, "rules", tt.rules, after.Rules-before.Rules)
			writesNothing(t, sim, visit(t, sim))
		})
	}
}

func TestOrgAuthorizationServer(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts   oktasim.Options
		given  bool
		notice bool
	}{
		"no API Access Management":           {opts: oktasim.Options{NoAPIAccessManagement: true}, notice: true},
		"no API Access Management and given": {opts: oktasim.Options{NoAPIAccessManagement: true}, given: true, notice: true},
		"given":                              {given: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 1, Okta: tt.opts})
			if tt.given {
				set(t, session, guide.DiscoveryURI, sim.OktaURL()+wellKnownTail)
			}
			before := count(sim).Okta
			plan, err := runAll(t, session)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "access policies of the plan", []string{}, policyLines(plan))
			var told bool
			for _, n := range plan.Notices {
				told = told || n == passed(guide.SectionIntegration, "This org has no API Access Management: Okta's org authorization server is used.")
			}
			same(t, "the notice", tt.notice, told)
			after := count(sim).Okta
			same(t, "policies", before.Policies, after.Policies)
			r := session.Result(0)
			same(t, "issuer", sim.OktaURL(), r.Okta.Issuer)
			same(t, "discovery URI", sim.OktaURL()+wellKnownTail, r.Okta.DiscoveryURI)
			config := rawGet(t, sim, "/api/v2/integrations/"+r.Genesys.IntegrationID+"/config/current")
			same(t, "stored Discovery URI", any(r.Okta.DiscoveryURI), config["properties"].(map[string]any)[typeKeys(t, session).DiscoveryKey])
		})
	}
}

func TestIssuerInPlaceOfTheDiscoveryURI(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	issuer := sim.OktaURL() + "/oauth2/default"
	set(t, session, guide.DiscoveryURI, issuer+"/")
	a := session.Answers.Get(guide.DiscoveryURI)
	same(t, "answer", guide.Answer{
		Value: issuer + wellKnownTail, Values: []string{issuer + wellKnownTail}, From: guide.FromUser, Given: true,
		Note: "That was the issuer; its Discovery URI is " + issuer + wellKnownTail + ".",
	}, a)
	mustRun(t, session)
	same(t, "issuer", issuer, session.Result(0).Okta.Issuer)
}
