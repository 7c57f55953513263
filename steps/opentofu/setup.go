package opentofu

import (
	"net/url"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/guide"
)

// Setup is what was read of a setup.
type Setup struct {
	OktaURL string // the org's own address; empty: not known
	Region  genesys.Region
	Objects []Object // those that the wizard created
	Left    []Left   // those that stay outside of OpenTofu
	Version string   // of this program
}

// Object is one object that becomes a resource.
type Object struct {
	Kind   guide.ObjectKind
	Name   string
	ID     string
	In     []string         // the IDs of the objects that it is in, outermost first
	Stored apiclient.Object // as its service returned it
}

// Left is an object that isn't written, and why.
type Left struct {
	Kind     guide.ObjectKind
	Name, ID string
	Why      string
}

// File is one file of the folder.
type File struct{ Name, Text string }

// importID is what an import block names the object by.
func (o Object) importID() string {
	return strings.Join(append(append([]string{}, o.In...), o.ID), "/")
}

// provider says how the providers reach the orgs.
type provider struct {
	orgName, baseURL string
	simulator        string   // the address of a simulated org; empty: a real one
	gateway          *url.URL // of a simulated organization; nil: a real one
	region           string   // as AWS calls it; empty: not known
}

func (s Setup) provider() provider {
	p := provider{region: s.Region.AWS}
	host := guide.Host(s.OktaURL)
	p.orgName, p.baseURL, _ = strings.Cut(host, ".")
	if apiclient.IsLoopback(host) {
		p.orgName, p.baseURL, p.simulator = "acme", "okta.com", s.OktaURL
	}
	if u, err := url.Parse(s.Region.API); err == nil && apiclient.IsLoopback(u.Host) {
		p.gateway = u
	}
	return p
}
