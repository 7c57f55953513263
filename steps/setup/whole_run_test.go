package setup

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
)

var firstVisit = []string{
	"create | app integration | Genesys Cloud Messenger",
	"create | assignment | Everyone",
	"create | trusted origin | http://localhost:8080",
	"create | access policy | Genesys Messenger",
	"create | policy rule | Messenger sign-in",
	"create | integration | Messenger SSO (Okta)",
	"create | credential | client credentials",
	"update | settings | Discovery URI and credential",
	"update | state | Disabled → Active",
	"create | configuration | Web SSO Messenger",
	"create | published version | 1",
	"create | deployment | Web SSO",
}

// nextVisit is what a run finds that comes after a whole one.
func nextVisit(clientID string) []string {
	out := slices.Clone(firstVisit)
	for i, line := range out {
		_, what, _ := strings.Cut(line, " | ")
		what = strings.NewReplacer("Disabled → Active", "Active", "client credentials", "client "+clientID).Replace(what)
		out[i] = "reuse | " + what
	}
	return out
}

func TestWholeRun(t *testing.T) {
	t.Parallel()
	for seed := uint64(1); seed <= 5; seed++ {
		settle := time.Duration(seed%2) * 5 * time.Millisecond
		t.Run(fmt.Sprintf("seed %d, settle %v", seed, settle), func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: seed, Settle: settle})
			before := kit.Count(sim)
			assert.Check(t, is.DeepEqual(lines(mustRun(t, session).Changes), firstVisit), "plan")
			assert.Check(t, is.DeepEqual(kit.Count(sim), guideMakes(before)), "objects")
			assert.Check(t, is.Equal(kit.Writes(sim), len(firstVisit)), "writes")
			first := session.Result(0)
			complete(t, sim, first)

			for n := range 2 {
				again, wrote := visit(t, sim), kit.Writes(sim)
				assert.Check(t, is.DeepEqual(lines(mustRun(t, again).Changes), nextVisit(first.Okta.ClientID)), "plan of a later visit")
				assert.Check(t, is.Equal(kit.Writes(sim), wrote), "writes of a later visit")
				later := again.Result(0)
				assert.Check(t, is.Equal(later.Calls.Writes, 0), "calls that count as writes")
				assert.Check(t, is.DeepEqual(kit.Count(sim), guideMakes(before)), "objects after a later visit")
				assert.Check(t, is.DeepEqual(onlyFacts(later), onlyFacts(first)), fmt.Sprintf("result of visit %d", n+2))
				sameIDs(t, first, later)
			}
		})
	}
}

// TestPlanNamesTheRun: a plan tells what this run made from what an earlier one made.
func TestPlanNamesTheRun(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	for want, s := range map[string]*Session{"this run": session, "an earlier run": visit(t, sim)} {
		plan, err := s.Plan(t.Context())
		assert.NilError(t, err)
		for step, did := range map[guide.StepID]string{guide.StepApp: "created", guide.StepIntegration: "created", guide.StepCredential: "stored"} {
			assert.Check(t, is.Equal(why(plan, step), "reuse: "+did+" by "+want), step)
		}
	}
}

// onlyFacts leaves out of a result what differs from visit to visit.
func onlyFacts(r Result) Result {
	r.Calls, r.Changes, r.Notices = services.Calls{}, nil, nil
	return r
}

// sameIDs compares the ids of what a later visit found with those of what the first one made.
func sameIDs(t *testing.T, first, later Result) {
	t.Helper()
	ids := map[guide.ObjectKind]string{}
	for _, c := range first.Changes {
		ids[c.Kind] = c.ID
	}
	for _, c := range later.Changes {
		assert.Check(t, c.ID != "" && c.ID == ids[c.Kind],
			"%s %q has the id %q, and had %q", c.Kind, c.Name, c.ID, ids[c.Kind])
	}
}

