package undo

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

const takenOver = "its description does not carry this wizard's mark any more: somebody took it over"

// find looks for what pages or people would notice, was to be created, and whose id never came: by its name and the
// run's mark together, where that is one thing. What it does not look for, or does not find, has no id.
func (p *planner) find(ctx context.Context, e journal.Entry) (id string, err error) {
	var ids []string
	switch e.Kind {
	case guide.KindDeployment:
		var all []genesys.Deployment
		all, err = p.Genesys.Deployments(ctx)
		for _, d := range all {
			if d.Name == e.Name && strings.Contains(d.Description, p.run.ID) {
				ids = append(ids, d.ID)
			}
		}
	case guide.KindConfiguration:
		var all []genesys.Configuration
		all, err = p.Genesys.Configurations(ctx)
		for _, c := range all {
			if c.Name == e.Name && strings.Contains(c.Description, p.run.ID) {
				ids = append(ids, c.ID)
			}
		}
	}
	if err != nil || len(ids) != 1 {
		return "", err
	}
	return ids[0], nil
}

func (p *planner) deployment(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	if e.ID == "" {
		return Item{}, nil
	}
	d, err := p.Genesys.Deployment(ctx, e.ID)
	if err != nil {
		return Item{}, err
	}
	if e.Verb == string(steps.Create) {
		if why := p.inUse(e, d); why != "" {
			return kept(why)
		}
		return Item{Act: Delete, Why: "pages with its snippet show no Messenger any more", send: func(ctx context.Context) error {
			return p.gone(ctx, p.Genesys.DeleteDeployment(ctx, d.ID), func(ctx context.Context) error {
				_, err := p.Genesys.Deployment(ctx, d.ID)
				return err
			})
		}}, nil
	}
	if before, twice := p.will[d.ID]; twice {
		d = before
	}
	// A version means something only together with its configuration.
	if fields := pinned(&d); changed(fields, back, steps.BackConfiguration) || changed(fields, back, steps.BackVersion) {
		return kept("somebody moved it to another configuration version since")
	}
	change := func(d *genesys.Deployment) string {
		why := putBack(pinned(d), back)
		if domains := withdraw(map[string]*[]string{steps.BackDomains: &d.AllowedDomains}, back.Added); domains != "" {
			why = append(why, domains)
		}
		return strings.Join(why, ", ")
	}
	why := change(&d)
	p.will[d.ID] = d
	return restored(why, again(p.Genesys.Deployment, d.ID, change, p.Genesys.UpdateDeployment))
}

// pinned are the fields of a deployment that a run replaces.
func pinned(d *genesys.Deployment) map[string]*string {
	return map[string]*string{
		steps.BackConfiguration: &d.ConfigurationID, steps.BackVersion: &d.ConfigurationVersion, steps.BackFlow: &d.FlowID,
	}
}

// inUse says why a deployment that the run created is left alone; empty: it can go.
func (p *planner) inUse(e journal.Entry, d genesys.Deployment) string {
	after, other := p.after(d.ID), p.shared(e)
	pages := without(d.AllowedDomains, p.added(d.ID, steps.BackDomains))
	switch {
	case !steps.Ours(d.Description):
		return takenOver
	case other != "":
		return other
	case len(pages) > 0:
		return "other pages have it since: " + strings.Join(pages, ", ")
	case d.ConfigurationID != after[steps.BackConfiguration] || d.ConfigurationVersion != after[steps.BackVersion]:
		return "somebody moved it to another configuration version since"
	default:
		return ""
	}
}

// deployments are those that are there when the plan was carried out, as they are then.
func (p *planner) deployments(ctx context.Context) ([]genesys.Deployment, error) {
	all, err := p.Genesys.Deployments(ctx)
	all = slices.DeleteFunc(all, func(d genesys.Deployment) bool { return p.going[d.ID] })
	for i, d := range all {
		if put, back := p.will[d.ID]; back {
			all[i] = put
		}
	}
	return all, err
}

// version tells that one stays: Genesys Cloud deletes versions only with their configuration (contract genesys.md 2.1).
func (p *planner) version(_ context.Context, e journal.Entry, _ steps.Back) (Item, error) {
	if p.made(guide.KindConfiguration, e.ID) {
		return Item{with: thing{guide.KindConfiguration, e.ID}}, nil
	}
	if e.Stage == journal.Intended {
		return Item{}, nil
	}
	return kept("Genesys Cloud deletes versions only with their configuration; no deployment is left on it by this run")
}

