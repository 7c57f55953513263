package okta

import (
	"context"
	"net/http"
	"strings"

	"msgsso-wizard/apiclient"
)

// Organization reads what the org says of itself to everyone; no credentials are sent. An answer without
// an org's id (00o...) and pipeline is no Okta org's.
// Operation getWellknownOrgMetadata, contract okta.md 7.
func (c *Client) Organization(ctx context.Context) (Organization, error) {
	return one[organizationWire](ctx, c, apiclient.Request{
		Op: "getWellknownOrgMetadata", Method: http.MethodGet, Path: "/.well-known/okta-organization",
	})
}

// Me reads the admin who signed in. What a service app gets, for which no user stands, is not known.
// Operation getUser, contract okta.md 8.
func (c *Client) Me(ctx context.Context) (User, error) {
	return one[userWire](ctx, c, apiclient.Request{
		Op: "getUser", Method: http.MethodGet, Path: apiPath("users", "me"),
	})
}

// Org reads the organization's own name.
// Operation getOrgSettings, contract okta.md 8.
func (c *Client) Org(ctx context.Context) (Org, error) {
	return one[orgWire](ctx, c, apiclient.Request{
		Op: "getOrgSettings", Method: http.MethodGet, Path: apiPath("org"),
	})
}

type organizationWire struct {
	ID, Pipeline apiclient.Text
	Links        struct {
		Organization, Alternate struct{ Href apiclient.Text }
	} `json:"_links"`
}

func (w organizationWire) value() (Organization, string) {
	switch {
	case !strings.HasPrefix(string(w.ID), "00o"):
		return Organization{}, "id of an org"
	case w.Pipeline == "":
		return Organization{}, "pipeline"
	}
	return Organization{
		ID:        string(w.ID),
		Pipeline:  string(w.Pipeline),
		URL:       string(w.Links.Organization.Href),
		Alternate: string(w.Links.Alternate.Href),
	}, ""
}

type userWire struct {
	ID      apiclient.Text
	Status  apiclient.Text
	Profile struct{ Login, DisplayName, FirstName, LastName apiclient.Text }
}

func (w userWire) value() (User, string) {
	if w.ID == "" {
		return User{}, "id"
	}
	name := string(w.Profile.DisplayName)
	if name == "" {
		name = strings.TrimSpace(string(w.Profile.FirstName + " " + w.Profile.LastName))
	}
	return User{ID: string(w.ID), Login: string(w.Profile.Login), Name: name, Status: string(w.Status)}, ""
}

type orgWire struct{ ID, CompanyName, Subdomain, Status apiclient.Text }

func (w orgWire) value() (Org, string) {
	if w.ID == "" {
		return Org{}, "id"
	}
	return Org{
		ID:          string(w.ID),
		CompanyName: string(w.CompanyName),
		Subdomain:   string(w.Subdomain),
		Status:      string(w.Status),
	}, ""
}
