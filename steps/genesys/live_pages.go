package genesys

import (
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
	moved, kept, err := c.pagesOf(ctx, found.Draft.ID)
	if err != nil {
		return err
	}
	uses := fmt.Sprintf("Configuration %q uses integration %q", found.Draft.Name, all[i].Name)
	if c.answers.Get(guide.MessengerConfig).From > guide.FromOrg {
		text := uses + ". The new version uses this run's integration."
		if moved != "" {
			text += " That affects the deployment " + moved + "."
		}
		notes.Attend(text + keeps(kept))
		return nil
	}
	uses += ", but this run has another one. "
	switch {
	case moved != "":
		uses += "Changing it would lock out the visitors of the deployment " + moved + "."
	case len(kept) > 0:
		uses += "A new version would use that one, so it isn't for these deployments: " + strings.Join(kept, ", ") + "."
	default:
		uses += "Changing it would lock out everyone who uses it."
	}
	return explain.New(explain.ClassConflict, guide.MessengerConfig, uses,
		"Use that integration, or create a separate configuration and deployment for this page. To change it anyway, choose this configuration.").And(guide.IntegrationName, guide.DeploymentName)
}

// pagesOf names the deployments of a configuration, with the sites that they serve: the one that this run moves to its new
// version, and the others, which keep theirs.
func (c configuration) pagesOf(ctx context.Context, configurationID string) (moved string, kept []string, err error) {
	all, err := c.org.Deployments.Get(ctx)
	name := c.answers.Value(guide.DeploymentName)
	for _, d := range all {
		switch {
		case d.ConfigurationID != configurationID:
		case d.Name == name || d.ID == name:
			moved = livesOn(d)
		default:
			kept = append(kept, livesOn(d))
		}
	}
	return moved, kept, err
}

// keeps says which deployments a new version doesn't change; empty: none.
func keeps(deployments []string) string {
	if len(deployments) == 0 {
		return ""
	}
	return " These deployments keep their version: " + strings.Join(deployments, ", ") + "."
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
		"Use that configuration, or choose another deployment name. To move it anyway, choose this deployment.").And(guide.MessengerConfig)
}

// rolledBack reports whether others had this program's deployment go back to an older version that signs visitors in as
// well. It stays there where this run publishes none. Naming the deployment moves it, and so does the answer when to.
func (d deployment) rolledBack(ctx context.Context, now genesys.Deployment, notes *engine.Notes) (bool, error) {
	configuration, version, err := engine.Both(ctx, d.in.Configuration.Planned, d.in.Version.Planned)
	if err != nil || !version.Exists || d.named() || d.answers.Get(guide.Rollout).From > guide.FromOrg ||
		now.ConfigurationID != configuration.Value.Draft.ID || now.ConfigurationVersion == version.Value.Version {
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
