package steps

import (
	"context"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

// Connection is what the answers open, for who only looks. A part that they do not open is nil.
type Connection struct {
	Okta     OktaAPI // nil: they do not sign in to an org, or OktaErr says why that failed
	OktaErr  *explain.Error
	OktaURL  string // the org's own address; empty: not answered
	Visitors string // the address by which visitors know the org: its custom domain, else OktaURL

	Genesys      GenesysAPI           // nil: they do not sign in to an organization
	Messenger    MessengerAPI         // nil: no region is answered
	Organization genesys.Organization // zero: not reached
	Region       genesys.Region
	RegionName   string // as it was answered

	Identity Identity
}

// Connect opens what there are answers for. It sends reads only, and what it learns is not the guide's: a run that is
// planned stays as it is. The error is an *Error or the context's; a failed sign-in to Okta is none, because the rest
// can be looked at without it.
func Connect(ctx context.Context, env *Env) (*Connection, error) {
	look := &Env{Answers: env.Answers, Dial: env.Dial, Files: env.Files, Poll: env.Poll, Prompt: env.Prompt}
	c := &Connection{}
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() error { return c.openGenesys(gctx, look) })
	g.Go(func() error { c.openOkta(gctx, look); return nil })
	err := g.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	c.Identity, c.Organization = look.facts.identity(), look.facts.genesysOrg
	return c, err
}

func (c *Connection) openOkta(ctx context.Context, look *Env) {
	a := look.Answers
	if !a.Get(guide.OktaOrg).Given {
		return
	}
	c.OktaURL = a.Value(guide.OktaOrg)
	if guide.OktaIsAutomated(a) && !answered(a, guide.SectionOkta, guide.OktaToken, guide.OktaClientID, guide.OktaKey) {
		c.LookUpOrg(ctx, look, c.OktaURL)
		return
	}
	f := &look.facts
	if _, err := (connectOkta{}).Plan(ctx, look); err != nil {
		c.OktaErr = explain.InWords("read the org", err)
	} else if guide.OktaIsAutomated(a) {
		c.Okta = f.okta
	}
	c.OktaURL, c.Visitors = f.oktaURL, f.visitorsURL()
}

// LookUpOrg learns the addresses of an org to which nobody signs in, from what it publishes. An org that does not
// answer is taken as it is named.
func (c *Connection) LookUpOrg(ctx context.Context, env *Env, org string) {
	c.OktaURL, c.Visitors = org, org
	api, err := env.Dial.Okta(org, guide.OktaLogin{Method: guide.OktaManual})
	if err != nil {
		return
	}
	found, err := api.Organization(ctx)
	if err != nil {
		return
	}
	if own, err := okta.ParseOrg(found.URL); err == nil {
		c.OktaURL, c.Visitors = own.URL, own.URL
	}
	if found.Alternate != "" {
		c.Visitors = strings.TrimSuffix(found.Alternate, "/")
	}
}

func (c *Connection) openGenesys(ctx context.Context, look *Env) error {
	a, f := look.Answers, &look.facts
	if !a.Get(guide.GenesysRegion).Given {
		return nil
	}
	var err error
	c.RegionName = a.Value(guide.GenesysRegion)
	if c.Region, _, err = genesys.ParseRegion(c.RegionName); err != nil {
		return explain.InWords("read the region", err)
	}
	f.region = c.Region
	if c.Messenger, err = look.Dial.Messenger(c.RegionName); err != nil {
		return explain.InWords("open the region", err)
	}
	if !answered(a, guide.SectionGenesys, guide.GenesysClientID, guide.GenesysClientSecret, guide.GenesysAccessToken, guide.GenesysProfile) {
		return nil
	}
	if _, err := (connectGenesys{}).Plan(ctx, look); err != nil {
		return explain.InWords("sign in", err)
	}
	c.Genesys = f.genesys
	if f.genesysOrg, err = f.genesys.Organization(ctx); err != nil {
		return explain.InWords("read the organization", err)
	}
	return nil
}

// answered reports whether none of the keys is still to be answered.
func answered(a *guide.Answers, section guide.SectionID, keys ...guide.Key) bool {
	return !slices.ContainsFunc(a.Missing(section), func(q guide.Question) bool { return slices.Contains(keys, q.Key) })
}

// IntegrationKeys are the names under which integrations of a type keep what matters for signing in.
type IntegrationKeys struct {
	TypeName   string
	Discovery  string // of the property with the Discovery URI
	Credential string // of the credential
}

// IntegrationKeys reads a type's keys, which are documented nowhere (contract genesys.md 1.1, 1.2). An *Error that
// wraps nothing says that the type is not one that Messenger signs in with.
func (c *Connection) IntegrationKeys(ctx context.Context, typeID string) (IntegrationKeys, error) {
	var (
		schema          genesys.Schema
		whole           genesys.IntegrationType
		credentialTypes []genesys.CredentialType
	)
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { whole, err = c.Genesys.IntegrationType(gctx, typeID); return err })
	g.Go(func() (err error) { schema, err = c.Genesys.PropertiesSchema(gctx, typeID); return err })
	g.Go(func() (err error) { credentialTypes, err = c.Genesys.CredentialTypes(gctx); return err })
	if err := g.Wait(); err != nil {
		return IntegrationKeys{}, err
	}
	kind, err := describe(whole, schema, credentialTypes)
	return IntegrationKeys{TypeName: kind.Name, Discovery: kind.DiscoveryKey, Credential: kind.CredentialKey}, err
}
