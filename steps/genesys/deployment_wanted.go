package genesys

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	oktaorg "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
)

// DeploymentInputs is what a deployment needs of the other resources.
type DeploymentInputs struct {
	Configuration engine.Source[Configuration] // nil: a fix leaves the deployment on the version that it has
	Version       engine.Source[genesys.Configuration]
	Integration   engine.Source[genesys.Integration]
	Pages         *engine.Lookup[oktaorg.Pages] // nil: a fix has no pages; the domains are those of the answers alone
}

type deployment struct {
	engine.Object[genesys.Deployment]
	api     services.Genesys
	org     Organization
	in      DeploymentInputs
	answers *guide.Answers
	run     string
}

// NewDeployment wants the Messenger deployment that the answers name to use the published version. run is the ID of the
// run, for its mark.
func NewDeployment(org Organization, in DeploymentInputs, answers *guide.Answers, run string) engine.Open[engine.Resource[genesys.Deployment]] {
	return opens(org, func(api services.Genesys) engine.Resource[genesys.Deployment] {
		return deployment{DeploymentObject(api), api, org, in, answers, run}
	})
}

// named reports whether the user chose the deployment, rather than the default.
func (d deployment) named() bool { return d.answers.Get(guide.DeploymentName).From > guide.FromOrg }

func (d deployment) Key(context.Context) (engine.Key, error) {
	return engine.Key{Name: d.answers.Value(guide.DeploymentName)}, nil
}

func (d deployment) Find(ctx context.Context, notes *engine.Notes) (*genesys.Deployment, error) {
	answer := d.answers.Get(guide.DeploymentName)
	all, err := d.org.Deployments.For(ctx, notes)
	if err != nil {
		return nil, err
	}
	found, err := named(all, answer.Value, guide.DeploymentName, guide.KindDeployment, func(f genesys.Deployment) (string, string) { return f.ID, f.Name })
	if found != nil && !mark.Has(found.Description) && answer.From == guide.FromDefault && !d.answers.Manual(guide.SectionDeployment) {
		return nil, explain.NameTaken(guide.DeploymentName, "Genesys Cloud", guide.KindDeployment, found.Name, found.ID)
	}
	return found, err
}

func (d deployment) Describe(ctx context.Context, found genesys.Deployment, notes *engine.Notes) (engine.Row, error) {
	if err := idle(found); err != nil {
		return engine.Row{}, err
	}
	if err := d.sameConfiguration(ctx, found, notes); err != nil {
		return engine.Row{}, err
	}
	if _, err := d.flow(ctx, found.FlowID, notes); err != nil {
		return engine.Row{}, err
	}
	held, err := d.offer(ctx, found, notes)
	if err != nil {
		return engine.Row{}, err
	}
	why := "uses version " + found.ConfigurationVersion
	if held {
		why = "keeps version " + found.ConfigurationVersion + " until you go live"
	}
	return engine.Row{
		Name: found.Name, Mark: found.Description, Why: why,
		Mine: func(run string) bool { return strings.Contains(found.Description, run) },
	}, d.crossCheck(ctx, &found, notes)
}

// flow is the one that receives the visitors' messages.
func (d deployment) flow(ctx context.Context, current string, notes *engine.Notes) (genesys.Flow, error) {
	flows, err := d.org.Flows.Get(ctx)
	if err != nil {
		return genesys.Flow{}, err
	}
	flow, err := ChooseFlow(d.answers.Get(guide.MessageFlow), flows, current)
	if err == nil && flow.ID == "" {
		notes.Attend("No flow is set. Visitors can sign in, but their messages aren't routed.")
	}
	return flow, err
}

// domains are those on which Messenger has to start: the answered ones, else the hosts of the pages. A deployment that
// exists gets none from pages that were only found in the app: another site may own them.
func (d deployment) domains(ctx context.Context, found *genesys.Deployment) ([]string, error) {
	answer := d.answers.Get(guide.AllowedDomains)
	if answer.From > guide.FromOrg {
		return engine.Without(answer.Values, d.testHosts(found)), nil
	}
	pages, err := d.pages(ctx)
	if found != nil && pages.From == guide.FromOrg {
		return nil, err
	}
	return engine.Without(guide.Hosts(pages.Values), d.testHosts(found)), err
}

