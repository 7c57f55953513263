package steps

import (
	"context"
	"fmt"
	"slices"
	"time"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

const (
	fresh  = time.Minute     // how old a plan may be that is carried out without another look
	atWork = 2 * time.Minute // how long a run is taken to be under way after it made its app, which it makes first
)

// lookAgain stands before the first change: it plans again where the plan waited for somebody, and stops where what is
// there changed meanwhile, or where another computer seems to be at the same work.
func lookAgain(ctx context.Context, env *Env, sections []guide.SectionID) error {
	nodes := chosen(env, sections)
	shown := env.facts.plansOf(nodes)
	if !slices.ContainsFunc(shown, Change.Writes) {
		return nil
	}
	if time.Since(env.facts.plannedAt()) > fresh {
		if _, err := MakePlan(ctx, env, sections...); err != nil {
			return err
		}
		if !slices.EqualFunc(shown, env.facts.plansOf(nodes), Change.does) {
			return &explain.Error{
				Class: explain.ClassConflict, Retry: true,
				Problem: "What is there changed after the plan was made. Nothing was changed by this run.",
				Fix:     "Let the wizard plan again, and look at the new plan.",
			}
		}
	}
	if app := env.facts.app; app != nil {
		return env.alone(*app)
	}
	return nil
}

// does reports whether two changes do the same to the same object.
func (c Change) does(other Change) bool {
	return c.Verb == other.Verb && c.Kind == other.Kind && c.Name == other.Name && c.ID == other.ID && c.Why == other.Why
}

// alone refuses to go on with an app that another run made just now: on two computers at once, both would make what
// comes after the app. An app that was named by its id was meant, whatever its age.
func (e *Env) alone(app okta.App) error {
	if e.Journal == nil || app.ManagedBy != tag || e.Answers.Value(guide.AppName) == app.ID || e.Journal.Known(guide.KindApp, app.Label, app.ID) {
		return nil
	}
	skew, known := e.facts.okta.Skew()
	age := time.Now().Add(skew).Sub(app.Created)
	if !known || age.Abs() > atWork {
		return nil
	}
	return &explain.Error{
		Class: explain.ClassConflict, Question: guide.AppName, Retry: true,
		Problem: fmt.Sprintf("Another run of this wizard made the app integration %q (%s) %s ago and may be under way on another computer. Nothing was changed by this run.",
			app.Label, app.ID, max(age, 0).Round(time.Second)),
		Fix: fmt.Sprintf("Wait until it has ended, %s at most, and try again. If you know that it has ended, name its app: --app-name %s.", atWork, app.ID),
	}
}
