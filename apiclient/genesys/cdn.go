package genesys

import (
	"context"
	"net/http"

	"msgsso-wizard/apiclient"
)

// cdn reads the public files that Messenger reads in a visitor's browser, without credentials. The CDN may lag
// behind the API, and answers 403 for a deployment that it does not know (contract genesys.md 3).
type cdn struct{ files *apiclient.Client }

// PublicConfig reads what browsers get of a deployment's configuration (contract genesys.md 3).
func (c cdn) PublicConfig(ctx context.Context, deploymentID string) (PublicConfig, error) {
	var config struct {
		Version versionText
		Status  apiclient.Text
		Auth    struct{ Enabled, AllowSessionUpgrade bool }
	}
	err := c.read(ctx, deploymentID, "config.json", &config)
	return PublicConfig{
		Version: string(config.Version), Status: string(config.Status),
		AuthEnabled: config.Auth.Enabled, SessionUpgrade: config.Auth.AllowSessionUpgrade,
	}, err
}

// PublicDomains reads on which sites browsers start a deployment (contract genesys.md 3).
func (c cdn) PublicDomains(ctx context.Context, deploymentID string) (PublicDomains, error) {
	var domains struct {
		AllowAllDomains bool
		AllowedDomains  []apiclient.Text
	}
	err := c.read(ctx, deploymentID, "domains.json", &domains)
	return PublicDomains{AllowAll: domains.AllowAllDomains, Domains: apiclient.Strings(domains.AllowedDomains)}, err
}

const publicFiles = "/webdeployments/v1/deployments"

// Calls are addresses that Messenger calls in a visitor's browser, one on each host (contract genesys.md 3, 4); none
// where the region is not known.
func (r Region) Calls(deploymentID string) []string {
	if r.API == "" {
		return nil
	}
	return []string{r.API + visitorExchange, r.CDN + apiclient.JoinPath(publicFiles, deploymentID, "config.json")}
}

func (c cdn) read(ctx context.Context, deploymentID, file string, out any) error {
	_, err := c.files.Do(ctx, apiclient.Request{Op: file, Method: http.MethodGet, Path: apiclient.JoinPath(publicFiles, deploymentID, file)}, out)
	return err
}