func complete(t *testing.T, sim *simulator.Server, r Result) {
	t.Helper()
	assert.Check(t, is.Equal(r.Okta.Org, sim.OktaURL()), "org")
	assert.Check(t, is.Equal(r.Okta.Issuer, sim.OktaURL()+"/oauth2/default"), "issuer")
	assert.Check(t, is.Equal(r.Okta.DiscoveryURI, sim.OktaURL()+"/oauth2/default/.well-known/openid-configuration"), "discovery URI")
	assert.Check(t, is.Equal(r.Genesys.Org, "Acme Contact Centre"), "Genesys Cloud organization")
	assert.Check(t, is.Equal(r.Genesys.Region, sim.GenesysURL()), "region")
	assert.Check(t, is.Equal(r.Genesys.ConfigurationVersion, "1"), "version")
	assert.Check(t, is.Equal(r.Calls.Writes, len(firstVisit)), "writes")
	assert.Check(t, len(r.Warnings) == 0 && r.Error == nil, "warnings %q, error %v", r.Warnings, r.Error)
	for name, text := range map[string]string{
		"app": r.Okta.AppID, "client id": r.Okta.ClientID, "integration": r.Genesys.IntegrationID,
		"configuration": r.Genesys.ConfigurationID, "deployment": r.Genesys.DeploymentID,
	} {
		assert.Check(t, text != "", "the result has no id of the %s", name)
	}
	assert.Check(t, is.Contains(r.Snippet, "deploymentId: '"+r.Genesys.DeploymentID+"'"),
		"the snippet isn't the deployment's")
	made := genesysFacts(t, sim, r)
	assert.Check(t, is.Equal(made, "configuration "+r.Genesys.ConfigurationID+" version 1 domains [localhost] flow Web chat"), "what was set up at Genesys Cloud")
	var kinds []string
	for _, c := range r.Changes {
		kinds = append(kinds, string(c.Verb)+" "+string(c.Kind))
		assert.Check(t, c.ID != "", "%s %q has no id", c.Kind, c.Name)
	}
	want := make([]string, len(firstVisit))
	for i, line := range firstVisit {
		parts := strings.Split(line, " | ")
		want[i] = parts[0] + " " + parts[1]
	}
	assert.Check(t, is.DeepEqual(kinds, want), "changes of the result")
}

// genesysFacts is what a colleague sees of the deployment.
func genesysFacts(t *testing.T, sim *simulator.Server, r Result) string {
	t.Helper()
	admin := kit.GenesysAdmin(t, sim)
	d := kit.Must(admin.Deployment(t.Context(), r.Genesys.DeploymentID))(t)
	flow := ""
	for _, f := range kit.Must(admin.Flows(t.Context()))(t) {
		if f.ID == d.FlowID {
			flow = f.Name
		}
	}
	return fmt.Sprintf("configuration %s version %s domains %v flow %s", d.ConfigurationID, d.ConfigurationVersion, d.AllowedDomains, flow)
}

func TestPlanNotices(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	plan := planned(t, session)
	assert.Check(t, is.DeepEqual(plan.Notices, []engine.Notice{
		passed(guide.SectionOkta, "Signed in as ada@acme.test (Super Administrator) at Acme."),
		warning(guide.SectionOkta, `New apps get the app sign-in policy "Any two factors", which asks for two factors. Users may need to enroll one.`),
		passed(guide.SectionGenesys, "Signed in to Acme Contact Centre."),
		passed(guide.SectionGenesys, "Genesys Cloud doesn't report licenses. The next section checks for the integration type."),
		passed(guide.SectionGenesys, "The OAuth client has all required permissions."),
		passed(guide.SectionIntegration, "discovery document · issuer matches · RS256 · S256 · 1 key"),
		warning(guide.SectionIntegration, `"default" has no access policy for this app, so Okta would refuse sign-in. The wizard adds one.`),
		warning(guide.SectionIntegration, "ID tokens lack given_name and family_name, so agents don't see visitors' names. Set Visitor names to include them."),
		passed(guide.SectionIntegration, "The integration type requires Max Refresh Token Lifetime. The wizard sets 86400."),
		warning(guide.SectionConfiguration, personalData),
	}), "notices")
	assert.Check(t, is.Equal(plan.Writes(), true), "plan writes")
	assert.Check(t, is.Equal(kit.Writes(sim), 0), "writes while planning")
	host := strings.TrimPrefix(sim.OktaURL(), "http://")
	assert.Check(t, is.DeepEqual(session.Identity(), Identity{host, "Acme Contact Centre"}), "identity")
	again := planned(t, session)
	assert.Check(t, is.DeepEqual(again.Notices, plan.Notices), "notices of the same plan once more")
	assert.Check(t, is.DeepEqual(again.Changes, plan.Changes), "changes of the same plan once more")
}

