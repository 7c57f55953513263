package okta

import (
	"context"
	"strings"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// Org is the Okta org that a run is in.
type Org struct {
	API        services.Okta
	URL        string // its own address
	Alternate  string // its custom domain as a URL, or empty
	ServiceApp string // client ID of the service app that signed in; empty: a user did
	Pipeline   string // idx or v1 (contract okta.md 7)
}

// Visitors returns the org's address as visitors know it. With a custom domain, Okta signs their tokens with that as the
// issuer (contract okta.md 1.1 issuer_mode, 4).
func (o Org) Visitors() string {
	if o.Alternate != "" {
		return o.Alternate
	}
	return o.URL
}

// Host returns the host of the org's own address.
func (o Org) Host() string { return guide.Host(o.URL) }

// OpenOrg finds out whether the answered address is an Okta org, and signs in. The token goes to an Okta org only.
func OpenOrg(ctx context.Context, in services.Access, look *engine.Look) (Org, error) {
	org := Org{URL: in.Answers.Value(guide.OktaOrg)}
	login, err := in.OktaLogin()
	if err != nil {
		return org, err
	}
	api, err := in.Dial.Okta(org.URL, login)
	if err != nil {
		return org, err
	}
	organization, err := api.Organization(ctx)
	if err != nil {
		return org, explain.NotAnOrg(org.URL, err)
	}
	// A custom domain was entered: the API is meant to be called at the org's own address (contract okta.md 7).
	if own, err := okta.ParseOrg(organization.URL); err == nil && guide.Host(own.URL) != org.Host() {
		look.OK(org.Host() + " is the custom domain of " + guide.Host(own.URL) + ", which the wizard speaks to.")
		org.URL = own.URL
		if api, err = in.Dial.Okta(own.URL, login); err != nil {
			return org, err
		}
	}
	org.Alternate, org.Pipeline = strings.TrimSuffix(organization.Alternate, "/"), organization.Pipeline
	if org.Alternate != "" {
		look.Attend("Visitors know this org as " + guide.Host(org.Alternate) + ", its custom domain.")
	}
	if guide.OktaIsAutomated(in.Answers) {
		if err := api.SignIn(ctx); err != nil {
			return org, err
		}
	}
	if login.Method == guide.OktaByKey {
		org.ServiceApp = login.ClientID
	}
	org.API = api
	return org, nil
}

// apiOf is the API of an org that a run opens.
func apiOf(org *engine.Lookup[Org]) engine.Open[services.Okta] {
	return func(ctx context.Context) (services.Okta, error) {
		o, err := org.Get(ctx)
		return o.API, err
	}
}
