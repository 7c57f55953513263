package setup

import (
	"errors"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

func writesOf(sim *simulator.Server) int {
	return sim.Okta().Calls().Writes + sim.Genesys().Calls().Writes
}

// stopsAs fails unless the plan is refused in those words, and nothing is written.
func stopsAs(t *testing.T, sim *simulator.Server, env *Env, words string) {
	t.Helper()
	before := writesOf(sim)
	var e *explain.Error
	if err := Apply(t.Context(), env); !errors.As(err, &e) || e.Class != explain.ClassConflict || !e.Retry {
		t.Fatalf("%v", err)
	}
	if !strings.Contains(e.Problem, words) {
		t.Error(e.Problem)
	}
	same(t, "writes", before, writesOf(sim))
}

// A plan that waited is carried out as it was shown, or not at all.
func TestPlanWaits(t *testing.T) {
	t.Parallel()
	sim, env := world(t, simulator.Options{Seed: 31})
	wait := func() { env.facts.planned = env.facts.planned.Add(-2 * fresh) }
	must(MakePlan(t.Context(), env))(t)
	wait()
	mustRun(t, visit(t, sim))
	stopsAs(t, sim, env, "What is there changed after the plan was made")

	plan := must(MakePlan(t.Context(), env))(t)
	if plan.Writes() {
		t.Errorf("%+v", plan.Changes)
	}
	noError(t, env.Answers.Set(guide.DeploymentName, guide.FromUser, "Another page"))
	must(MakePlan(t.Context(), env))(t)
	wait()
	before := env.Calls().Writes
	noError(t, Apply(t.Context(), env))
	same(t, "writes of a plan that waited for nothing", 1, env.Calls().Writes-before)
}

// knowing is a journal that knows every object, or none.
type knowing struct{ all bool }

func (knowing) Intend(Change) (int, error)      { return 0, nil }
func (knowing) Settle(int, string, error) error { return nil }
func (knowing) RunID() string                   { return "" }
func (knowing) Found(Change) error              { return nil }
func (k knowing) Known(_ guide.ObjectKind, name, id string) bool {
	return k.all && name != "" && id != ""
}

// An app that another computer's run made just now is left to that run.
func TestAnotherComputer(t *testing.T) {
	t.Parallel()
	sim, first := world(t, simulator.Options{Seed: 32})
	must(MakePlan(t.Context(), first, guide.SectionOkta))(t)
	noError(t, Apply(t.Context(), first, guide.SectionOkta))

	second := visit(t, sim)
	second.Journal = knowing{}
	must(MakePlan(t.Context(), second))(t)
	stopsAs(t, sim, second, "may be under way on another computer")

	second.Journal = knowing{all: true}
	must(MakePlan(t.Context(), second))(t)
	noError(t, Apply(t.Context(), second))

	third := visit(t, sim)
	third.Journal = knowing{}
	must(MakePlan(t.Context(), third))(t)
	noError(t, Apply(t.Context(), third)) // there is nothing to change
	noError(t, third.Answers.Set(guide.AppName, guide.FromUser, first.facts.app.ID))
	noError(t, third.Answers.Set(guide.DeploymentName, guide.FromUser, "Another page"))
	must(MakePlan(t.Context(), third))(t)
	noError(t, Apply(t.Context(), third))

	old := *first.facts.app
	old.Created = old.Created.Add(-2 * atWork)
	noError(t, third.Answers.Set(guide.AppName, guide.FromUser, old.Label))
	noError(t, third.alone(old))
	if third.alone(*first.facts.app) == nil {
		t.Error("the same app, made just now, is no reason to stop")
	}
}
