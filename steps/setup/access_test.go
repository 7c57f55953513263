package setup

import (
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/mark"
)

// groupIDs are the seeded groups' ids by name.
func groupIDs(t *testing.T, sim *simulator.Server) map[string]string {
	t.Helper()
	ids := map[string]string{}
	for _, g := range kit.Must(kit.OktaAdmin(t, sim).Groups(t.Context(), ""))(t) {
		ids[g.Name] = g.ID
	}
	return ids
}

func TestAssignment(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		assign string
		groups []string // with a # the id of the group is given in place of its name
		want   []string
		notice string
	}{
		"everyone":          {assign: guide.AssignEveryone, want: []string{"Everyone"}},
		"a group by name":   {assign: guide.AssignSelected, groups: []string{"Web customers"}, want: []string{"Web customers"}},
		"a group by id":     {assign: guide.AssignSelected, groups: []string{"#Support staff"}, want: []string{"Support staff"}},
		"two groups":        {assign: guide.AssignSelected, groups: []string{"#Web partners", "Web customers"}, want: []string{"Web partners", "Web customers"}},
		"a longer name too": {assign: guide.AssignSelected, groups: []string{"Everyone in sales"}, want: []string{"Everyone in sales"}},
		"nobody":            {assign: guide.AssignSkip, notice: "No one is assigned. Assign users in Okta, or sign-in fails."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 3})
			ids := groupIDs(t, sim)
			answers := func(session *Session) {
				set(t, session, guide.Assign, tt.assign)
				for i, g := range tt.groups {
					if byID, ok := strings.CutPrefix(g, "#"); ok {
						tt.groups[i] = ids[byID]
					}
				}
				set(t, session, guide.AssignGroups, tt.groups...)
			}
			answers(session)
			plan := mustRun(t, session)
			var want, assigned, planned []string
			for _, g := range tt.want {
				want, planned = append(want, ids[g]), append(planned, "create "+g+" "+ids[g])
			}
			var got []string
			for _, c := range plan.Changes {
				if c.Kind == guide.KindAssignment {
					got = append(got, strings.Join([]string{string(c.Verb), c.Name, c.ID}, " "))
				}
			}
			assert.Check(t, is.DeepEqual(got, planned), "plan")
			assigned = kit.Must(kit.OktaAdmin(t, sim).AppGroups(t.Context(), session.Result(0).Okta.AppID))(t)
			slices.Sort(want)
			slices.Sort(assigned)
			assert.Check(t, is.DeepEqual(assigned, want), "assigned groups")
			assert.Check(t, is.Equal(slices.Contains(plan.Notices, warning(guide.SectionOkta, tt.notice)), tt.notice != ""), "the notice")

			again := visit(t, sim)
			answers(again)
			writesNothing(t, sim, again)
			if len(tt.want) > 0 {
				writesNothing(t, sim, visit(t, sim)) // who may sign in stays, whatever the default is
			}
		})
	}
}

func TestTrustedOrigins(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	admin := kit.OktaAdmin(t, sim)
	for _, o := range []okta.TrustedOrigin{
		{Name: "Shop", Origin: "https://shop.example.com", Scopes: []string{"CORS"}},
		{Name: "Help", Origin: "https://help.example.com", Scopes: []string{"REDIRECT", "CORS"}},
	} {
		kit.Must(admin.CreateTrustedOrigin(t.Context(), o))(t)
	}
	uris := []string{
		"https://shop.example.com/a", "https://SHOP.example.com/b", "https://shop.example.com:443/c", "https://help.example.com/",
		"http://localhost:8080/", "http://localhost:8080/other", "http://localhost:9090/",
	}
	set(t, session, guide.RedirectURIs, uris...)
	plan := mustRun(t, session)
	var got []string
	for _, c := range plan.Changes {
		if c.Kind == guide.KindOrigin {
			got = append(got, string(c.Verb)+" "+c.Name)
		}
	}
	assert.Check(t, is.DeepEqual(got, []string{
		"update https://shop.example.com", "reuse https://help.example.com", "create http://localhost:8080", "create http://localhost:9090",
	}), "plan")
	scopes := map[string]string{}
	for _, o := range kit.Must(admin.TrustedOrigins(t.Context()))(t) {
		scopes[o.Name] = strings.Join(o.Scopes, " ")
	}
	assert.Check(t, is.DeepEqual(scopes, map[string]string{
		"Shop": "CORS REDIRECT",
		"Help": "REDIRECT CORS",
		"Genesys Messenger http://localhost:8080": "CORS REDIRECT",
		"Genesys Messenger http://localhost:9090": "CORS REDIRECT",
	}), "origins")
	d := kit.Must(kit.GenesysAdmin(t, sim).Deployment(t.Context(), session.Result(0).Genesys.DeploymentID))(t)
	assert.Check(t, is.DeepEqual(d.AllowedDomains, []string{"shop.example.com", "help.example.com", "localhost"}), "domains")

	again := visit(t, sim)
	set(t, again, guide.RedirectURIs, uris...)
	writesNothing(t, sim, again)
}