func (p *planner) configuration(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	if e.ID == "" {
		return Item{}, nil
	}
	draft, err := p.Genesys.Draft(ctx, e.ID)
	if err != nil {
		return Item{}, err
	}
	if e.Verb != string(steps.Create) {
		return p.authentication(draft, back)
	}
	all, err := p.deployments(ctx)
	if err != nil {
		return Item{}, err
	}
	if i := slices.IndexFunc(all, func(d genesys.Deployment) bool { return d.ConfigurationID == e.ID }); i >= 0 {
		return kept(fmt.Sprintf("the deployment %q uses it", all[i].Name))
	}
	if !steps.Ours(draft.Description) {
		return kept(takenOver)
	}
	if other := p.shared(e); other != "" {
		return kept(other)
	}
	return Item{Act: Delete, Why: "with its versions", send: func(ctx context.Context) error {
		return p.gone(ctx, p.Genesys.DeleteConfiguration(ctx, e.ID), func(ctx context.Context) error {
			_, err := p.Genesys.Draft(ctx, e.ID)
			return err
		})
	}}, nil
}

// authentication puts the draft's authentication back to what it was. Publishing it is the admin's to decide.
func (p *planner) authentication(draft genesys.Configuration, back steps.Back) (Item, error) {
	was, ours := back.Before[steps.BackAuthentication], back.After[steps.BackAuthentication]
	switch signsInWith(draft) {
	case was:
		return Item{}, nil
	case ours:
	default:
		return kept("somebody changed its authentication since")
	}
	change := func(draft *genesys.Configuration) string {
		if signsInWith(*draft) != ours {
			return ""
		}
		draft.Auth = &genesys.AuthenticationSettings{Enabled: was != "", IntegrationID: was}
		return "the draft's authentication as it was; it is not published"
	}
	return restored(change(&draft), again(p.Genesys.Draft, draft.ID, change, p.Genesys.UpdateDraft))
}

// signsInWith is the integration with which a version signs visitors in; empty: it does not.
func signsInWith(c genesys.Configuration) string {
	if c.Auth == nil || !c.Auth.Enabled {
		return ""
	}
	return c.Auth.IntegrationID
}

func (p *planner) state(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	if p.made(guide.KindIntegration, e.ID) {
		return Item{with: thing{guide.KindIntegration, e.ID}}, nil
	}
	if back.Before[steps.BackState] == "ACTIVE" {
		return Item{}, nil
	}
	now, err := p.Genesys.Integration(ctx, e.ID)
	if err != nil || now.IntendedState != "ENABLED" {
		return Item{}, err
	}
	user, err := p.userOf(ctx, e.ID)
	if err != nil || user != "" {
		return Item{Act: Keep, Why: user}, err
	}
	return Item{Act: Restore, Why: "Active → Disabled", send: func(ctx context.Context) error {
		_, err := p.Genesys.DisableIntegration(ctx, e.ID)
		return err
	}}, nil
}

// userOf says who signs visitors in with an integration: a draft, other than those that go or that the run itself set to
// it, or the version that a deployment pins.
func (p *planner) userOf(ctx context.Context, id string) (string, error) {
	all, err := p.Genesys.Configurations(ctx)
	i := slices.IndexFunc(all, func(c genesys.Configuration) bool {
		ours := slices.ContainsFunc(p.run.Entries, func(e journal.Entry) bool {
			return e.Kind == guide.KindConfiguration && e.ID == c.ID && e.Verb == string(steps.Update)
		})
		return signsInWith(c) == id && !p.going[c.ID] && !ours
	})
	if err != nil {
		return "", err
	}
	if i >= 0 {
		return fmt.Sprintf("the configuration %q signs its visitors in with it", all[i].Name), nil
	}
	live, err := p.deployments(ctx)
	for _, d := range live {
		with, unread := p.pin(ctx, versionOf{d.ConfigurationID, d.ConfigurationVersion})
		if unread != nil {
			return "", unread
		}
		if with == id {
			return fmt.Sprintf("visitors of the deployment %q sign in with it", d.Name), nil
		}
	}
	return "", err
}