func (d deployment) pages(ctx context.Context) (guide.Answer, error) {
	if d.in.Pages == nil {
		return guide.Answer{}, nil
	}
	pages, err := d.in.Pages.Get(ctx)
	return pages.Redirect, err
}

// Served are those of the pages on which Messenger starts when a run has done what it plans with the deployment.
func Served(p engine.Planned[genesys.Deployment], answers *guide.Answers, pages []string) []string {
	after := p.Value
	switch named := answers.Get(guide.AllowedDomains); {
	case named.From > guide.FromOrg:
		after.AllowedDomains = slices.Concat(after.AllowedDomains, named.Values)
	case !p.Exists: // it is made for these pages
		return pages
	}
	return slices.DeleteFunc(slices.Clone(pages), func(page string) bool { return len(missingDomains(after, guide.Hosts([]string{page}))) > 0 })
}

// crossCheck compares the app's pages with the hosts on which Messenger starts: before anything is live.
func (d deployment) crossCheck(ctx context.Context, found *genesys.Deployment, notes *engine.Notes) error {
	if d.in.Pages == nil || found != nil && found.AllowAllDomains {
		return nil
	}
	allowed, err := d.domains(ctx, found)
	if err != nil {
		return err
	}
	pages, err := d.pages(ctx)
	if err != nil {
		return err
	}
	asked := len(allowed)
	if found != nil {
		allowed = append(slices.Clone(allowed), found.AllowedDomains...)
	}
	for _, host := range guide.Hosts(pages.Values) {
		if h, _ := address.ParseHost(host); !slices.ContainsFunc(slices.Concat(allowed, d.testHosts(found)), h.Within) {
			notes.Attend("Messenger won't start on " + host + ": it isn't an allowed domain.")
		}
	}
	for _, host := range allowed[:asked] {
		switch h, _ := address.ParseHost(host); {
		case h.Shared():
			notes.Attend(host + " is a public suffix. Messenger will also start on websites of others.")
		case !h.Local() && !h.IsIP() && !strings.Contains(host, "."):
			notes.Attend("The allowed domain " + host + " has no dot. Only a host on your own network has such a name.")
		}
	}
	here := func(host string) bool { h, _ := address.ParseHost(host); return h.Local() }
	local := slices.IndexFunc(allowed, here)
	site := slices.IndexFunc(allowed, func(host string) bool { return !here(host) })
	if local >= 0 && site >= 0 {
		notes.Attend(allowed[local] + " is an allowed domain next to " + allowed[site] + ". Remove it after testing.")
	}
	return nil
}

func (d deployment) Draft(ctx context.Context, stage engine.Stage, notes *engine.Notes) (engine.Draft[genesys.Deployment], error) {
	draft := engine.Draft[genesys.Deployment]{Name: d.answers.Value(guide.DeploymentName)}
	notes.Ask() // nothing is live yet
	domains, err := d.domains(ctx, nil)
	if err != nil {
		return draft, err
	}
	draft.Why = "uses the published version, allows " + strings.Join(domains, ", ")
	flow, err := d.flow(ctx, "", notes)
	if err != nil || stage == engine.Planning {
		return draft, cmp.Or(err, d.crossCheck(ctx, nil, notes))
	}
	version, err := d.in.Version.Made(ctx)
	if err != nil {
		return draft, err
	}
	want := genesys.Deployment{
		ConfigurationID: version.ID, ConfigurationVersion: version.Version, AllowedDomains: domains, FlowID: flow.ID,
	}
	draft.Fields = engine.FieldsOf(d.Fields, want)
	draft.Send = func(ctx context.Context) (genesys.Deployment, error) {
		want.Name, want.Description = draft.Name, mark.Created(d.run)
		return d.api.CreateDeployment(ctx, want)
	}
	return draft, nil
}

// After waits for the version that it is to use.
func (d deployment) After(ctx context.Context) error { return engine.Await(ctx, d.in.Version) }