// TestRerunKeepsAssignments: who may sign in to an app that is there stays, unless the user says otherwise.
func TestRerunKeepsAssignments(t *testing.T) {
	t.Parallel()
	const byWizard, theirs = mark.Tag, ""
	for name, tt := range map[string]struct {
		managedBy     string
		groups, users []string // who may sign in before
		ask           []string // groups that the run is given
		want          []string
		notice        bool
	}{
		"ours, with a group":                 {managedBy: byWizard, groups: []string{"Web partners"}, want: []string{"Web partners"}},
		"ours, with two, and a third asked":  {managedBy: byWizard, groups: []string{"Web partners", "Support staff"}, ask: []string{"Web customers"}, want: []string{"Support staff", "Web customers", "Web partners"}},
		"ours, with one person":              {managedBy: byWizard, users: []string{"alice@acme.test"}, notice: true},
		"ours, from a run that was cut off":  {managedBy: byWizard, want: []string{"Everyone"}},
		"another's, with a group":            {managedBy: theirs, groups: []string{"Web partners"}, want: []string{"Web partners"}},
		"another's, with one person":         {managedBy: theirs, users: []string{"alice@acme.test"}, notice: true},
		"another's, with nobody":             {managedBy: theirs, notice: true},
		"another's, with nobody, and one is": {managedBy: theirs, ask: []string{"Web customers"}, want: []string{"Web customers"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 3})
			admin, ids := kit.OktaAdmin(t, sim), groupIDs(t, sim)
			app := kit.Must(admin.CreateApp(t.Context(), okta.NewApp{
				Label: "Customer chat", GrantTypes: []string{"authorization_code"}, ManagedBy: tt.managedBy,
				RedirectURIs: []string{"https://shop.example/chat"}, LogoutURIs: []string{"https://shop.example/"},
			}))(t)
			for _, g := range tt.groups {
				assert.NilError(t, admin.AssignGroup(t.Context(), app.ID, ids[g]))
			}
			for _, login := range tt.users {
				assert.NilError(t, admin.AssignUser(t.Context(), app.ID, kit.Must(admin.User(t.Context(), login))(t).ID))
			}
			set(t, session, guide.AppName, app.ID)
			if len(tt.ask) > 0 {
				set(t, session, guide.AssignGroups, tt.ask...)
			}
			plan := mustRun(t, session)
			var got []string
			for _, id := range kit.Must(admin.AppGroups(t.Context(), app.ID))(t) {
				for name := range ids {
					if ids[name] == id {
						got = append(got, name)
					}
				}
			}
			slices.Sort(got)
			assert.Check(t, is.DeepEqual(got, tt.want), "groups")
			assert.Check(t, is.Equal(slices.ContainsFunc(plan.Notices, func(n engine.Notice) bool {
				return strings.HasPrefix(n.Text, "No group is assigned to this app")
			}), tt.notice), "told that nobody is assigned")
		})
	}
}

// policyLines are a plan's changes about access policies, with what they follow from.
func policyLines(plan Plan) []string {
	out := []string{}
	for _, c := range plan.Changes {
		if c.Step == "access-policy" {
			line := string(c.Verb) + " " + string(c.Kind) + " " + c.Name
			if _, but, found := strings.Cut(c.Why, ", without "); found {
				line += ", without " + but
			}
			out = append(out, line)
		}
	}
	return out
}

