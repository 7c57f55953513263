package genesys

import (
	"context"
	"net/url"
	"slices"

	"msgsso-wizard/apiclient"
)

// Organization reads which organization the credentials belong to (getOrganizationsMe; contract genesys.md 7).
func (c *Client) Organization(ctx context.Context) (Organization, error) {
	return one[Organization](ctx, c, apiclient.Get("getOrganizationsMe", "/api/v2/organizations/me", nil))
}

// Permissions returns what the caller may do, as sorted domain:entity:action with * for all; whether the
// API answers this to client credentials is not known (getAuthorizationSubjectsMe; contract genesys.md 7).
func (c *Client) Permissions(ctx context.Context) ([]string, error) {
	type granted struct {
		Policies []struct {
			Domain  string   `api:"domain"`
			Entity  string   `api:"entityName"`
			Actions []string `api:"actions"`
		} `api:"grants.role.policies"`
	}
	req := apiclient.Get("getAuthorizationSubjectsMe", "/api/v2/authorization/subjects/me", nil)
	subject, err := one[granted](ctx, c, req)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, policy := range subject.Policies {
		for _, action := range policy.Actions {
			all = append(all, policy.Domain+":"+policy.Entity+":"+action)
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

const tokensMe = "/api/v2/tokens/me"

// Flows lists the inbound message flows by name (getFlows; contract genesys.md 7).
func (c *Client) Flows(ctx context.Context) ([]Flow, error) {
	return numbered[Flow](ctx, c, "getFlows", "/api/v2/flows", url.Values{"type": {"inboundshortmessage"}, "sortBy": {"name"}})
}

// FillFrom also reads whether the flow was ever published.
func (f *Flow) FillFrom(whole apiclient.Object) error {
	f.Published = whole["publishedVersion"] != nil
	return apiclient.FillFields(f, whole)
}
