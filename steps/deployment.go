package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

// deployment puts the published version on the website: a new deployment, or an existing one moved to it.
type deployment struct{}

func (deployment) ID() string               { return "deployment" }
func (deployment) Section() guide.SectionID { return guide.SectionDeployment }

const deploymentLimit = 120 * time.Second // contract genesys.md 2.4

func (deployment) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f, answer := &env.facts, env.Answers.Get(guide.DeploymentName)
	f.deployment, f.older, f.pinned, f.domains = nil, "", !env.takesPart(publication{}.ID()), env.Answers.Get(guide.AllowedDomains).Values
	if env.repair != nil && env.Answers.Get(guide.AllowedDomains).From == guide.FromDefault {
		f.domains = nil // those that it has are right
	}
	var (
		all   []genesys.Deployment
		flows []genesys.Flow
	)
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { all, err = f.allDeployments(gctx); return err })
	g.Go(func() (err error) { flows, err = f.allFlows(gctx); return err })
	if err := g.Wait(); err != nil {
		return nil, err
	}
	found, err := named(all, answer.Value, guide.DeploymentName, guide.KindDeployment, func(d genesys.Deployment) (string, string) { return d.ID, d.Name })
	if err != nil {
		return nil, err
	}
	if found != nil && !ours(found.Description) && answer.From == guide.FromDefault {
		return nil, explain.NameTaken(guide.DeploymentName, "Genesys Cloud", guide.KindDeployment, found.Name, found.ID)
	}
	current := ""
	if found != nil {
		current = found.FlowID
		if err := f.sameConfiguration(ctx, env.Answers, *found); err != nil {
			return nil, err
		}
		if f.older, err = f.rolledBack(ctx, env.Answers, *found); err != nil {
			return nil, err
		}
	}
	if f.flow, err = chooseFlow(env, flows, current); err != nil {
		return nil, err
	}
	if f.flow.ID == "" {
		f.notice(Notice{guide.SectionDeployment, false, "No inbound message flow: visitors can sign in, but their messages reach nobody yet."})
	}
	f.crossCheck(env, found)
	if found == nil {
		return []Change{{Verb: Create, Kind: guide.KindDeployment, Name: answer.Value, Why: "pins the published version, serves " + strings.Join(f.domains, ", ")}}, nil
	}
	f.deployment = found
	c := Change{Verb: Reuse, Kind: guide.KindDeployment, Name: found.Name, ID: found.ID, Mark: found.Description, Why: "pins version " + found.ConfigurationVersion}
	if diff := f.deploymentDifferences(*found); len(diff) > 0 {
		c.Verb, c.Why = Update, strings.Join(diff, ", ")
	}
	return []Change{c}, nil
}

// crossCheck compares the app's pages with the hosts on which Messenger starts: before anything is live.
func (f *facts) crossCheck(env *Env, d *genesys.Deployment) {
	allowed := slices.Clone(f.domains)
	if d != nil {
		allowed = append(allowed, d.AllowedDomains...)
	}
	if env.repair != nil || d != nil && d.AllowAllDomains {
		return
	}
	for _, host := range strings.Fields(guide.Hosts(env.Answers.Get(guide.RedirectURIs).Values)) {
		if !slices.ContainsFunc(allowed, func(have string) bool { return strings.EqualFold(have, host) }) {
			f.notice(Notice{guide.SectionDeployment, false, "Pages on " + host + " may sign in, but the allowed domains leave it out: Messenger does not start there."})
		}
	}
	local := slices.IndexFunc(allowed, apiclient.IsLoopback)
	site := slices.IndexFunc(allowed, func(host string) bool { return !apiclient.IsLoopback(host) })
	if local >= 0 && site >= 0 {
		f.notice(Notice{guide.SectionDeployment, false, "The allowed domains have " + allowed[local] + " beside " + allowed[site] + ": take it out again when you have tested."})
	}
}

// deploymentDifferences says in words what the deployment has to change.
func (f *facts) deploymentDifferences(d genesys.Deployment) []string {
	var diff []string
	next := f.shown()
	if !f.live {
		next = f.nextVersion()
	}
	switch {
	case f.pinned:
	case f.configuration == nil || d.ConfigurationID != f.configuration.ID:
		diff = append(diff, fmt.Sprintf("another configuration (it pins %s version %s now)", d.ConfigurationID, d.ConfigurationVersion))
	case d.ConfigurationVersion != next:
		diff = append(diff, fmt.Sprintf("version %s → %s", d.ConfigurationVersion, next))
	}
	if missing := f.missingDomains(d); len(missing) > 0 {
		diff = append(diff, "allows "+strings.Join(missing, ", "))
	}
	if f.flow.ID != "" && d.FlowID != f.flow.ID {
		diff = append(diff, "flow "+f.flow.Name)
	}
	return diff
}

