package okta

import (
	"context"
	"net/url"

	"msgsso-wizard/apiclient"
)

// Groups finds groups whose name starts with namePrefix; Okta answers with at most 300 and has no further
// page. An empty prefix gives the first page of the groups that users can be added to and the built-in ones:
// an org may have thousands, and who looks for one gives a prefix.
// Operation listGroups, contract okta.md 2.
func (c *Client) Groups(ctx context.Context, namePrefix string) ([]Group, error) {
	req := apiclient.Get("listGroups", apiPath("groups"), nil)
	req.Query = url.Values{"q": {namePrefix}}
	if namePrefix == "" {
		req.Query = url.Values{"filter": {`type eq "OKTA_GROUP" or type eq "BUILT_IN"`}, "limit": {"200"}}
	}
	groups, _, err := page[Group](ctx, c, req)
	return groups, err
}

// Group reads one group by its id.
// Operation getGroup, contract okta.md 2.
func (c *Client) Group(ctx context.Context, id string) (Group, error) {
	return one[Group](ctx, c, apiclient.Get("getGroup", apiPath("groups", id), nil))
}

// AppGroups lists the ids of the groups that an app integration is assigned to.
// Operation listApplicationGroupAssignments, contract okta.md 2; its limit is at least 20.
func (c *Client) AppGroups(ctx context.Context, appID string) ([]string, error) {
	groups, err := all[idOnly](ctx, c, apiclient.Get("listApplicationGroupAssignments", apiPath("apps", appID, "groups"), most))
	var ids []string
	for _, g := range groups {
		ids = append(ids, g.ID)
	}
	return ids, err
}

// AssignGroup lets a group's members sign in to an app integration; once more does no harm.
// The body is empty but present: without one Okta answers 411.
// Operation assignGroupToApplication, contract okta.md 2.
func (c *Client) AssignGroup(ctx context.Context, appID, groupID string) error {
	_, err := one[idOnly](ctx, c, apiclient.Put("assignGroupToApplication", apiPath("apps", appID, "groups", groupID), struct{}{}))
	return err
}

// idOnly is an answer of which only the ID counts.
type idOnly struct {
	ID string `api:"id,id"`
}
