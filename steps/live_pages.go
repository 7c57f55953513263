package steps

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// sameIntegration stops before a configuration whose visitors sign in with another integration is given this run's,
// unless it was named for that: the pages that it is on could sign nobody in any more.
func (f *facts) sameIntegration(ctx context.Context, a *guide.Answers, c genesys.Configuration, latest *genesys.Configuration) error {
	if latest == nil || latest.Auth == nil || !latest.Auth.Enabled || f.signsIn(*latest) {
		return nil
	}
	all, err := f.allIntegrations(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(i genesys.Integration) bool { return i.ID == latest.Auth.IntegrationID })
	if i < 0 {
		return nil // it was deleted, so nobody signs in there now
	}
	pages, err := f.pagesOf(ctx, c.ID)
	if err != nil {
		return err
	}
	if a.Get(guide.MessengerConfig).From > guide.FromOrg {
		f.notice(Notice{guide.SectionConfiguration, false, fmt.Sprintf("The configuration %q signs visitors in with the integration %q, from the new version on with this run's. That changes it for %s.", c.Name, all[i].Name, pages)})
		return nil
	}
	return &explain.Error{
		Class: explain.ClassConflict, Question: guide.MessengerConfig,
		Problem: fmt.Sprintf("The configuration %q signs visitors in with the integration %q, and this run has another one. Changing it would lock out the visitors of %s.", c.Name, all[i].Name, pages),
		Fix:     "Use that integration (--integration-name), or give this page a configuration and a deployment of its own (--messenger-config, --deployment); to change it all the same, name this configuration yourself.",
	}
}

// sameConfiguration stops before a deployment that pins another configuration is moved to this run's, unless it was
// named for that: its pages would get another Messenger.
func (f *facts) sameConfiguration(ctx context.Context, a *guide.Answers, d genesys.Deployment) error {
	if f.pinned || f.configuration != nil && d.ConfigurationID == f.configuration.ID {
		return nil
	}
	all, err := f.allConfigurations(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(c genesys.Configuration) bool { return c.ID == d.ConfigurationID })
	if i < 0 {
		return nil // it was deleted
	}
	if a.Get(guide.DeploymentName).From > guide.FromOrg {
		f.notice(Notice{guide.SectionDeployment, false, fmt.Sprintf("The deployment %s shows the configuration %q now, and this run's afterwards.", livesOn(d), all[i].Name)})
		return nil
	}
	return &explain.Error{
		Class: explain.ClassConflict, Question: guide.DeploymentName,
		Problem: fmt.Sprintf("The deployment %s shows the configuration %q (%s), and this run has another one. Moving it would change Messenger for its visitors.", livesOn(d), all[i].Name, all[i].ID),
		Fix:     "Use that configuration (--messenger-config), or choose another deployment name (--deployment); to move it all the same, name this deployment yourself.",
	}
}

// rolledBack is the older version that our deployment shows although this run publishes none, if that signs visitors in
// as well: somebody had it go back there. Who names the deployment has it moved.
func (f *facts) rolledBack(ctx context.Context, a *guide.Answers, d genesys.Deployment) (string, error) {
	publishes := !f.live || slices.ContainsFunc(f.planOf(publication{}), Change.Writes)
	if f.pinned || publishes || a.Get(guide.DeploymentName).From > guide.FromOrg || d.ConfigurationID != f.configuration.ID || d.ConfigurationVersion == f.version {
		return "", nil
	}
	switch older, err := f.genesys.ConfigurationVersion(ctx, d.ConfigurationID, d.ConfigurationVersion); {
	case explain.NotThere(err):
		return "", nil
	case err != nil:
		return "", err
	case !f.signsIn(older):
		return "", nil
	}
	f.notice(Notice{guide.SectionDeployment, false, fmt.Sprintf("The deployment %s shows version %s, and version %s is published. Both sign visitors in, so it stays there; to move it, name it (--deployment).", livesOn(d), d.ConfigurationVersion, f.version)})
	return d.ConfigurationVersion, nil
}

// shown is the version of the configuration that the deployment shows in the end.
func (f *facts) shown() string { return cmp.Or(f.older, f.version) }

// renamed finds the configuration of ours that has another name by now: the one that our deployment pins.
func (f *facts) renamed(ctx context.Context, a *guide.Answers, all []genesys.Configuration) (*genesys.Configuration, error) {
	deployments, err := f.allDeployments(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range deployments {
		if answer := a.Value(guide.DeploymentName); answer != d.Name && answer != d.ID || !ours(d.Description) {
			continue
		}
		if i := slices.IndexFunc(all, func(c genesys.Configuration) bool { return c.ID == d.ConfigurationID && ours(c.Description) }); i >= 0 {
			return &all[i], nil
		}
	}
	return nil, nil
}

// pagesOf names the deployments of a configuration, with the sites that they serve.
func (f *facts) pagesOf(ctx context.Context, configurationID string) (string, error) {
	all, err := f.allDeployments(ctx)
	var out []string
	for _, d := range all {
		if d.ConfigurationID == configurationID {
			out = append(out, "the deployment "+livesOn(d))
		}
	}
	return cmp.Or(strings.Join(out, " and "), "all who use it"), err
}

func livesOn(d genesys.Deployment) string { return fmt.Sprintf("%q (%s)", d.Name, serves(d)) }

// serves is where a deployment's Messenger starts, in words.
func serves(d genesys.Deployment) string {
	if d.AllowAllDomains {
		return "all domains"
	}
	return strings.Join(d.AllowedDomains, ", ")
}
