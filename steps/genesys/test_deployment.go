package genesys

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
)

// tries reports whether a live deployment is to keep its version until the new one was tried.
func (d deployment) tries() bool { return d.answers.Value(guide.Rollout) == guide.RolloutTry }

// moves reports whether the run has a deployment of live pages use another version. One that the run itself made has none.
func (d deployment) moves(ctx context.Context, found genesys.Deployment) (bool, error) {
	if d.in.Configuration == nil || d.answers.Manual(guide.SectionDeployment) || d.run != "" && strings.Contains(found.Description, d.run) {
		return false, nil
	}
	want := found
	moved, err := d.move(ctx, engine.Planning, found, &want, &engine.Notes{})
	return len(moved) > 0, err
}

// offer has the guide ask when the live deployment is moved, where the run moves it. held reports that it stays for now.
func (d deployment) offer(ctx context.Context, found genesys.Deployment, notes *engine.Notes) (held bool, err error) {
	notes.Ask()
	moves, err := d.moves(ctx, found)
	if err != nil || !moves {
		return false, err
	}
	rollout, _ := guide.QuestionFor(guide.Rollout)
	hosts, _ := guide.QuestionFor(guide.StagingHosts)
	notes.Ask(rollout, hosts)
	switch held = d.tries(); {
	case held:
		notes.Attend(fmt.Sprintf("Pages of the live deployment %s keep version %s until you go live.", livesOn(found), found.ConfigurationVersion))
	case d.answers.Get(guide.Rollout).From == guide.FromDefault:
		notes.Attend(fmt.Sprintf("This moves the live deployment %s to the new version at once. To test it first, choose %s (%s).",
			livesOn(found), rollout.Word(guide.RolloutTry), rollout.Label))
	}
	return held, nil
}

// hostsToTest are those of the test deployment.
func hostsToTest(a *guide.Answers) []string {
	return engine.With([]string{"localhost"}, a.Get(guide.StagingHosts).Values)
}

// testHosts are those that a test deployment has in place of the live one, if that exists and a version is tried first.
func (d deployment) testHosts(live *genesys.Deployment) []string {
	if live == nil || !d.tries() {
		return nil
	}
	return hostsToTest(d.answers)
}

// testDeployment is the deployment in which a new version is tried while the live one keeps its version.
type testDeployment struct {
	deployment
	live genesys.Deployment
}

// NewTestDeployment wants a test deployment where the answers say so and the live deployment would be moved.
func NewTestDeployment(org Organization, in DeploymentInputs, live engine.Source[genesys.Deployment], answers *guide.Answers, run string) engine.Listing[genesys.Deployment] {
	return func(ctx context.Context, notes *engine.Notes) ([]engine.Resource[genesys.Deployment], error) {
		p, err := live.Planned(ctx)
		if err != nil || answers.Value(guide.Rollout) != guide.RolloutTry {
			return nil, err
		}
		api, err := org.api(ctx)
		if err != nil {
			return nil, err
		}
		t := testDeployment{deployment{DeploymentObject(api), api, org, in, answers, run}, p.Value}
		held := false
		if p.Exists {
			held, err = t.moves(ctx, p.Value)
		}
		if err != nil || held {
			return []engine.Resource[genesys.Deployment]{t}, err
		}
		notes.Attend(fmt.Sprintf("This run doesn't change the version of live pages, so %q needs no test deployment.", p.Change.Name))
		return nil, nil
	}
}

// maxDeploymentName is for names that are derived (contract genesys.md 2.2).
const maxDeploymentName = 100

// name says for which deployment it is.
func (t testDeployment) name() string {
	const suffix = " (test)"
	live := []rune(t.live.Name)
	return string(live[:min(len(live), maxDeploymentName-len(suffix))]) + suffix
}

func (t testDeployment) Key(context.Context) (engine.Key, error) {
	return engine.Key{Name: t.name()}, nil
}

