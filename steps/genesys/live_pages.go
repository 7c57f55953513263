package genesys

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// sameIntegration stops before a configuration whose visitors sign in with another integration is given this run's,
// unless it was named for that: its pages couldn't sign visitors in any more.
func (c configuration) sameIntegration(ctx context.Context, found Configuration, p engine.Planned[genesys.Integration], notes *engine.Notes) error {
	if found.Latest == nil || signsInWith(*found.Latest) == "" || signsIn(*found.Latest, p) {
		return nil
	}
	all, err := c.org.Integrations.Get(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(i genesys.Integration) bool { return i.ID == found.Latest.Auth.IntegrationID })
	if i < 0 {
		return nil // it was deleted, so visitors can't sign in there now
	}
	pages, err := c.pagesOf(ctx, found.Draft.ID)
	if err != nil {
		return err
	}
	if c.answers.Get(guide.MessengerConfig).From > guide.FromOrg {
		notes.Attend(fmt.Sprintf("Configuration %q uses integration %q. After publishing, it uses this run's integration. That affects %s.", found.Draft.Name, all[i].Name, pages))
		return nil
	}
	return explain.New(explain.ClassConflict, guide.MessengerConfig,
		fmt.Sprintf("Configuration %q uses integration %q, but this run has another one. Changing it would lock out the visitors of %s.", found.Draft.Name, all[i].Name, pages),
		"Use that integration, or create a separate configuration and deployment for this page. To change it anyway, enter this configuration's name.").And(guide.IntegrationName, guide.DeploymentName)
}

// pagesOf names the deployments of a configuration, with the sites that they serve.
func (c configuration) pagesOf(ctx context.Context, configurationID string) (string, error) {
	all, err := c.org.Deployments.Get(ctx)
	var out []string
	for _, d := range all {
		if d.ConfigurationID == configurationID {
			out = append(out, "the deployment "+livesOn(d))
		}
	}
	return cmp.Or(strings.Join(out, " and "), "everyone who uses it"), err
}

// sameConfiguration stops before a deployment that uses another configuration is moved to this run's, unless it was
// named for that: its pages would get another Messenger.
func (d deployment) sameConfiguration(ctx context.Context, found genesys.Deployment, notes *engine.Notes) error {
	if d.in.Configuration == nil {
		return nil
	}
	p, err := d.in.Configuration.Planned(ctx)
	if err != nil || p.Exists && found.ConfigurationID == p.Value.Draft.ID {
		return err
	}
	all, err := d.org.Configurations.Get(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(c genesys.Configuration) bool { return c.ID == found.ConfigurationID })
	if i < 0 {
		return nil // it was deleted
	}
	if d.named() {
		notes.Attend(fmt.Sprintf("Deployment %s uses configuration %q. After this run, it uses this run's configuration.", livesOn(found), all[i].Name))
		return nil
	}
	return explain.New(explain.ClassConflict, guide.DeploymentName,
		fmt.Sprintf("Deployment %s uses configuration %q (%s), but this run has another one. Moving it would change Messenger for its visitors.", livesOn(found), all[i].Name, all[i].ID),
		"Use that configuration, or choose another deployment name. To move it anyway, enter this deployment's name.").And(guide.MessengerConfig)
}

// rolledBack reports whether others had this program's deployment go back to an older version that signs visitors in as
// well. It stays there where this run publishes none; naming the deployment moves it.
func (d deployment) rolledBack(ctx context.Context, now genesys.Deployment, notes *engine.Notes) (bool, error) {
	configuration, version, err := engine.Both(ctx, d.in.Configuration.Planned, d.in.Version.Planned)
	if err != nil || !version.Exists || d.named() || now.ConfigurationID != configuration.Value.Draft.ID || now.ConfigurationVersion == version.Value.Version {
		return false, err
	}
	integration, err := d.in.Integration.Planned(ctx)
	if err != nil {
		return false, err
	}
	older, err := d.api.ConfigurationVersion(ctx, now.ConfigurationID, now.ConfigurationVersion)
	switch {
	case apiclient.NotFound(err):
		return false, nil
	case err != nil, !signsIn(older, integration):
		return false, err
	}
	notes.Attend(fmt.Sprintf("Deployment %s uses version %s. Version %s is published. Both require sign-in, so it stays there. To move it, enter its name.", livesOn(now), now.ConfigurationVersion, version.Value.Version))
	return true, nil
}
