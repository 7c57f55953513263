package okta

import (
	"context"
	"net/http"

	"msgsso-wizard/apiclient"
)

// Role is an admin role that a user has (contract okta.md 8).
type Role struct {
	ID             string
	Label          string // Super Administrator
	Type           string // SUPER_ADMIN, ORG_ADMIN, APP_ADMIN, API_ACCESS_MANAGEMENT_ADMIN, READ_ONLY_ADMIN, CUSTOM, ...
	Status         string // ACTIVE or INACTIVE
	AssignmentType string // USER or GROUP
}

// Roles lists the admin roles of a user. A small admin role may not read them: a refusal that Forbidden
// recognises says nothing about the roles. Operation listAssignedRolesForUser, contract okta.md 8.
func (c *Client) Roles(ctx context.Context, userID string) ([]Role, error) {
	return all[roleWire](ctx, c, apiclient.Request{
		Op: "listAssignedRolesForUser", Method: http.MethodGet, Path: apiPath("users", userID, "roles"),
	})
}

// Domain is a custom domain of the org (contract okta.md 8).
type Domain struct {
	Name   string // login.example.com
	Status string // VERIFIED, COMPLETED, IN_PROGRESS, NOT_STARTED
}

// Domains lists the org's custom domains.
// Operation listCustomDomains, contract okta.md 8.
func (c *Client) Domains(ctx context.Context) ([]Domain, error) {
	return one[domainsWire](ctx, c, apiclient.Request{
		Op: "listCustomDomains", Method: http.MethodGet, Path: apiPath("domains"),
	})
}

type roleWire struct{ ID, Label, Type, Status, AssignmentType apiclient.Text }

func (w roleWire) value() (Role, string) {
	if w.Type == "" {
		return Role{}, "type"
	}
	return Role{
		ID:             string(w.ID),
		Label:          string(w.Label),
		Type:           string(w.Type),
		Status:         string(w.Status),
		AssignmentType: string(w.AssignmentType),
	}, ""
}

type domainsWire struct {
	Domains []struct{ Domain, ValidationStatus apiclient.Text }
}

func (w domainsWire) value() ([]Domain, string) {
	var domains []Domain
	for _, d := range w.Domains {
		if d.Domain == "" {
			return nil, "domain"
		}
		domains = append(domains, Domain{Name: string(d.Domain), Status: string(d.ValidationStatus)})
	}
	return domains, ""
}
