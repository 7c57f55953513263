package signintest

import (
	"context"
	"maps"
	"slices"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	oktasteps "msgsso-wizard/steps/okta"
)

// setUp follows the chain from the deployment to the stored credential, as far as this admin may look, and returns the
// first thing that keeps Genesys Cloud from redeeming any code. What it finds right is no cause any more.
func (t *test) setUp(ctx context.Context) (fault, bool) {
	if t.Genesys == nil {
		return fault{}, false
	}
	deployment, err := t.Genesys.Deployment(ctx, t.DeploymentID)
	if err != nil {
		return fault{}, false
	}
	if deployment.Status != "Active" {
		return deploymentInactive.about(deployment.Name, deployment.Status), true
	}
	if !deployment.Domains().Allow(t.RedirectURI) {
		return domainNotAllowed(t.RedirectURI, deployment.AllowedDomains), true
	}
	pinned, err := t.Genesys.ConfigurationVersion(ctx, deployment.ConfigurationID, deployment.ConfigurationVersion)
	if err != nil {
		return fault{}, false
	}
	if !pinned.SignsIn() {
		versions, _ := t.Genesys.ConfigurationVersions(ctx, deployment.ConfigurationID)
		return authenticationOff(pinned.Version, newestSignIn(versions)), true
	}
	integration, err := t.Genesys.Integration(ctx, pinned.Auth.IntegrationID)
	if apiclient.NotFound(err) {
		return integrationGone.about(pinned.Auth.IntegrationID), true
	}
	if err != nil {
		return fault{}, false
	}
	return t.integration(ctx, integration)
}

// integration checks the settings before the status: a wrong setting can be why an integration isn't active.
func (t *test) integration(ctx context.Context, i genesys.Integration) (fault, bool) {
	config, err := t.Genesys.IntegrationConfig(ctx, i.ID)
	if err == nil {
		uri := genesyssteps.DiscoveryURI(&config)
		switch {
		case uri != "" && uri != t.Document.URI:
			return otherDiscovery.about(uri, t.Document.URI), true
		case uri != "":
			t.rightURI = true
		}
	}
	if err == nil && len(config.Credentials) == 0 {
		return noCredential, true
	}
	if i.State != "ACTIVE" {
		return integrationInactive.about(i.Name, i.State, i.StateDetail), true
	}
	if err != nil {
		return fault{}, false
	}
	return t.credential(ctx, config)
}

// credential compares the dates of the stored credential and the app's secrets, because Genesys Cloud shows neither its
// client ID nor its secret (contract genesys.md 1.3).
func (t *test) credential(ctx context.Context, config genesys.IntegrationConfig) (fault, bool) {
	if t.Okta == nil || t.AppID == "" {
		return fault{}, false
	}
	stored, err := t.Genesys.Credentials(ctx)
	if err != nil {
		return fault{}, false
	}
	secrets, err := t.Okta.AppSecrets(ctx, t.AppID)
	if err != nil {
		return fault{}, false
	}
	ids := slices.Collect(maps.Values(config.Credentials))
	i := slices.IndexFunc(stored, func(c genesys.Credential) bool { return slices.Contains(ids, c.ID) })
	oldest, known := oktasteps.OldestSecret(secrets)
	if i >= 0 && known && !stored[i].Modified.IsZero() && oldest.Created.After(stored[i].Modified) {
		then, later := explain.Moments(stored[i].Modified, oldest.Created)
		return oldCredential.about(then, later), true
	}
	return fault{}, false
}

// newestSignIn is the newest version in which authentication is on; empty: none.
func newestSignIn(versions []genesys.Configuration) string {
	published := genesys.NewestFirst(versions)
	if i := slices.IndexFunc(published, genesys.Configuration.SignsIn); i >= 0 {
		return published[i].Version
	}
	return ""
}
