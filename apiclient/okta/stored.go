package okta

import "msgsso-wizard/apiclient"

// Stored returns the app as Okta wrote it, without its secret. It is only to be read.
func (a App) Stored() apiclient.Object { return a.raw }

// Stored returns the trusted origin as Okta wrote it. It is only to be read.
func (o TrustedOrigin) Stored() apiclient.Object { return o.raw }

// Stored returns the policy as Okta wrote it. It is only to be read.
func (p Policy) Stored() apiclient.Object { return p.raw }

// Stored returns the rule as Okta wrote it. It is only to be read.
func (r Rule) Stored() apiclient.Object { return r.raw }

// FillFrom keeps the whole policy in raw.
func (p *Policy) FillFrom(whole apiclient.Object) error {
	p.raw = whole
	return apiclient.FillFields(p, whole)
}

// FillFrom keeps the whole rule in raw.
func (r *Rule) FillFrom(whole apiclient.Object) error {
	r.raw = whole
	return apiclient.FillFields(r, whole)
}