func (d deployment) Want(ctx context.Context, stage engine.Stage, now genesys.Deployment, notes *engine.Notes) (genesys.Deployment, string, error) {
	want := now
	var why []string
	if d.in.Configuration != nil {
		moved, err := d.move(ctx, stage, now, &want, notes)
		if err != nil {
			return want, "", err
		}
		if len(moved) > 0 && d.tries() {
			return now, "", nil
		}
		why = append(why, moved...)
	}
	planned, err := d.planned(ctx, stage, now)
	if err != nil {
		return want, "", err
	}
	domains, err := d.domains(ctx, &now)
	if err != nil {
		return want, "", err
	}
	if missing := missingDomains(now, missingDomains(planned, domains)); len(missing) > 0 {
		want.AllowedDomains = append(slices.Clone(now.AllowedDomains), missing...)
		why = append(why, "allows "+strings.Join(missing, ", "))
	}
	flow, err := d.flow(ctx, planned.FlowID, &engine.Notes{})
	if flow.ID != "" && flow.ID != planned.FlowID {
		want.FlowID = flow.ID
		why = append(why, "flow "+flow.Name)
	}
	return want, strings.Join(why, ", "), err
}

// planned is the deployment as it was when the plan was made. What others changed in it since stays, unless the plan meant
// to change it.
func (d deployment) planned(ctx context.Context, stage engine.Stage, now genesys.Deployment) (genesys.Deployment, error) {
	if stage == engine.Planning {
		return now, nil
	}
	all, err := d.org.Deployments.Get(ctx)
	if i := slices.IndexFunc(all, func(p genesys.Deployment) bool { return p.ID == now.ID }); i >= 0 {
		return all[i], err
	}
	return now, err
}

// move has the deployment use the published version, and says what that changes.
func (d deployment) move(ctx context.Context, stage engine.Stage, now genesys.Deployment, want *genesys.Deployment, notes *engine.Notes) ([]string, error) {
	back, err := d.rolledBack(ctx, now, notes)
	if err != nil || back {
		return nil, err
	}
	return d.aim(ctx, stage, now, want)
}

// aim sets the published version, and says what that changes.
func (d deployment) aim(ctx context.Context, stage engine.Stage, now genesys.Deployment, want *genesys.Deployment) ([]string, error) {
	version, exists, err := engine.At(ctx, stage, d.in.Version)
	if err != nil {
		return nil, err
	}
	want.ConfigurationID, want.ConfigurationVersion = version.ID, version.Version
	if !exists {
		next, c, err := engine.Both(ctx, d.in.Version.Planned, d.in.Configuration.Planned)
		if err != nil {
			return nil, err
		}
		want.ConfigurationID, want.ConfigurationVersion = engine.Unknown.Text(), next.Change.Name
		if c.Exists {
			want.ConfigurationID = c.Value.Draft.ID
		}
	}
	switch {
	case want.ConfigurationID != now.ConfigurationID:
		return []string{fmt.Sprintf("other configuration (now %s version %s)", now.ConfigurationID, now.ConfigurationVersion)}, nil
	case want.ConfigurationVersion != now.ConfigurationVersion:
		return []string{fmt.Sprintf("version %s → %s", now.ConfigurationVersion, want.ConfigurationVersion)}, nil
	}
	return nil, nil
}

func missingDomains(d genesys.Deployment, domains []string) []string {
	if d.AllowAllDomains {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(domains), func(want string) bool {
		h, _ := address.ParseHost(want)
		return slices.ContainsFunc(d.AllowedDomains, h.Is)
	})
}

// Unchanged refuses to take a deployment away from the version that others moved it to after the plan was made.
func (d deployment) Unchanged(planned, now, want genesys.Deployment, _ *engine.Notes) error {
	if d.in.Configuration == nil || uses(now) == uses(planned) || uses(now) == uses(want) {
		return nil
	}
	return explain.New(explain.ClassConflict, guide.DeploymentName,
		fmt.Sprintf("Deployment %q was moved to %s after the plan was made. It stays there. Version %s is published.", now.Name, uses(now), want.ConfigurationVersion),
		"Agree on the version for its pages, then try again with a new plan.").Again()
}
