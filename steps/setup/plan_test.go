package setup

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

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
	if e.Class != explain.ClassConflict || !e.Retry || !strings.Contains(e.Problem, words) {
		t.Errorf("%+v", e)
	}
	same(t, "writes", before, writes(sim))
}

// A plan that waited is carried out as it was shown, or not at all.
func TestOldPlan(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 31})
	plan := planned(t, session)
	plan.begun = plan.begun.Add(-2 * fresh)
	mustRun(t, visit(t, sim))
	refused(t, sim, session, plan, "What is there changed after the plan was made")
	same(t, "a new plan writes", false, planned(t, session).Writes())

	set(t, session, guide.DeploymentName, "Another page")
	plan = planned(t, session)
	plan.begun = plan.begun.Add(-2 * fresh)
	before := session.Calls().Writes
	noError(t, apply(t, session, plan))
	same(t, "writes of a plan that is still right", 1, session.Calls().Writes-before)
}

// A plan that was applied is made again.
func TestPlanAppliedTwice(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 31})
	plan := planned(t, session)
	noError(t, apply(t, session, plan))
	wrote := writes(sim)
	noError(t, apply(t, session, plan))
	same(t, "writes", wrote, writes(sim))
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
	noError(t, apply(t, first, planned(t, first, guide.SectionOkta)))
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
	same(t, "stopped while it waits", true, err == engine.ErrStopped) //nolint:errorlint // it comes bare
	same(t, "writes", wrote, writes(sim))
	if text := told.all[0].Text; !strings.Contains(text, "Waiting until it has ended.") {
		t.Error(text)
	}

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
			same(t, "section of a notice", s.ID, n.Section)
		}
		if err := apply(t, session, plan); err != nil {
			t.Fatalf("%s: %v", s.ID, err)
		}
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
	same(t, "plan", want, plan)
	same(t, "objects", guideMakes(before), count(stepwise))
	same(t, "objects of both ways", count(atOnce), count(stepwise))
	complete(t, stepwise, session.Result(0))
	same(t, "changes of both ways", lines(one.Made())[:6], lines(session.Made())[:6])
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
			same(t, "plan writes", false, plan.Writes())
			noError(t, apply(t, session, plan))
			same(t, "writes", wrote, writes(sim))
			same(t, "result", onlyFacts(first), onlyFacts(session.Result(0)))
			same(t, "what was made", first.Changes, session.Result(0).Changes)
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
	same(t, "plan", []string{
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
	}, walkThrough(t, session))
	objects.Okta.TrustedOrigins++
	same(t, "objects", objects, count(sim))
	same(t, "writes", wrote+3, writes(sim))
	app := must(oktaAdmin(t, sim).App(t.Context(), first.Okta.AppID))(t)
	same(t, "redirect URIs", []string{"http://localhost:8080/", "https://www.example.com/chat"}, app.RedirectURIs)
	d := must(genesysAdmin(t, sim).Deployment(t.Context(), first.Genesys.DeploymentID))(t)
	same(t, "domains", []string{"localhost", "www.example.com"}, d.AllowedDomains)
}