// A plan that waited is carried out as it was shown, or not at all.
func TestOldPlan(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 31})
	plan := planned(t, session)
	plan.begun = plan.begun.Add(-2 * Fresh)
	mustRun(t, visit(t, sim))
	before := kit.Writes(sim)
	e := asError(t, apply(t, session, plan))
	assert.Check(t, e.Class == explain.ClassConflict && e.Retry && strings.Contains(e.Problem, "Your orgs changed after the plan was made"), "%+v", e)
	assert.Check(t, is.Equal(kit.Writes(sim), before), "writes")
	assert.Check(t, is.Equal(planned(t, session).Writes(), false), "a new plan writes")

	set(t, session, guide.DeploymentName, "Another page")
	plan = planned(t, session)
	plan.begun = plan.begun.Add(-2 * Fresh)
	before = session.Calls().Writes
	assert.NilError(t, apply(t, session, plan))
	assert.Check(t, is.Equal(session.Calls().Writes-before, 1), "writes of a plan that is still right")
}

// TestSecretsOfOldPlan: a rotation that waited is planned again, and says what became of the secrets.
func TestSecretsOfOldPlan(t *testing.T) {
	t.Parallel()
	_, session := world(t, simulator.Options{Seed: 31})
	mustRun(t, session)
	made := session.Result(0)
	set(t, session, guide.AppName, made.Okta.AppID)
	set(t, session, guide.IntegrationName, made.Genesys.IntegrationID)
	plan, err := session.PlanFix(t.Context(), Fix{Answers: session.Answers, Nodes: RotationSteps, KeepApp: true, Rotate: &Rotate{Old: oktasteps.SecretInactive}})
	assert.NilError(t, err)
	plan.begun = plan.begun.Add(-2 * Fresh)
	assert.NilError(t, apply(t, session, plan))
	got := plan.Secrets()
	assert.Check(t, got.New.ID != "" && !got.New.Created.IsZero(), "the new client secret")
	assert.Check(t, is.Equal(got.Old.Status, oktasteps.SecretInactive))
}

// A plan that was applied is made again.
func TestPlanAppliedTwice(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 31})
	plan := planned(t, session)
	assert.NilError(t, apply(t, session, plan))
	wrote := kit.Writes(sim)
	assert.NilError(t, apply(t, session, plan))
	assert.Check(t, is.Equal(kit.Writes(sim), wrote), "writes")
}

// TestPartialPlanNamesTheRest: what comes after the planned sections is not known yet.
func TestPartialPlanNamesTheRest(t *testing.T) {
	t.Parallel()
	_, session := world(t, simulator.Options{Seed: 31})
	set(t, session, guide.GenesysRegion)
	plan := planned(t, session, guide.SectionOkta)
	assert.Check(t, is.DeepEqual(plan.Open, guide.SectionsUpTo(guide.SectionSnippet)[1:]), "sections")
	assert.Check(t, len(plan.Lacks) == 1 && plan.Lacks[0].Key == guide.GenesysRegion, "lacks %v", plan.Lacks)

	_, session = world(t, simulator.Options{Seed: 31})
	for _, id := range guide.SectionsUpTo(guide.SectionSnippet) {
		plan = planned(t, session, id)
	}
	assert.Check(t, len(plan.Open) == 0 && len(planned(t, session).Open) == 0, "of the last section, and of all: %v", plan.Open)
}

