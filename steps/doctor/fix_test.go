package doctor

import (
	"errors"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// TestSeveralThingsAtOnce: without a name, all that the report offers is fixed in one plan.
func TestSeveralThingsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	kit.All(kit.RotateSecret, kit.DisableIntegration, noPolicy, kit.Publish(false), kit.UseVersion("2"), redirects("http://localhost:9999/"))(t, w.Org)
	examine := func(env *setup.Session) *Report {
		assert.NilError(t, env.Answers.Set(guide.RedirectURIs, guide.FromFlag, "http://localhost:8080/"))
		return w.examine(t, func(c *Config) { c.Env = env })
	}
	env := w.visit(t, both...)
	r := examine(env)
	assert.Check(t, is.Equal(r.Failed(), true), "failed")
	applyFixes(t, env, r)
	for _, f := range examine(w.visit(t, both...)).Findings {
		assert.Check(t, f.State != Fail, "still wrong: %s: %s", f.Check, f.What)
	}
	var made []string
	for _, c := range env.Made() {
		made = append(made, string(c.Kind))
	}
	assert.Check(t, is.Contains(strings.Join(made, " "), string(guide.KindCredential)),
		"the program doesn't say what it made: %v", made)
}

// TestMendingIsBesideTheGuide: what the guide was answered and made stays as it is, and a new plan forgets the fix.
func TestFixKeepsGuideAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	kit.DisableIntegration(t, w.Org)
	r := w.examine(t, func(c *Config) { c.Env = w.env })
	answers := w.env.Answers
	plan := kit.Must(PlanFix(t.Context(), w.env, r, "", signintest.FixIntegration))(t)
	assert.Check(t, is.Equal(plan.Writes(), true), "a plan that writes")
	assert.Check(t, is.Equal(answers == w.env.Answers, true), "answers")
	assert.Check(t, is.Equal(answers.Value(guide.AppName), "Genesys Cloud Messenger"), "app name")
	assert.Check(t, is.DeepEqual(w.env.Result(0).Genesys, w.made.Genesys), "result")

	plan = kit.Must(w.env.Plan(t.Context(), guide.SectionOkta))(t)
	wrote := kit.Writes(w.Sim)
	assert.NilError(t, w.env.Apply(t.Context(), plan, engine.NewStop()))
	assert.Check(t, is.Equal(kit.Writes(w.Sim), wrote), "writes")
}

// TestStopEndsOneRepairOnly: a second fix in the same session begins as if there had been no stop.
func TestStopEndsOneRepairOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	kit.DisableIntegration(t, w.Org)
	env, r := w.examineWith(t, both...)
	stop, wrote := engine.NewStop(), kit.Writes(w.Sim)
	plan := kit.Must(PlanFix(t.Context(), env, r, ""))(t)
	stop.Stop()
	assert.Check(t, is.Equal(errors.Is(env.Apply(t.Context(), plan, stop), engine.ErrStopped), true), "stopped")
	assert.Check(t, is.Equal(kit.Writes(w.Sim), wrote), "writes")
	applyFixes(t, env, r)
	assert.Check(t, is.DeepEqual(bad(w.examine(t, nil)), []string{}), "what is wrong then")
}

// TestRepairPlansItselfAgain: a repair whose plan is out of date plans its own part again, and asks for nothing else.
func TestRepairPlansItselfAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	kit.DisableIntegration(t, w.Org)
	env, r := w.examineWith(t, genesysOnly...)
	plan := kit.Must(PlanFix(t.Context(), env, r, ""))(t)
	for range 2 { // an applied plan is as old as one that waited for a minute
		assert.NilError(t, env.Apply(t.Context(), plan, engine.NewStop()))
		assert.Check(t, is.DeepEqual(bad(w.examine(t, nil)), []string{}), "what is wrong then")
		kit.DisableIntegration(t, w.Org)
	}
}

func TestUnfixable(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	healthy := w.examine(t, nil)
	env, half := w.examineWith(t, genesysOnly...)
	for name, tt := range map[string]struct {
		report *Report
		fixes  []signintest.Fix
		want   string
	}{
		"nothing offered": {healthy, nil, "The wizard can't fix this for you."},
		"nobody named":    {healthy, []signintest.Fix{signintest.FixAssignUser}, "The wizard can't fix this now."},
		"the app's state": {healthy, []signintest.Fix{signintest.FixActivateApp}, "The wizard can't fix this now."},
		"no Okta":         {half, []signintest.Fix{signintest.FixCredential}, "This fix needs a sign-in to Okta."},
	} {
		_, err := PlanFix(t.Context(), env, tt.report, "", tt.fixes...)
		assert.Check(t, is.Equal(problem(t, err), tt.want), name)
	}
}

