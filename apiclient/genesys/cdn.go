package genesys

import (
	"context"
	"net/http"

	"golang.org/x/sync/errgroup"

	"msgsso-wizard/apiclient"
)

// PublicConfig reads what browsers get for a deployment, without credentials. The CDN may lag behind the API,
// and answers 403 for a deployment that it does not know (contract genesys.md 3).
func (c *Client) PublicConfig(ctx context.Context, deploymentID string) (PublicConfig, error) {
	var (
		config struct {
			Version versionText
			Status  apiclient.Text
			Auth    struct{ Enabled bool }
		}
		domains struct {
			AllowAllDomains bool
			AllowedDomains  []apiclient.Text
		}
	)
	both, ctx := errgroup.WithContext(ctx)
	for file, out := range map[string]any{"config.json": &config, "domains.json": &domains} {
		both.Go(func() error {
			return c.public(ctx, apiclient.Request{Op: file, Method: http.MethodGet, Path: at("/webdeployments/v1/deployments", deploymentID, file)}, out)
		})
	}
	if err := both.Wait(); err != nil {
		return PublicConfig{}, err
	}
	return PublicConfig{
		Version: string(config.Version), Status: string(config.Status), AuthEnabled: config.Auth.Enabled,
		AllowAll: domains.AllowAllDomains, AllowedDomains: texts(domains.AllowedDomains),
	}, nil
}

func (c *Client) public(ctx context.Context, req apiclient.Request, out any) error {
	if err := whole(req); err != nil {
		return err
	}
	_, err := c.cdn.Do(ctx, req, out)
	return err
}
