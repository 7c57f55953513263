package okta

import (
	"context"
	"net/http"
	"net/url"

	"msgsso-wizard/apiclient"
)

// Groups finds groups whose name starts with namePrefix; Okta answers with at most 300 and has no further
// page. An empty prefix gives the first page of the groups that people can be put into and the built-in ones:
// an org may have thousands, and who looks for one gives a prefix.
// Operation listGroups, contract okta.md 2.
func (c *Client) Groups(ctx context.Context, namePrefix string) ([]Group, error) {
	req := apiclient.Request{Op: "listGroups", Method: http.MethodGet, Path: apiPath("groups")}
	req.Query = url.Values{"q": {namePrefix}}
	if namePrefix == "" {
		req.Query = url.Values{"filter": {`type eq "OKTA_GROUP" or type eq "BUILT_IN"`}, "limit": {"200"}}
	}
	groups, _, err := page[groupWire](ctx, c, req)
	return groups, err
}

// Group reads one group by its id.
// Operation getGroup, contract okta.md 2.
func (c *Client) Group(ctx context.Context, id string) (Group, error) {
	return one[groupWire](ctx, c, apiclient.Request{Op: "getGroup", Method: http.MethodGet, Path: apiPath("groups", id)})
}

// AppGroups lists the ids of the groups that an app integration is assigned to.
// Operation listApplicationGroupAssignments, contract okta.md 2; its limit is at least 20.
func (c *Client) AppGroups(ctx context.Context, appID string) ([]string, error) {
	return all[idWire](ctx, c, apiclient.Request{
		Op: "listApplicationGroupAssignments", Method: http.MethodGet,
		Path: apiPath("apps", appID, "groups"), Query: url.Values{"limit": {"200"}},
	})
}

// AppGroup reads whether a group is assigned to an app integration. One that is not is a NotFound error.
// Operation getApplicationGroupAssignment, contract okta.md 2.
func (c *Client) AppGroup(ctx context.Context, appID, groupID string) error {
	_, err := one[idWire](ctx, c, apiclient.Request{
		Op: "getApplicationGroupAssignment", Method: http.MethodGet, Path: apiPath("apps", appID, "groups", groupID),
	})
	return err
}

// AssignGroup lets a group's people sign in to an app integration; once more does no harm.
// The body is empty but present: without one Okta answers 411.
// Operation assignGroupToApplication, contract okta.md 2.
func (c *Client) AssignGroup(ctx context.Context, appID, groupID string) error {
	_, err := one[idWire](ctx, c, apiclient.Request{
		Op: "assignGroupToApplication", Method: http.MethodPut,
		Path: apiPath("apps", appID, "groups", groupID), Body: struct{}{},
	})
	return err
}

type groupWire struct {
	ID, Type apiclient.Text
	Profile  struct{ Name, Description apiclient.Text }
}

func (w groupWire) value() (Group, string) {
	if w.ID == "" {
		return Group{}, "id"
	}
	return Group{
		ID:          string(w.ID),
		Type:        string(w.Type),
		Name:        string(w.Profile.Name),
		Description: string(w.Profile.Description),
	}, ""
}

// idWire is an answer of which only the id counts.
type idWire struct{ ID apiclient.Text }

func (w idWire) value() (string, string) {
	if w.ID == "" {
		return "", "id"
	}
	return string(w.ID), ""
}