var (
	forAll     = okta.Policy{Name: "Web apps", Clients: []string{"ALL_CLIENTS"}, Priority: 1}
	signInRule = ruleOf("authorization_code", "openid")
	allowsAll  = []string{"reuse access policy Default Policy", "reuse policy rule Default Policy Rule"}
)

// ruleOf allows everyone with a grant, and gives the scopes.
func ruleOf(grant string, scopes ...string) okta.Rule {
	return okta.Rule{Name: "Everybody", Priority: 1, Groups: []string{"EVERYONE"}, GrantTypes: []string{grant}, Scopes: scopes}
}

func TestAccessPolicies(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts            oktasim.Options
		policy          okta.Policy // of others; without a name there is none
		rule            okta.Rule   // of that policy; without a name there is none
		cutOff          bool        // an earlier run was, before its rule
		plan            []string
		policies, rules int // added
	}{
		"a new org": {
			plan: []string{"create access policy Genesys Messenger", "create policy rule Messenger sign-in"}, policies: 1, rules: 1,
		},
		"default lets everyone in": {
			opts: oktasim.Options{Profile: oktasim.Workforce},
			plan: allowsAll,
		},
		"policy without a rule left behind": {
			cutOff: true,
			plan:   []string{"reuse access policy Genesys Messenger", "create policy rule Messenger sign-in"}, policies: 1, rules: 1,
		},
		"policy of another client only": {
			policy: okta.Policy{Name: "GENESYS Messenger", Clients: []string{"0oaOfSomebodyElse0000"}, Priority: 1}, rule: signInRule,
			plan: []string{"create access policy Genesys Messenger (2)", "create policy rule Messenger sign-in"}, policies: 2, rules: 2,
		},
		"a rule of somebody else without refresh tokens": {
			policy: forAll, rule: ruleOf("authorization_code", "openid", "email", "profile"),
			plan:     []string{"reuse access policy Web apps", "reuse policy rule Everybody, without offline_access, so the page doesn't request it"},
			policies: 1, rules: 1,
		},
		"policy for all without a rule": {
			policy: forAll, plan: []string{"create access policy Genesys Messenger", "create policy rule Messenger sign-in"}, policies: 2, rules: 1,
		},
		"policy for all with a rule of other grants": {
			policy: forAll, rule: ruleOf("client_credentials", "openid"),
			plan: []string{"create access policy Genesys Messenger", "create policy rule Messenger sign-in"}, policies: 2, rules: 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2, Okta: tt.opts})
			before := kit.Count(sim).Okta
			if tt.policy.Name != "" {
				admin := kit.OktaAdmin(t, sim)
				made := kit.Must(admin.CreatePolicy(t.Context(), "default", tt.policy))(t)
				if tt.rule.Name != "" {
					kit.Must(admin.CreateRule(t.Context(), "default", made.ID, tt.rule))(t)
				}
			}
			if tt.cutOff {
				fail(sim, "rule", brokenService)
				_, err := runAll(t, visit(t, sim))
				assert.Check(t, is.Equal(asError(t, err).Step, guide.StepAccessPolicy), "step")
				sim.Okta().Faults.Clear()
			}
			plan := mustRun(t, session)
			assert.Check(t, is.DeepEqual(policyLines(plan), tt.plan), "plan")
			after := kit.Count(sim).Okta
			assert.Check(t, is.Equal(after.Policies-before.Policies, tt.policies), "policies")
			assert.Check(t, is.Equal(after.Rules-before.Rules, tt.rules), "rules")
			writesNothing(t, sim, visit(t, sim))
		})
	}
}

