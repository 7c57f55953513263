package genesys

import (
	"context"

	"msgsso-wizard/apiclient"
)

// cdn reads the public files that Messenger reads in a visitor's browser, without credentials. The CDN may lag
// behind the API, and answers 403 for a deployment that it does not know (contract genesys.md 3).
type cdn struct{ files *apiclient.Client }

// PublicConfig reads what browsers get of a deployment's configuration (contract genesys.md 3).
func (c cdn) PublicConfig(ctx context.Context, deploymentID string) (PublicConfig, error) {
	return publicFile[PublicConfig](ctx, c, deploymentID, "config.json")
}

// PublicDomains reads on which sites browsers start a deployment (contract genesys.md 3).
func (c cdn) PublicDomains(ctx context.Context, deploymentID string) (PublicDomains, error) {
	return publicFile[PublicDomains](ctx, c, deploymentID, "domains.json")
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

func publicFile[T any](ctx context.Context, c cdn, deploymentID, file string) (T, error) {
	var answer T
	req := apiclient.Get(file, apiclient.JoinPath(publicFiles, deploymentID, file), nil)
	_, err := c.files.Do(ctx, req, &answer)
	return answer, err
}
