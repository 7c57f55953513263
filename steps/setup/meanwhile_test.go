package setup

import (
	"context"
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
