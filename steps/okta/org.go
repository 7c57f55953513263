// Package okta has the objects that the guide makes in an Okta org, one file a kind: how they are found, compared,
// created, and undone. The engine does the rest.
package okta

import (
	"context"
	"fmt"

	"msgsso-wizard/apiclient"
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

// LookUpOrg finds the org at an address, which may be its custom domain: the API is meant to be called at the org's own
// (contract okta.md 7). It needs no sign-in.
func LookUpOrg(ctx context.Context, dial services.Dialer, login guide.OktaLogin, address string) (Org, error) {
	org := Org{URL: address}
	api, err := dial.Okta(address, login)
	if err != nil {
		return org, err
	}
	found, err := api.Organization(ctx)
	if err != nil {
		return org, err
	}
	asked := guide.Host(address)
	if at, bad := okta.ParseOrg(found.URL); bad == nil && at.Host != asked {
		if !okta.InOkta(at.Host) && !okta.OnThisComputer(at.Host) {
			return org, notSameOrg(asked, at.Host)
		}
		if found, err = answersAs(ctx, dial, asked, at, found.ID); err != nil {
			return org, err
		}
		if api, err = dial.Okta(at.URL, login); err != nil {
			return org, err
		}
		org.URL = at.URL
	}
	if found.Alternate != "" {
		at, err := okta.ParseOrg(found.Alternate)
		if err != nil {
			return org, notSameOrg(org.Host(), guide.Host(found.Alternate))
		}
		if at.Host != asked {
			if _, err = answersAs(ctx, dial, org.Host(), at, found.ID); err != nil {
				return org, err
			}
		}
		org.Alternate = at.URL
	}
	org.API, org.Pipeline = api, found.Pipeline
	return org, nil
}

// answersAs asks an address that an org's metadata names, without credentials, whether it is the same org. Until it
// says so, it gets none.
func answersAs(ctx context.Context, dial services.Dialer, host string, at okta.OrgAddress, id string) (there okta.Organization, err error) {
	if okta.OnThisComputer(at.Host) && !okta.OnThisComputer(host) {
		return there, notSameOrg(host, at.Host)
	}
	api, err := dial.Okta(at.URL, guide.OktaLogin{Method: guide.OktaManual})
	if err == nil {
		there, err = api.Organization(ctx)
	}
	if err != nil {
		return there, explain.NotAnOrg(at.URL, err)
	}
	if there.ID != id {
		return there, notSameOrg(host, at.Host)
	}
	return there, nil
}

// notSameOrg refuses an address that is not the org that named it.
func notSameOrg(org, other string) error {
	return explain.New(explain.ClassSignIn, guide.OktaOrg,
		fmt.Sprintf("%s names %s as its own address, which isn't the same Okta org. No credentials were sent.", org, apiclient.Clean(other)),
		"Check the org's URL. It looks like acme.okta.com.")
}

// OpenOrg finds out whether the answered address is an Okta org, and signs in. The token goes to an Okta org only.
func OpenOrg(ctx context.Context, in services.Access, notes *engine.Notes) (Org, error) {
	answered := Org{URL: in.Answers.Value(guide.OktaOrg)}
	login, err := in.OktaLogin()
	if err != nil {
		return answered, err
	}
	org, err := LookUpOrg(ctx, in.Dial, login, answered.URL)
	if err != nil {
		return org, explain.NotAnOrg(org.URL, err)
	}
	if org.Host() != answered.Host() {
		notes.OK(answered.Host() + " is the custom domain of " + org.Host() + ", which the wizard uses.")
	}
	if org.Alternate != "" {
		notes.Attend("Visitors know this org as " + guide.Host(org.Alternate) + ", its custom domain.")
	}
	if guide.OktaIsAutomated(in.Answers) {
		if err := org.API.SignIn(ctx); err != nil {
			return org, err
		}
	}
	if login.Method == guide.OktaByKey {
		org.ServiceApp = login.ClientID
	}
	return org, nil
}

// apiOf is the API of an org that a run opens.
func apiOf(org *engine.Lookup[Org]) engine.Open[services.Okta] {
	return func(ctx context.Context) (services.Okta, error) {
		o, err := org.Get(ctx)
		return o.API, err
	}
}