// TestUndoOfActivatedOrigin: an origin that a fix activated is inactive again after undo.
func TestUndoOfActivatedOrigin(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	deactivateOrigins(t, w.Org)
	status := func() (all []string) {
		origins := kit.Must(w.Okta.TrustedOrigins(t.Context()))(t)
		for _, o := range origins {
			all = append(all, o.Status)
		}
		return all
	}
	env, r := w.examineWith(t, both...)
	runJournal := journal.New(nil, "test", env.Answers)
	env.Journal = runJournal
	applyFixes(t, env, r, FixOrigins)
	assert.Check(t, is.DeepEqual(status(), []string{"ACTIVE"}), "after the fix")
	assert.Check(t, is.DeepEqual(bad(w.examine(t, nil)), []string{}), "what is wrong then")
	assert.Check(t, is.Equal(len(env.Result(0).Warnings), 0), "warnings of the guide's run")
	u := setup.NewUndo(env, journal.Undoing{Journal: runJournal})
	items := kit.Must(u.Plan(t.Context()))(t)
	assert.NilError(t, u.Apply(t.Context(), items, engine.NewStop(), nil))
	assert.Check(t, is.DeepEqual(status(), []string{"INACTIVE"}), "after undo")
}

// TestSettingsComeBeforeStatus: where a wrong setting can be why the integration is in ERROR, activating it alone is no fix.
func TestSettingsComeBeforeStatus(t *testing.T) {
	t.Parallel()
	google := faults["Google's Discovery URI, integration in ERROR"]
	w := newWorld(t, google.options())
	google.damage(t, w.Org)
	r := w.examine(t, nil)
	state := finding(t, r, "integration-state")
	assert.Check(t, is.Contains(state.Fix, "Fix its settings first."), "fix")
	assert.Check(t, is.DeepEqual(r.Fixes(), []signintest.Fix{signintest.FixDiscovery}), "fixes")
	order := []string{}
	for _, f := range r.Findings {
		if f.State == Fail {
			order = append(order, f.Check)
		}
	}
	assert.Check(t, is.DeepEqual(order, []string{"discovery-uri", "integration-state"}), "order")
}

// TestFixAllowsTestedPage: the fix after a test adds the host of the tested page, where another page is on an allowed domain.
func TestFixAllowsTestedPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	kit.All(redirects("http://localhost:8080/", "https://shop.example.com/"), kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = []string{"shop.example.com"} }))(t, w.Org)
	env, r := w.examineWith(t, both...)
	kit.Must(r.Setup(t.Context(), env, "http://localhost:8080/"))(t)
	applyFixes(t, env, r, signintest.FixDomains)
	d := kit.Must(w.Genesys.Deployment(t.Context(), w.made.Genesys.DeploymentID))(t)
	assert.Check(t, is.DeepEqual(d.AllowedDomains, []string{"shop.example.com", "localhost"}), "allowed domains")
}

// TestUndoOfClientAuthentication: undo of the fix gives the app its former client authentication.
func TestUndoOfClientAuthentication(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	faults["app on client_secret_post"].damage(t, w.Org)
	method := func() string {
		app := kit.Must(w.Okta.App(t.Context(), w.made.Okta.AppID))(t)
		return app.TokenAuthMethod
	}
	env, r := w.examineWith(t, both...)
	runJournal := journal.New(nil, "test", env.Answers)
	env.Journal = runJournal
	applyFixes(t, env, r, signintest.FixAuthMethod)
	assert.Check(t, is.Equal(method(), "client_secret_basic"), "after the fix")
	u := setup.NewUndo(env, journal.Undoing{Journal: runJournal})
	items := kit.Must(u.Plan(t.Context()))(t)
	assert.NilError(t, u.Apply(t.Context(), items, engine.NewStop(), nil))
	assert.Check(t, is.Equal(method(), "client_secret_post"), "after undo")
}

// TestFailuresAreFixedFirst: a fix of what failed changes nothing for a warning, and a failure that only a user can fix
// isn't answered with the fix of a warning.
func TestFailuresAreFixedFirst(t *testing.T) {
	t.Parallel()
	failed := Finding{State: Fail, AutoFix: signintest.FixPublish}
	manual, warned := Finding{State: Fail}, Finding{State: Warn, AutoFix: FixNames}
	for name, tt := range map[string]struct {
		findings []Finding
		want     []signintest.Fix
	}{
		"both":              {[]Finding{warned, failed}, []signintest.Fix{signintest.FixPublish}},
		"the failure isn't": {[]Finding{warned, manual}, nil},
		"only a warning":    {[]Finding{warned}, []signintest.Fix{FixNames}},
	} {
		r := Report{Findings: tt.findings}
		assert.Check(t, is.DeepEqual(r.Fixes(), tt.want), name)
	}
}
