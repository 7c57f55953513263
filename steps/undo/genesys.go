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
	"msgsso-wizard/steps/journal"
)

const takenOver = "its description does not carry this wizard's mark any more: somebody took it over"

// find looks for what pages or people would notice, was to be created, and whose id never came: by its name and the
// wizard's mark together, where that is one thing. What it does not look for, or does not find, has no id.
func (p *planner) find(ctx context.Context, e journal.Entry) (id string, err error) {
	var ids []string
	switch e.Kind {
	case steps.KindDeployment:
		var all []genesys.Deployment
		all, err = p.Genesys.Deployments(ctx)
		for _, d := range all {
			if d.Name == e.Name && steps.Ours(d.Description) {
				ids = append(ids, d.ID)
			}
		}
	case steps.KindConfiguration:
		var all []genesys.Configuration
		all, err = p.Genesys.Configurations(ctx)
		for _, c := range all {
			if c.Name == e.Name && steps.Ours(c.Description) {
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
		if !steps.Ours(d.Description) {
			return kept(takenOver)
		}
		return Item{Act: Delete, Why: "pages with its snippet show no Messenger any more", send: func(ctx context.Context) error {
			return p.gone(ctx, p.Genesys.DeleteDeployment(ctx, d.ID), func(ctx context.Context) error {
				_, err := p.Genesys.Deployment(ctx, d.ID)
				return err
			})
		}}, nil
	}
	fields := map[string]*string{
		steps.BackConfiguration: &d.ConfigurationID, steps.BackVersion: &d.ConfigurationVersion, steps.BackFlow: &d.FlowID,
	}
	// A version means something only together with its configuration.
	if changed(fields, back, steps.BackConfiguration) || changed(fields, back, steps.BackVersion) {
		return kept("somebody moved it to another configuration version since")
	}
	why := putBack(fields, back)
	if domains := withdraw(map[string]*[]string{steps.BackDomains: &d.AllowedDomains}, back.Added); domains != "" {
		why = append(why, domains)
	}
	return restored(strings.Join(why, ", "), func(ctx context.Context) error {
		_, err := p.Genesys.UpdateDeployment(ctx, d)
		return err
	})
}

// version tells that one stays: Genesys Cloud deletes versions only with their configuration (contract genesys.md 2.1).
func (p *planner) version(_ context.Context, e journal.Entry, _ steps.Back) (Item, error) {
	if p.made(steps.KindConfiguration, e.ID) {
		return Item{with: thing{steps.KindConfiguration, e.ID}}, nil
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
	all, err := p.Genesys.Deployments(ctx)
	if err != nil {
		return Item{}, err
	}
	if i := slices.IndexFunc(all, func(d genesys.Deployment) bool { return d.ConfigurationID == e.ID && !p.going[d.ID] }); i >= 0 {
		return kept(fmt.Sprintf("the deployment %q uses it", all[i].Name))
	}
	if !steps.Ours(draft.Description) {
		return kept(takenOver)
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
	now, was := "", back.Before[steps.BackAuthentication]
	if draft.Auth != nil && draft.Auth.Enabled {
		now = draft.Auth.IntegrationID
	}
	switch now {
	case was:
		return Item{}, nil
	case back.After[steps.BackAuthentication]:
	default:
		return kept("somebody changed its authentication since")
	}
	auth := genesys.AuthenticationSettings{Enabled: was != "", IntegrationID: was}
	draft.Auth = &auth
	return Item{Act: Restore, Why: "the draft's authentication as it was; it is not published", send: func(ctx context.Context) error {
		_, err := p.Genesys.UpdateDraft(ctx, draft)
		return err
	}}, nil
}

func (p *planner) state(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	if p.made(steps.KindIntegration, e.ID) {
		return Item{with: thing{steps.KindIntegration, e.ID}}, nil
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

// userOf says which Messenger configuration signs visitors in with an integration, other than those that go or
// that the run itself set to it.
func (p *planner) userOf(ctx context.Context, id string) (string, error) {
	all, err := p.Genesys.Configurations(ctx)
	i := slices.IndexFunc(all, func(c genesys.Configuration) bool {
		ours := slices.ContainsFunc(p.run.Entries, func(e journal.Entry) bool {
			return e.Kind == steps.KindConfiguration && e.ID == c.ID && e.Verb == string(steps.Update)
		})
		return c.Auth != nil && c.Auth.Enabled && c.Auth.IntegrationID == id && !p.going[c.ID] && !ours
	})
	if err != nil || i < 0 {
		return "", err
	}
	return fmt.Sprintf("the configuration %q signs its visitors in with it", all[i].Name), nil
}

func (p *planner) settings(ctx context.Context, e journal.Entry, back steps.Back) (Item, error) {
	if p.made(steps.KindIntegration, e.ID) {
		return Item{with: thing{steps.KindIntegration, e.ID}}, nil
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
	return !p.made(steps.KindIntegration, integrationID) && !p.staying[thing{steps.KindSettings, integrationID}] && slices.ContainsFunc(p.run.Entries, func(e journal.Entry) bool {
		return e.Kind == steps.KindSettings && e.ID == integrationID && e.Verb == string(steps.Update)
	})
}
