package genesys

import (
	"context"
	"net/url"

	"msgsso-wizard/apiclient"
)

const deployments = "/api/v2/webdeployments/deployments"

// Deployments lists the Messenger deployments (getWebdeploymentsDeployments; contract genesys.md 2.1).
func (c *Client) Deployments(ctx context.Context) ([]Deployment, error) {
	return cursored[Deployment](ctx, c, "getWebdeploymentsDeployments", deployments, url.Values{"expand": {"Configuration"}})
}

// Deployment reads a deployment with its snippet (getWebdeploymentsDeployment; contract genesys.md 2.4).
func (c *Client) Deployment(ctx context.Context, id string) (Deployment, error) {
	return one[Deployment](ctx, c, apiclient.Get("getWebdeploymentsDeployment", apiclient.JoinPath(deployments, id), nil))
}

// CreateDeployment makes a deployment as d says, which is Pending at first; two with one name may exist
// (postWebdeploymentsDeployments; contract genesys.md 2.4).
func (c *Client) CreateDeployment(ctx context.Context, d Deployment) (Deployment, error) {
	return one[Deployment](ctx, c, apiclient.Post("postWebdeploymentsDeployments", deployments, d.body()))
}

// UpdateDeployment replaces a deployment that was read before, with its named members as they are now; that
// is how it comes to use another version of its configuration (putWebdeploymentsDeployment; contract genesys.md 2.3, 2.4).
func (c *Client) UpdateDeployment(ctx context.Context, d Deployment) (Deployment, error) {
	if d.Stored() == nil {
		return Deployment{}, errUnread
	}
	req := apiclient.Put("putWebdeploymentsDeployment", apiclient.JoinPath(deployments, d.ID), d.body())
	return one[Deployment](ctx, c, req)
}

// DeleteDeployment takes a deployment away (deleteWebdeploymentsDeployment; contract genesys.md 2.1).
func (c *Client) DeleteDeployment(ctx context.Context, id string) error {
	return c.remove(ctx, "deleteWebdeploymentsDeployment", apiclient.JoinPath(deployments, id))
}