func (f *facts) missingDomains(d genesys.Deployment) []string {
	if d.AllowAllDomains {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(f.domains), func(want string) bool {
		return slices.ContainsFunc(d.AllowedDomains, func(have string) bool { return strings.EqualFold(have, want) })
	})
}

func (s deployment) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	for _, c := range f.planOf(s) {
		if !c.Writes() {
			if f.deployment.Status == "Pending" { // an earlier run ended while it waited
				if err := await(ctx, env, c, *f.deployment, f.deploymentSettling()); err != nil {
					return err
				}
			}
			continue
		}
		c.Back = f.deploymentBack()
		err := doUntil(ctx, env, c, func(ctx context.Context) (string, genesys.Deployment, error) {
			sent, err := f.sendDeployment(ctx, c.Name)
			if err == nil {
				f.deployment = &sent
			}
			return sent.ID, sent, err
		}, f.deploymentSettling())
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *facts) deploymentSettling() settling[genesys.Deployment] {
	return settling[genesys.Deployment]{"Active", deploymentLimit, deploymentActive, func(ctx context.Context) (genesys.Deployment, error) {
		return f.genesys.Deployment(ctx, f.deployment.ID)
	}}
}

func (f *facts) sendDeployment(ctx context.Context, name string) (genesys.Deployment, error) {
	if f.deployment == nil {
		return f.genesys.CreateDeployment(ctx, genesys.NewDeployment{
			Name: name, Description: f.madeBy, AllowedDomains: f.domains, FlowID: f.flow.ID,
			ConfigurationID: f.configuration.ID, ConfigurationVersion: f.version,
		})
	}
	now, err := f.genesys.Deployment(ctx, f.deployment.ID)
	if err != nil {
		return now, err
	}
	if err := f.notMoved(now); err != nil {
		return now, err
	}
	return f.genesys.UpdateDeployment(ctx, f.wantedDeployment(now))
}

// wantedDeployment is the deployment, as it is now, with what the plan changes in it: an update replaces the whole
// deployment, and somebody may have changed it after the plan was made.
func (f *facts) wantedDeployment(now genesys.Deployment) genesys.Deployment {
	var planned genesys.Deployment // with nothing in it where it is to be created
	if f.deployment != nil {
		planned = *f.deployment
	}
	if !f.pinned {
		now.ConfigurationID, now.ConfigurationVersion = f.configuration.ID, f.shown()
	}
	if !now.AllowAllDomains {
		now.AllowedDomains = with(now.AllowedDomains, f.missingDomains(planned))
	}
	if f.flow.ID != "" && f.flow.ID != planned.FlowID {
		now.FlowID = f.flow.ID
	}
	return now
}

// notMoved refuses to take a deployment away from what somebody else has it pin since the plan was made.
func (f *facts) notMoved(now genesys.Deployment) error {
	pin := func(d genesys.Deployment) string {
		return "version " + d.ConfigurationVersion + " of " + d.ConfigurationID
	}
	if f.pinned || pin(now) == pin(*f.deployment) || pin(now) == pin(f.wantedDeployment(now)) {
		return nil
	}
	return &explain.Error{
		Class: explain.ClassConflict, Retry: true, Question: guide.DeploymentName,
		Problem: fmt.Sprintf("Somebody moved the deployment %q to %s after the plan was made. It stays there; this run's version %s is published.", now.Name, pin(now), f.version),
		Fix:     "Agree on what its pages are to show, and try again: the wizard plans anew from what is there.",
	}
}

// deploymentBack is what a deployment was, where it was there before, and will be.
func (f *facts) deploymentBack() Back {
	values := func(d genesys.Deployment) map[string]string {
		return map[string]string{BackConfiguration: d.ConfigurationID, BackVersion: d.ConfigurationVersion, BackFlow: d.FlowID}
	}
	if f.deployment == nil {
		return Back{Added: map[string][]string{BackDomains: f.domains}, After: values(f.wantedDeployment(genesys.Deployment{}))}
	}
	was := *f.deployment
	return Back{
		Added:  map[string][]string{BackDomains: f.missingDomains(was)},
		Before: values(was), After: values(f.wantedDeployment(was)),
	}
}

func deploymentActive(d genesys.Deployment) (bool, error) {
	if d.Status == "Error" {
		return false, &explain.Error{
			Class: explain.ClassFault, Retry: true,
			Problem: fmt.Sprintf("Genesys Cloud reports an error in the deployment %q.", d.Name),
			Fix:     "Open it under Admin > Message > Messenger Deployments to see why, then try again.",
		}
	}
	return d.Status == "Active", nil
}
