package genesys

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"msgsso-wizard/apiclient"
)

const configurations = "/api/v2/webdeployments/configurations"

// errUnread keeps an object that was put together manually from replacing a whole one.
var errUnread = errors.New("an object is only sent back after it was read from Genesys Cloud")

// Configurations lists the drafts of all Messenger configurations (getWebdeploymentsConfigurations; contract genesys.md 2.1).
func (c *Client) Configurations(ctx context.Context) ([]Configuration, error) {
	return cursored[Configuration](ctx, c, "getWebdeploymentsConfigurations", configurations, nil)
}

// ConfigurationVersions lists the latest versions of a configuration, and perhaps its draft
// (getWebdeploymentsConfigurationVersions; contract genesys.md 2.1).
func (c *Client) ConfigurationVersions(ctx context.Context, id string) ([]Configuration, error) {
	return cursored[Configuration](ctx, c, "getWebdeploymentsConfigurationVersions", apiclient.JoinPath(configurations, id)+"/versions", nil)
}

// ConfigurationVersion reads one version of a configuration, such as "1" (getWebdeploymentsConfigurationVersion; contract genesys.md 2.1).
func (c *Client) ConfigurationVersion(ctx context.Context, id, version string) (Configuration, error) {
	path := apiclient.JoinPath(configurations, id, "versions", version)
	return one[Configuration](ctx, c, apiclient.Get("getWebdeploymentsConfigurationVersion", path, nil))
}

// Draft reads the draft of a configuration (getWebdeploymentsConfigurationVersionsDraft; contract genesys.md 2.1).
func (c *Client) Draft(ctx context.Context, id string) (Configuration, error) {
	return one[Configuration](ctx, c, apiclient.Get("getWebdeploymentsConfigurationVersionsDraft", draftOf(id), nil))
}

// CreateConfiguration makes the draft of a new configuration; two with one name may exist
// (postWebdeploymentsConfigurations; contract genesys.md 2.2).
func (c *Client) CreateConfiguration(ctx context.Context, n NewConfiguration) (Configuration, error) {
	return one[Configuration](ctx, c, apiclient.Post("postWebdeploymentsConfigurations", configurations, n.body()))
}

// UpdateDraft replaces the draft of a configuration that was read before, with its Name, Description and Auth
// as they are now. The last writer wins (putWebdeploymentsConfigurationVersionsDraft; contract genesys.md 2.3).
func (c *Client) UpdateDraft(ctx context.Context, draft Configuration) (Configuration, error) {
	if draft.Stored() == nil {
		return Configuration{}, errUnread
	}
	req := apiclient.Put("putWebdeploymentsConfigurationVersionsDraft", draftOf(draft.ID), draft.body())
	return one[Configuration](ctx, c, req)
}

// Publish makes the draft the next version, which deployments use once they name it
// (postWebdeploymentsConfigurationVersionsDraftPublish; contract genesys.md 2.3).
func (c *Client) Publish(ctx context.Context, id string) (Configuration, error) {
	req := apiclient.Post("postWebdeploymentsConfigurationVersionsDraftPublish", draftOf(id)+"/publish", nil)
	req.Needs = "version"
	return one[Configuration](ctx, c, req)
}

// DeleteConfiguration takes a configuration away with all its versions (deleteWebdeploymentsConfiguration; contract genesys.md 2.1).
func (c *Client) DeleteConfiguration(ctx context.Context, id string) error {
	return c.remove(ctx, "deleteWebdeploymentsConfiguration", apiclient.JoinPath(configurations, id))
}

func draftOf(id string) string { return apiclient.JoinPath(configurations, id) + "/versions/draft" }

// SignsIn reports whether visitors have to sign in.
func (c Configuration) SignsIn() bool { return c.Auth != nil && c.Auth.Enabled }

// Number is the version's; 0: the draft's.
func (c Configuration) Number() int {
	n, _ := strconv.Atoi(c.Version)
	return n
}

// NewestFirst returns the published versions (contract genesys.md 2.3).
func NewestFirst(versions []Configuration) []Configuration {
	published := slices.DeleteFunc(slices.Clone(versions), func(c Configuration) bool { return c.Number() == 0 })
	slices.SortFunc(published, func(a, b Configuration) int { return b.Number() - a.Number() })
	return published
}
