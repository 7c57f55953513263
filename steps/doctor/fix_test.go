package doctor

import (
	"errors"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// TestSeveralThingsAtOnce: without a name, all that the report offers is fixed in one plan.
func TestSeveralThingsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	all(rotateSecret, disable, noPolicy, publish(false), pin("2"), redirects("http://localhost:9999/"))(t, w)
	look := func(env *setup.Session) *Report {
		noError(t, env.Answers.Set(guide.RedirectURIs, guide.FromFlag, "http://localhost:8080/"))
		r, err := Examine(t.Context(), Config{Env: env, Deployment: "Web SSO"})
		noError(t, err)
		return r
	}
	env := w.visit(t, both...)
	r := look(env)
	same(t, "failed", true, r.Failed())
	plan, err := PlanFix(t.Context(), env, r)
	noError(t, err)
	noError(t, env.Apply(t.Context(), plan, engine.NewStop()))
	for _, f := range look(w.visit(t, both...)).Findings {
		if f.State == Fail {
			t.Errorf("still wrong: %s: %s", f.Check, f.What)
		}
	}
	var made []string
	for _, c := range env.Made() {
		made = append(made, string(c.Kind))
	}
	if !strings.Contains(strings.Join(made, " "), string(guide.KindCredential)) {
		t.Errorf("the program does not say what it made: %v", made)
	}
}

// TestMendingIsBesideTheGuide: what the guide was answered and made stays as it is, and a new plan forgets the fix.
func TestFixingIsBesideTheGuide(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	disable(t, w)
	r := w.examine(t, func(c *Config) { c.Env = w.env })
	answers := w.env.Answers
	plan, err := PlanFix(t.Context(), w.env, r, signintest.FixIntegration)
	noError(t, err)
	same(t, "a plan that writes", true, plan.Writes())
	same(t, "answers", true, answers == w.env.Answers)
	same(t, "app name", "Genesys Cloud Messenger", answers.Value(guide.AppName))
	same(t, "result", w.made.Genesys, w.env.Result(0).Genesys)

	plan, err = w.env.Plan(t.Context(), guide.SectionOkta)
	noError(t, err)
	wrote := w.writes()
	noError(t, w.env.Apply(t.Context(), plan, engine.NewStop()))
	same(t, "writes", wrote, w.writes())
}

// TestStopEndsOneRepairOnly: a second fix in the same session begins as if there had been no stop.
func TestStopEndsOneRepairOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	disable(t, w)
	env := w.visit(t, both...)
	r, stop, wrote := w.examine(t, nil), engine.NewStop(), w.writes()
	plan, err := PlanFix(t.Context(), env, r)
	noError(t, err)
	stop.Stop()
	same(t, "stopped", true, errors.Is(env.Apply(t.Context(), plan, stop), engine.ErrStopped))
	same(t, "writes", wrote, w.writes())
	plan, err = PlanFix(t.Context(), env, r)
	noError(t, err)
	noError(t, env.Apply(t.Context(), plan, engine.NewStop()))
	same(t, "what is wrong then", []string{}, bad(w.examine(t, nil)))
}

// TestRepairPlansItselfAgain: a repair whose plan is out of date plans its own part again, and asks for nothing else.
func TestRepairPlansItselfAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	disable(t, w)
	genesysOnly := w.visit(t, guide.GenesysRegion, guide.GenesysClientID, guide.GenesysClientSecret)
	r, err := Examine(t.Context(), Config{Env: genesysOnly, Deployment: "Web SSO"})
	noError(t, err)
	plan, err := PlanFix(t.Context(), genesysOnly, r)
	noError(t, err)
	for range 2 { // an applied plan is as old as one that waited for a minute
		noError(t, genesysOnly.Apply(t.Context(), plan, engine.NewStop()))
		same(t, "what is wrong then", []string{}, bad(w.examine(t, nil)))
		disable(t, w)
	}
}

func TestWhatCannotBeFixed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	healthy := w.examine(t, nil)
	genesysOnly := w.visit(t, guide.GenesysRegion, guide.GenesysClientID, guide.GenesysClientSecret)
	half, err := Examine(t.Context(), Config{Env: genesysOnly, Deployment: "Web SSO"})
	noError(t, err)
	for name, tt := range map[string]struct {
		report *Report
		fixes  []signintest.Fix
		want   string
	}{
		"nothing offered": {healthy, nil, "There is nothing that the wizard can mend here."},
		"nobody named":    {healthy, []signintest.Fix{signintest.FixAssignUser}, "The wizard cannot mend this now (assign-user)."},
		"the app's state": {healthy, []signintest.Fix{signintest.FixActivateApp}, "The wizard cannot mend this now (activate-app)."},
		"no Okta":         {half, []signintest.Fix{signintest.FixCredential}, "Mending this needs a sign-in to Okta."},
	} {
		_, err := PlanFix(t.Context(), genesysOnly, tt.report, tt.fixes...)
		same(t, name, tt.want, problem(t, err))
	}
}
