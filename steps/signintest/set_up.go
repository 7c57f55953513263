package signintest

import (
	"context"
	"strconv"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
)

// setUp follows the chain from the deployment to the integration, as far as this admin may look, and returns the
// first thing that keeps Genesys Cloud from redeeming any code.
func (t *test) setUp(ctx context.Context) (fault, bool) {
	if t.Genesys == nil {
		return fault{}, false
	}
	deployment, err := t.Genesys.Deployment(ctx, t.DeploymentID)
	if err != nil {
		return fault{}, false
	}
	pinned, err := t.Genesys.ConfigurationVersion(ctx, deployment.ConfigurationID, deployment.ConfigurationVersion)
	if err != nil {
		return fault{}, false
	}
	if !signsIn(pinned) {
		return authenticationOff(pinned.Version, t.better(ctx, deployment.ConfigurationID)), true
	}
	integration, err := t.Genesys.Integration(ctx, pinned.Auth.IntegrationID)
	if e, ok := apiclient.AsError(err); ok && e.Err == nil && e.Status == notFound {
		return integrationGone.about(pinned.Auth.IntegrationID), true
	}
	if err != nil {
		return fault{}, false
	}
	if integration.State != "ACTIVE" {
		return integrationInactive(integration.Name, integration.State, integration.StateDetail), true
	}
	config, err := t.Genesys.IntegrationConfig(ctx, integration.ID)
	if err != nil {
		return fault{}, false
	}
	if has := discoveryURI(config); has != "" && has != t.Document.URI {
		return otherDiscovery.about(has, t.Document.URI), true
	}
	return fault{}, false
}

func signsIn(c genesys.Configuration) bool { return c.Auth != nil && c.Auth.Enabled }

// better is the newest published version in which authentication is on; empty: none.
func (t *test) better(ctx context.Context, configurationID string) string {
	versions, err := t.Genesys.ConfigurationVersions(ctx, configurationID)
	if err != nil {
		return ""
	}
	best := 0
	for _, v := range versions {
		if n, err := strconv.Atoi(v.Version); err == nil && n > best && signsIn(v) {
			best = n
		}
	}
	if best == 0 {
		return ""
	}
	return strconv.Itoa(best)
}

// discoveryURI is known by its form: the key that it has is not known without the type's schema (contract genesys.md
// 1.1).
func discoveryURI(c genesys.IntegrationConfig) string {
	for _, value := range c.Properties {
		if text, ok := value.(string); ok && strings.Contains(text, "/.well-known/") {
			return text
		}
	}
	return ""
}