// pin is the integration with which a version of a configuration signs visitors in.
func (p *planner) pin(ctx context.Context, version versionOf) (string, error) {
	if with, known := p.pins[version]; known {
		return with, nil
	}
	c, err := p.Genesys.ConfigurationVersion(ctx, version.configuration, version.version)
	if err != nil && !notThere(err) {
		return "", err
	}
	p.pins[version] = signsInWith(c)
	return p.pins[version], nil
}

func (p *planner) settings(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	if p.made(guide.KindIntegration, e.ID) {
		return Item{with: thing{guide.KindIntegration, e.ID}}, nil
	}
	if len(back.In) < 2 {
		return Item{}, nil
	}
	config, err := p.Genesys.IntegrationConfig(ctx, e.ID)
	if err != nil {
		return Item{}, err
	}
	properties, credentials := maps.Clone(config.Properties), maps.Clone(config.Credentials)
	if properties == nil {
		properties = apiclient.Object{}
	}
	uri, _ := properties[back.In[0]].(string)
	credential := credentials[back.In[1]]
	fields := map[string]*string{steps.BackDiscoveryURI: &uri, steps.BackCredential: &credential, steps.BackNotes: &config.Notes}
	if changed(fields, back, steps.BackDiscoveryURI) || changed(fields, back, steps.BackCredential) {
		return kept("somebody changed its Discovery URI or credential since")
	}
	why := putBack(fields, back)
	set(properties, back.In[0], any(uri), uri == "")
	set(credentials, back.In[1], credential, credential == "")
	config.Properties, config.Credentials = properties, credentials
	return restored(strings.Join(why, ", "), func(ctx context.Context) error {
		_, err := p.Genesys.UpdateIntegrationConfig(ctx, e.ID, config)
		return err
	})
}

func (p *planner) integration(ctx context.Context, e journal.Entry, _ steps.Back) (Item, error) {
	if e.ID == "" {
		return Item{}, nil
	}
	if _, err := p.Genesys.Integration(ctx, e.ID); err != nil {
		return Item{}, err
	}
	user, err := p.userOf(ctx, e.ID)
	if user == "" {
		user = p.shared(e)
	}
	if err != nil || user != "" {
		return Item{Act: Keep, Why: user}, err
	}
	return Item{Act: Delete, Why: "with its settings", send: func(ctx context.Context) error {
		return p.gone(ctx, p.Genesys.DeleteIntegration(ctx, e.ID), func(ctx context.Context) error {
			_, err := p.Genesys.Integration(ctx, e.ID)
			return err
		})
	}}, nil
}

// credential goes after the integration that uses it (contract genesys.md 1.3). One that was replaced cannot be put
// back: nobody can read what was stored.
func (p *planner) credential(ctx context.Context, e journal.Entry, _ steps.Back) (Item, error) {
	if e.ID == "" {
		return Item{}, nil
	}
	all, err := p.Genesys.Credentials(ctx)
	if err != nil || !slices.ContainsFunc(all, func(c genesys.Credential) bool { return c.ID == e.ID }) {
		return Item{}, err
	}
	if e.Verb != string(steps.Create) {
		return kept("what was stored before is not known; enter it again at Genesys Cloud if it is needed")
	}
	integrations, err := p.Genesys.Integrations(ctx)
	if err != nil {
		return Item{}, err
	}
	used := slices.IndexFunc(integrations, func(i genesys.Integration) bool {
		return !p.going[i.ID] && !p.restores(i.ID) && i.Config != nil && slices.Contains(slices.Collect(maps.Values(i.Config.Credentials)), e.ID)
	})
	if used >= 0 {
		return kept(fmt.Sprintf("the integration %q uses it", integrations[used].Name))
	}
	return Item{Act: Delete, Why: "the client secret is no longer stored at Genesys Cloud", send: func(ctx context.Context) error {
		return p.Genesys.DeleteCredential(ctx, e.ID)
	}}, nil
}

// restores reports whether the run changed an integration's settings, which are put back before credentials go.
func (p *planner) restores(integrationID string) bool {
	return !p.made(guide.KindIntegration, integrationID) && !p.staying[thing{guide.KindSettings, integrationID}] && slices.ContainsFunc(p.run.Entries, func(e journal.Entry) bool {
		return e.Kind == guide.KindSettings && e.ID == integrationID && e.Verb == string(steps.Update)
	})
}
