package setup

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	oktasteps "msgsso-wizard/steps/okta"
)

// refused fails unless a plan is refused in those words, and nothing is written.
func refused(t *testing.T, sim *simulator.Server, session *Session, plan Plan, words string) {
	t.Helper()
	before := kit.Writes(sim)
	e := asError(t, apply(t, session, plan))
	assert.Check(t, e.Class == explain.ClassConflict && e.Retry && strings.Contains(e.Problem, words), "%+v", e)
	assert.Check(t, is.Equal(kit.Writes(sim), before), "writes")
}

// A plan that waited is carried out as it was shown, or not at all.
func TestOldPlan(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 31})
	plan := planned(t, session)
	plan.begun = plan.begun.Add(-2 * Fresh)
	mustRun(t, visit(t, sim))
	refused(t, sim, session, plan, "Your orgs changed after the plan was made")
	assert.Check(t, is.Equal(planned(t, session).Writes(), false), "a new plan writes")

	set(t, session, guide.DeploymentName, "Another page")
	plan = planned(t, session)
	plan.begun = plan.begun.Add(-2 * Fresh)
	before := session.Calls().Writes
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
	assert.Check(t, is.DeepEqual(walkThrough(t, session), []string{
		"update | app integration | Genesys Cloud Messenger",
		"reuse | assignment | Everyone",
		"reuse | trusted origin | http://localhost:8080",
		"create | trusted origin | https://www.example.com",
		"reuse | access policy | Genesys Messenger",
		"reuse | policy rule | Messenger sign-in",
		"reuse | integration | Messenger SSO (Okta)",
		"reuse | credential | client " + first.Okta.ClientID,
		"reuse | settings | Discovery URI and credential",
		"reuse | state | Active",
		"reuse | configuration | Web SSO Messenger",
		"reuse | published version | 1",
		"update | deployment | Web SSO",
	}), "plan")
	objects.Okta.TrustedOrigins++
	assert.Check(t, is.DeepEqual(kit.Count(sim), objects), "objects")
	assert.Check(t, is.Equal(kit.Writes(sim), wrote+3), "writes")
	app := kit.Must(kit.OktaAdmin(t, sim).App(t.Context(), first.Okta.AppID))(t)
	assert.Check(t, is.DeepEqual(app.RedirectURIs, []string{"http://localhost:8080/", "https://www.example.com/chat"}), "redirect URIs")
	d := kit.Must(kit.GenesysAdmin(t, sim).Deployment(t.Context(), first.Genesys.DeploymentID))(t)
	assert.Check(t, is.DeepEqual(d.AllowedDomains, []string{"localhost", "www.example.com"}), "domains")
}
