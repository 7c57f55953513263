package setup

import (
	"context"
	"slices"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/taskgroup"
)

// Connection is what the answers open, for commands that only read. A part that they do not open is nil.
type Connection struct {
	Okta     services.Okta // nil: they do not sign in to an org, or OktaErr says why that failed
	OktaErr  *explain.Error
	OktaURL  string // the org's own address; empty: not answered
	Visitors string // the address by which visitors know the org: its custom domain, else OktaURL

	Genesys      services.Genesys     // nil: they do not sign in to an organization
	Messenger    services.Messenger   // nil: no region is answered
	Organization genesys.Organization // zero: not reached
	Region       genesys.Region
	RegionName   string // as it was answered
	actor        string // who has the permissions there, in words

	Identity Identity
}

// Connect opens what there are answers for. It sends reads only, and what it learns is not the guide's: a run that is
// planned stays as it is. The error is an *explain.Error or the context's; a failed sign-in to Okta is none, because the
// rest can be checked without it.
func (s *Session) Connect(ctx context.Context) (*Connection, error) {
	in := s.access(s.Answers)
	c := &Connection{}
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() error { return c.openGenesys(gctx, in) })
	g.Go(func() error { c.openOkta(gctx, in); return nil })
	err := g.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	c.Identity = identity(guide.Host(c.OktaURL), c.Organization.Name, c.Region.Domain, c.Region.Location)
	return c, err
}

func (c *Connection) openOkta(ctx context.Context, in services.Access) {
	a := in.Answers
	if !a.Get(guide.OktaOrg).Given {
		return
	}
	c.OktaURL = a.Value(guide.OktaOrg)
	if guide.OktaIsAutomated(a) && !answered(a, guide.SectionOkta, guide.OktaToken, guide.OktaClientID, guide.OktaKey) {
		c.LookUpOrg(ctx, in.Dial, c.OktaURL)
		return
	}
	org, err := oktasteps.OpenOrg(ctx, in, &engine.Notes{})
	if err != nil {
		c.OktaErr = explain.InWords("read the org", err)
	} else if guide.OktaIsAutomated(a) {
		c.Okta = org.API
	}
	c.OktaURL, c.Visitors = org.URL, org.Visitors()
}

// LookUpOrg learns the addresses of an org without a sign-in, from what it publishes. An org that does not answer
// is taken as it is named.
func (c *Connection) LookUpOrg(ctx context.Context, dial services.Dialer, org string) {
	found, _ := oktasteps.LookUpOrg(ctx, dial, guide.OktaLogin{Method: guide.OktaManual}, org)
	c.OktaURL, c.Visitors = found.URL, found.Visitors()
}

func (c *Connection) openGenesys(ctx context.Context, in services.Access) error {
	a := in.Answers
	if !a.Get(guide.GenesysRegion).Given {
		return nil
	}
	var err error
	c.RegionName = a.Value(guide.GenesysRegion)
	if c.Region, _, err = genesys.ParseRegion(c.RegionName); err != nil {
		return explain.InWords("read the region", err)
	}
	if c.Messenger, err = in.Dial.Messenger(c.RegionName); err != nil {
		return explain.InWords("open the region", err)
	}
	if !answered(a, guide.SectionGenesys, guide.GenesysClientID, guide.GenesysClientSecret, guide.GenesysAccessToken, guide.GenesysProfile) {
		return nil
	}
	session, err := genesyssteps.SignIn(ctx, in)
	if err != nil {
		return explain.InWords("sign in", err)
	}
	c.Genesys, c.actor = session.API, session.Actor
	if c.Organization, err = c.Genesys.Organization(ctx); err != nil {
		return explain.InWords("read the organization", err)
	}
	return nil
}

// answered reports whether none of the keys is still to be answered.
func answered(a *guide.Answers, section guide.SectionID, keys ...guide.Key) bool {
	return !slices.ContainsFunc(a.Missing(section), func(q guide.Question) bool { return slices.Contains(keys, q.Key) })
}
