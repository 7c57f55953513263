package genesys

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"msgsso-wizard/apiclient"
)

// Organization reads which organization the credentials belong to (getOrganizationsMe; contract genesys.md 7).
func (c *Client) Organization(ctx context.Context) (Organization, error) {
	return one[Organization](ctx, c, apiclient.Request{Op: "getOrganizationsMe", Method: http.MethodGet, Path: "/api/v2/organizations/me"})
}

// Permissions returns what the caller may do, as sorted domain:entity:action with * for all; whether the
// API answers this to client credentials is not known (getAuthorizationSubjectsMe; contract genesys.md 7).
func (c *Client) Permissions(ctx context.Context) ([]string, error) {
	var subject struct {
		Grants []struct {
			Role struct {
				Policies []struct {
					Domain, EntityName apiclient.Text
					Actions            []apiclient.Text
				}
			}
		}
	}
	if err := c.get(ctx, "getAuthorizationSubjectsMe", "/api/v2/authorization/subjects/me", &subject); err != nil {
		return nil, err
	}
	var all []string
	for _, grant := range subject.Grants {
		for _, policy := range grant.Role.Policies {
			for _, action := range policy.Actions {
				all = append(all, string(policy.Domain+":"+policy.EntityName+":"+action))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func (o Organization) key() string { return o.ID }

// UnmarshalJSON reads Organization as the API sends it.
func (o *Organization) UnmarshalJSON(data []byte) error {
	var w struct{ ID, Name, ThirdPartyOrgName apiclient.Text }
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*o = Organization{ID: string(w.ID), Name: string(w.Name), Code: string(w.ThirdPartyOrgName)}
	return nil
}
