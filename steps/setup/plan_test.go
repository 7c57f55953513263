package setup

import (
	"context"
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
	"msgsso-wizard/steps/services"
)

// refused fails unless a plan is refused in those words, and nothing is written.
func refused(t *testing.T, sim *simulator.Server, session *Session, plan Plan, words string) {
	t.Helper()
	before := writes(sim)
	e := asError(t, apply(t, session, plan))
	assert.Check(t, e.Class == explain.ClassConflict && e.Retry && strings.Contains(e.Problem, words), "%+v", e)
	assert.Check(t, is.Equal(writes(sim), before), "writes")
}

// A plan that waited is carried out as it was shown, or not at all.
func TestOldPlan(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 31})
	plan := planned(t, session)
	plan.begun = plan.begun.Add(-2 * fresh)
	mustRun(t, visit(t, sim))
	refused(t, sim, session, plan, "What is there changed after the plan was made")
	assert.Check(t, is.Equal(planned(t, session).Writes(), false), "a new plan writes")

	set(t, session, guide.DeploymentName, "Another page")
	plan = planned(t, session)
	plan.begun = plan.begun.Add(-2 * fresh)
	before := session.Calls().Writes
	assert.NilError(t, apply(t, session, plan))
	assert.Check(t, is.Equal(session.Calls().Writes-before, 1), "writes of a plan that is still right")
}

// A plan that was applied is made again.
func TestPlanAppliedTwice(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 31})
	plan := planned(t, session)
	assert.NilError(t, apply(t, session, plan))
	wrote := writes(sim)
	assert.NilError(t, apply(t, session, plan))
	assert.Check(t, is.Equal(writes(sim), wrote), "writes")
}

// knowing is a journal that knows every object, or none.
type knowing struct{ all bool }

func (knowing) Intend(engine.Change) (int, error)                                 { return 0, nil }
func (knowing) Settle(int, string, error) error                                   { return nil }
func (knowing) RunID() string                                                     { return "" }
func (knowing) Found(engine.Change) error                                         { return nil }
func (knowing) Enter(string) error                                                { return nil }
func (knowing) Created(guide.ObjectKind, engine.Key, time.Duration) []engine.Past { return nil }
func (k knowing) Known(_ guide.ObjectKind, name, id string) bool {
	return k.all && name != "" && id != ""
}

// An app that another computer's run made just now is left to that run.
func TestOtherComputer(t *testing.T) {
	t.Parallel()
	sim, first := world(t, simulator.Options{Seed: 32})
	assert.NilError(t, apply(t, first, planned(t, first, guide.SectionOkta)))
	app := first.Result(0).Okta.AppID
	// next is a run on another computer. How long a run takes is counted in its pauses.
	next := func(known bool, poll time.Duration, page string) *Session {
		session := visit(t, sim)
		session.Journal, session.Poll = knowing{known}, poll
		session.Prompt = func(context.Context, services.Prompt) (string, error) { return "", nil }
		set(t, session, guide.DeploymentName, page)
		return session
	}
	second := next(false, time.Hour, "Web SSO")
	refused(t, sim, second, planned(t, second), "may be under way on another computer")

	// Where no person is there, the run waits.
	second.Prompt = nil
	stop, wrote := engine.NewStop(), writes(sim)
	told := watch(second, func(ev engine.Event) {
		if ev.Phase == engine.Paused {
			stop.Stop()
		}
	})
	err := second.Apply(t.Context(), planned(t, second), stop)
	assert.Check(t, is.Equal(err == engine.ErrStopped, true), "stopped while it waits") //nolint:errorlint // it comes bare
	assert.Check(t, is.Equal(writes(sim), wrote), "writes")
	assert.Check(t, is.Contains(told.all[0].Text, "Waiting until it has ended."))

	mustRun(t, next(true, time.Millisecond, "Web SSO"))
	mustRun(t, next(false, time.Hour, "Web SSO")) // there is nothing to change
	mustRun(t, next(false, 1, "Old app"))         // its run would have ended
	meant := next(false, time.Millisecond, "Another page")
	set(t, meant, guide.AppName, app)
	mustRun(t, meant)
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
	before := count(stepwise)
	plan := walkThrough(t, session)

	want := slices.Clone(firstVisit)
	want[slices.Index(want, "create | credential | client credentials")] = "create | credential | client " + session.Result(0).Okta.ClientID
	assert.Check(t, is.DeepEqual(plan, want), "plan")
	assert.Check(t, is.DeepEqual(count(stepwise), guideMakes(before)), "objects")
	assert.Check(t, is.DeepEqual(count(stepwise), count(atOnce)), "objects of both ways")
	complete(t, stepwise, session.Result(0))
	assert.Check(t, is.DeepEqual(lines(session.Made())[:6], lines(one.Made())[:6]), "changes of both ways")
}

func TestSectionAppliedAgain(t *testing.T) {
	t.Parallel()
	for _, s := range guide.Sections() {
		t.Run(string(s.ID), func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			walkThrough(t, session)
			first, wrote := session.Result(0), writes(sim)

			plan := planned(t, session, s.ID)
			assert.Check(t, is.Equal(plan.Writes(), false), "plan writes")
			assert.NilError(t, apply(t, session, plan))
			assert.Check(t, is.Equal(writes(sim), wrote), "writes")
			assert.Check(t, is.DeepEqual(onlyFacts(session.Result(0)), onlyFacts(first)), "result")
			assert.Check(t, is.DeepEqual(session.Result(0).Changes, first.Changes), "what was made")
		})
	}
}

func TestAnswerChangedLater(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	walkThrough(t, session)
	first := session.Result(0)
	objects, wrote := count(sim), writes(sim)

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
	assert.Check(t, is.DeepEqual(count(sim), objects), "objects")
	assert.Check(t, is.Equal(writes(sim), wrote+3), "writes")
	app := must(oktaAdmin(t, sim).App(t.Context(), first.Okta.AppID))(t)
	assert.Check(t, is.DeepEqual(app.RedirectURIs, []string{"http://localhost:8080/", "https://www.example.com/chat"}), "redirect URIs")
	d := must(genesysAdmin(t, sim).Deployment(t.Context(), first.Genesys.DeploymentID))(t)
	assert.Check(t, is.DeepEqual(d.AllowedDomains, []string{"localhost", "www.example.com"}), "domains")
}