// TestOnlyApplyIsTimed: what a user takes to read a plan doesn't count.
func TestOnlyApplyIsTimed(t *testing.T) {
	t.Parallel()
	_, session := world(t, simulator.Options{Seed: 31})
	plan := planned(t, session)
	assert.Check(t, is.Equal(session.Worked(), time.Duration(0)), "after the plan")
	began := time.Now()
	assert.NilError(t, apply(t, session, plan))
	assert.Check(t, session.Worked() > 0 && session.Worked() <= time.Since(began), "%s", session.Worked())
}

// walkThrough plans and applies section by section, in the guide's order.
func walkThrough(t *testing.T, session *Session) []string {
	t.Helper()
	var all []string
	for _, s := range guide.Sections() {
		plan := planned(t, session, s.ID)
		for _, n := range plan.Notices {
			assert.Check(t, is.Equal(n.Section, s.ID), "section of a notice")
		}
		assert.NilError(t, apply(t, session, plan), s.ID)
		all = append(all, lines(plan.Changes)...)
	}
	return all
}

func TestSectionBySection(t *testing.T) {
	t.Parallel()
	atOnce, one := world(t, simulator.Options{Seed: 4})
	mustRun(t, one)
	stepwise, session := world(t, simulator.Options{Seed: 4})
	before := kit.Count(stepwise)
	plan := walkThrough(t, session)
	assert.Check(t, is.Equal(session.View().Get(guide.MessageFlow).Value, one.View().Get(guide.MessageFlow).Value), "the view of both ways")
	assert.Check(t, session.View().Get(guide.MessageFlow).Given, "the view has no flow")

	want := slices.Clone(firstVisit)
	want[slices.Index(want, "create | credential | client credentials")] = "create | credential | client " + session.Result(0).Okta.ClientID
	assert.Check(t, is.DeepEqual(plan, want), "plan")
	assert.Check(t, is.DeepEqual(kit.Count(stepwise), guideMakes(before)), "objects")
	assert.Check(t, is.DeepEqual(kit.Count(stepwise), kit.Count(atOnce)), "objects of both ways")
	complete(t, stepwise, session.Result(0))
	assert.Check(t, is.DeepEqual(lines(session.Made())[:6], lines(one.Made())[:6]), "changes of both ways")

	first, wrote := session.Result(0), kit.Writes(stepwise)
	for _, s := range guide.Sections() { // each once more
		plan := planned(t, session, s.ID)
		assert.Check(t, is.Equal(plan.Writes(), false), "%s: plan writes", s.ID)
		assert.NilError(t, apply(t, session, plan))
		assert.Check(t, is.Equal(kit.Writes(stepwise), wrote), "%s: writes", s.ID)
		assert.Check(t, is.DeepEqual(onlyFacts(session.Result(0)), onlyFacts(first)), "%s: result", s.ID)
		assert.Check(t, is.DeepEqual(session.Result(0).Changes, first.Changes), "%s: what was made", s.ID)
	}
}

func TestAnswerChangedLater(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	walkThrough(t, session)
	first := session.Result(0)
	objects, wrote := kit.Count(sim), kit.Writes(sim)

	set(t, session, guide.RedirectURIs, "http://localhost:8080/", "https://www.example.com/chat")
	want := slices.Insert(nextVisit(first.Okta.ClientID), 3, "create | trusted origin | https://www.example.com")
	want[0], want[len(want)-1] = "update | app integration | Genesys Cloud Messenger", "update | deployment | Web SSO"
	assert.Check(t, is.DeepEqual(walkThrough(t, session), want), "plan")
	objects.Okta.TrustedOrigins++
	assert.Check(t, is.DeepEqual(kit.Count(sim), objects), "objects")
	assert.Check(t, is.Equal(kit.Writes(sim), wrote+3), "writes")
	app := kit.Must(kit.OktaAdmin(t, sim).App(t.Context(), first.Okta.AppID))(t)
	assert.Check(t, is.DeepEqual(app.RedirectURIs, []string{"http://localhost:8080/", "https://www.example.com/chat"}), "redirect URIs")
	d := kit.Must(kit.GenesysAdmin(t, sim).Deployment(t.Context(), first.Genesys.DeploymentID))(t)
	assert.Check(t, is.DeepEqual(d.AllowedDomains, []string{"localhost", "www.example.com"}), "domains")
}