func (t testDeployment) Find(ctx context.Context, notes *engine.Notes) (*genesys.Deployment, error) {
	all, err := t.org.Deployments.For(ctx, notes)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(d genesys.Deployment) bool { return d.Name == t.name() })
	switch {
	case i < 0:
		return nil, nil
	case !mark.Has(all[i].Description):
		return nil, explain.New(explain.ClassConflict, guide.Rollout,
			fmt.Sprintf("Genesys Cloud already has the deployment %q (%s), not created by this wizard.", all[i].Name, all[i].ID),
			"Rename it ("+guide.PathDeployments+"), or go live at once.").Again()
	}
	return &all[i], nil
}

func (t testDeployment) Describe(ctx context.Context, found genesys.Deployment, notes *engine.Notes) (engine.Row, error) {
	t.checkPages(ctx, notes)
	return engine.Row{
		Name: found.Name, Mark: found.Description, Why: "uses version " + found.ConfigurationVersion,
		Mine: func(run string) bool { return strings.Contains(found.Description, run) },
	}, idle(found)
}

// checkPages warns of staging pages to which Okta would not return visitors.
func (t testDeployment) checkPages(ctx context.Context, notes *engine.Notes) {
	pages, err := t.pages(ctx)
	for _, host := range t.answers.Get(guide.StagingHosts).Values {
		if err == nil && !slices.Contains(guide.Hosts(pages.Values), host) {
			notes.Attend("No sign-in redirect URI is on " + host + ", so visitors can't sign in there. Add the page's URL.")
		}
	}
}

func (t testDeployment) Draft(ctx context.Context, stage engine.Stage, notes *engine.Notes) (engine.Draft[genesys.Deployment], error) {
	hosts := hostsToTest(t.answers)
	draft := engine.Draft[genesys.Deployment]{Name: t.name(), Why: "uses the new version, allows " + strings.Join(hosts, ", ")}
	flow, err := t.flow(ctx, t.live.FlowID, &engine.Notes{})
	if err != nil || stage == engine.Planning {
		t.checkPages(ctx, notes)
		return draft, err
	}
	version, err := t.in.Version.Made(ctx)
	want := genesys.Deployment{
		Name: draft.Name, Description: mark.Created(t.run), ConfigurationID: version.ID, ConfigurationVersion: version.Version,
		AllowedDomains: hosts, FlowID: flow.ID,
	}
	draft.Fields = engine.FieldsOf(t.Fields, want)
	draft.Send = func(ctx context.Context) (genesys.Deployment, error) { return t.api.CreateDeployment(ctx, want) }
	return draft, err
}

func (t testDeployment) Want(ctx context.Context, stage engine.Stage, now genesys.Deployment, _ *engine.Notes) (genesys.Deployment, string, error) {
	want := now
	why, err := t.aim(ctx, stage, now, &want)
	if missing := missingDomains(now, hostsToTest(t.answers)); len(missing) > 0 {
		want.AllowedDomains = append(slices.Clone(now.AllowedDomains), missing...)
		why = append(why, "allows "+strings.Join(missing, ", "))
	}
	return want, strings.Join(why, ", "), err
}

// Shown is the deployment that a run ends with, whose snippet is shown and whose sign-in is tested: the one for the test, if
// there is one.
type Shown struct {
	Live engine.Source[genesys.Deployment]
	Test *engine.Set[genesys.Deployment]
}

// Planned plans it, or waits for the call that does.
func (s Shown) Planned(ctx context.Context) (engine.Planned[genesys.Deployment], error) {
	tests, err := s.Test.Planned(ctx)
	if err != nil || len(tests) > 0 {
		return append(tests, engine.Planned[genesys.Deployment]{})[0], err
	}
	return s.Live.Planned(ctx)
}

// Made applies the changes of both.
func (s Shown) Made(ctx context.Context) (genesys.Deployment, error) {
	live, err := s.Live.Made(ctx)
	tests, tried := s.Test.Made(ctx)
	return append(tests, live)[0], cmp.Or(err, tried)
}

// idle refuses one that an admin set to Inactive: that is a decision, unlike Pending, and no wait ends it.
func idle(d genesys.Deployment) error {
	if d.Status != "Inactive" {
		return nil
	}
	return explain.New(explain.ClassConflict, guide.DeploymentName,
		fmt.Sprintf("Deployment %q is Inactive, so its pages show no Messenger.", d.Name),
		"Activate it ("+guide.PathDeployments+"), or choose another deployment.")
}