// TestProfiles carries the guide out in every kind of org. Afterward that org itself says whether a visitor gets in.
func TestProfiles(t *testing.T) {
	t.Parallel()
	custom := func(sim *simulator.Server) string { return sim.OktaCustomURL() }
	org := func(sim *simulator.Server) string { return sim.OktaURL() }
	onDefault := func(base func(*simulator.Server) string) func(*simulator.Server) string {
		return func(sim *simulator.Server) string { return base(sim) + "/oauth2/default" }
	}
	const notice = "This org doesn't have API Access Management. The wizard uses the org authorization server."
	for name, tt := range map[string]struct {
		profile string
		chosen  func(*simulator.Server) string // the issuer whose Discovery URI is answered; nil: none
		base    func(*simulator.Server) string // of the issuer in the result
		path    string                         // of the issuer
		policy  []string                       // what the plan says of the access policy
	}{
		"integrator":                      {oktasim.Integrator, nil, org, "/oauth2/default", []string{"create access policy Genesys Messenger", "create policy rule Messenger sign-in"}},
		"workforce":                       {oktasim.Workforce, nil, org, "/oauth2/default", allowsAll},
		"no-api-am":                       {oktasim.NoAPIAM, nil, org, "", []string{}},
		"custom-domain":                   {oktasim.CustomDomain, nil, custom, "/oauth2/default", allowsAll},
		"no-api-am, org server":           {oktasim.NoAPIAM, org, org, "", []string{}},
		"integrator, org server":          {oktasim.Integrator, org, org, "", []string{}},
		"workforce, org server":           {oktasim.Workforce, org, org, "", []string{}},
		"workforce, chosen custom server": {oktasim.Workforce, onDefault(org), org, "/oauth2/default", allowsAll},
		"custom-domain, custom server by the org's own name": {oktasim.CustomDomain, onDefault(org), org, "/oauth2/default", allowsAll},
		"custom-domain, org server":                          {oktasim.CustomDomain, custom, custom, "", []string{}},
		"custom-domain, chosen custom server":                {oktasim.CustomDomain, onDefault(custom), custom, "/oauth2/default", allowsAll},
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
			plan := mustRun(t, session)
			assert.Check(t, is.DeepEqual(policyLines(plan), tt.policy), "access policy")
			assert.Check(t, is.Equal(slices.Contains(plan.Notices, passed(guide.SectionIntegration, notice)), tt.profile == oktasim.NoAPIAM), "told")
			r, issuer := session.Result(0), tt.base(sim)+tt.path
			assert.Check(t, is.Equal(r.Okta.Issuer, issuer), "issuer")
			assert.Check(t, is.Equal(r.Okta.DiscoveryURI, issuer+wellKnownTail), "discovery URI")
			config := rawGet(t, sim, "/api/v2/integrations/"+r.Genesys.IntegrationID+"/config/current")
			assert.Check(t, is.DeepEqual(config["properties"].(map[string]any)[typeKeys(t, session).DiscoveryKey], any(r.Okta.DiscoveryURI)), "what Genesys Cloud asks")
			wouldSignIn(t, sim, session)

			again := visit(t, sim)
			answer(again)
			writesNothing(t, sim, again)
		})
	}
}

// TestUnassignedVisitorIsRefused: the org's decision can be no, so that a yes means something.
func TestUnassignedVisitorIsRefused(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 4})
	set(t, session, guide.Assign, guide.AssignSkip)
	mustRun(t, session)
	_, err := visitor(sim, session.Result(0), "http://localhost:8080/").Code(t.Context())
	assert.Check(t, is.Error(err, "302 access_denied: User is not assigned to the client application."))
}

// TestCustomDomainAsOrg: the wizard moves to the org's own address, and says so.
func TestCustomDomainAsOrg(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 4, Okta: oktasim.Options{Profile: oktasim.CustomDomain}})
	set(t, session, guide.OktaOrg, sim.OktaCustomURL())
	plan := planned(t, session)
	own, custom := guide.Host(sim.OktaURL()), guide.Host(sim.OktaCustomURL())
	assert.Check(t, is.Equal(slices.Contains(plan.Notices, passed(guide.SectionOkta, custom+" is the custom domain of "+own+", which the wizard uses.")), true), "told")
	assert.Check(t, is.Equal(session.Identity().Okta, own), "org")
	assert.NilError(t, apply(t, session, plan))
	wouldSignIn(t, sim, session)
}
