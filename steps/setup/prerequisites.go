package setup

import (
	"context"
	"maps"
	"slices"
	"strings"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/taskgroup"
)

// Checkable reports whether CheckPrerequisites would ask an org anything.
func Checkable(a *guide.Answers) bool {
	return a.Get(guide.OktaOrg).Given || a.Get(guide.GenesysRegion).Given
}

// CheckPrerequisites checks the prerequisites, as far as the answers allow it without the user. It sends reads only,
// and what it learns is not the guide's.
func (s *Session) CheckPrerequisites(ctx context.Context) []guide.Checked {
	in := s.access(s.Answers)
	c := checklist{}
	var okta, genesys checklist
	var both taskgroup.Group
	both.Go(func() { okta = checkOkta(ctx, in) })
	both.Go(func() { genesys = checkGenesys(ctx, in) })
	both.Wait()
	maps.Copy(c, okta)
	maps.Copy(c, genesys)
	pages := s.Answers.Get(guide.RedirectURIs)
	c.set(guide.PrerequisitePage, guide.Met, strings.Join(pages.Values, " ")+" ("+pages.From.String()+")")
	out := make([]guide.Checked, 0, len(guide.Prerequisites()))
	for _, n := range guide.Prerequisites() {
		found := c[n.ID]
		found.Prerequisite = n
		out = append(out, found)
	}
	return out
}

// checklist is how needs stand, by their ids.
type checklist map[guide.PrerequisiteID]guide.Checked

func (c checklist) set(id guide.PrerequisiteID, s guide.PrerequisiteState, said string) {
	c[id] = guide.Checked{State: s, Said: said}
}

// fail keeps why a need is not met.
func (c checklist) fail(id guide.PrerequisiteID, what string, err error) {
	e := explain.InWords(what, err)
	c[id] = guide.Checked{State: guide.Unmet, Said: e.Problem, Fix: e.Fix}
}

// Where it is asked for what is not answered yet.
const (
	askedInOkta    = "asked in Okta setup"
	askedInGenesys = "asked in Configure Genesys Cloud"
	laterByUser    = "shows when you sign in"
)

func checkOkta(ctx context.Context, in services.Access) checklist {
	a, c := in.Answers, checklist{}
	c.set(guide.PrerequisiteOktaOrg, guide.Open, askedInOkta)
	c.set(guide.PrerequisiteOktaRole, guide.Open, askedInOkta)
	if !a.Get(guide.OktaOrg).Given {
		return c
	}
	api, err := in.Dial.Okta(a.Value(guide.OktaOrg), guide.OktaLogin{Method: guide.OktaManual})
	if err == nil {
		_, err = api.Organization(ctx)
	}
	if err != nil {
		c.fail(guide.PrerequisiteOktaOrg, "reach the org", explain.NotAnOrg(a.Value(guide.OktaOrg), err))
		return c
	}
	c.set(guide.PrerequisiteOktaOrg, guide.Met, guide.Host(a.Value(guide.OktaOrg))+" answers")
	switch method := a.Value(guide.OktaSignIn); {
	case method == guide.OktaManual:
		c.set(guide.PrerequisiteOktaRole, guide.Open, "not checked: manual Okta setup")
		return c
	case !answered(a, guide.SectionOkta, guide.OktaToken, guide.OktaClientID, guide.OktaKey):
		return c
	case !slices.Contains([]string{guide.OktaByToken, guide.OktaByKey, guide.OktaByFile}, method):
		c.set(guide.PrerequisiteOktaRole, guide.Open, laterByUser)
		return c
	}
	org, err := oktasteps.OpenOrg(ctx, in, &engine.Notes{})
	if err != nil {
		c.fail(guide.PrerequisiteOktaRole, "sign in", err)
		return c
	}
	admin, err := oktasteps.FindAdmin(ctx, org)
	if err == nil {
		err = admin.Allows(engine.Create, guide.KindApp)
	}
	switch {
	case err != nil:
		c.fail(guide.PrerequisiteOktaRole, "read the admin's role", err)
	case len(admin.Roles) == 0:
		c.set(guide.PrerequisiteOktaRole, guide.Open, admin.User.Login+"; Okta doesn't report the role")
	default:
		c.set(guide.PrerequisiteOktaRole, guide.Met, oktasteps.RoleNames(admin.Roles)+", "+admin.User.Login)
	}
	return c
}

func checkGenesys(ctx context.Context, in services.Access) checklist {
	a, c := in.Answers, checklist{}
	for _, id := range []guide.PrerequisiteID{guide.PrerequisiteGenesysOrg, guide.PrerequisiteOAuthClient, guide.PrerequisitePermissions} {
		c.set(id, guide.Open, askedInGenesys)
	}
	methods := []string{guide.GenesysByClient, guide.GenesysByToken, guide.GenesysByProfile}
	switch {
	case !a.Get(guide.GenesysRegion).Given, !answered(a, guide.SectionGenesys, guide.GenesysClientID, guide.GenesysClientSecret, guide.GenesysAccessToken, guide.GenesysProfile):
		return c
	case !slices.Contains(methods, a.Value(guide.GenesysSignIn)):
		for id := range c {
			c.set(id, guide.Open, laterByUser)
		}
		return c
	}
	session, err := genesyssteps.SignIn(ctx, in)
	if err != nil {
		c.fail(guide.PrerequisiteOAuthClient, "sign in", err)
		return c
	}
	c.set(guide.PrerequisiteOAuthClient, guide.Met, "signed in")
	org, err := session.API.Organization(ctx)
	if err != nil {
		c.fail(guide.PrerequisiteGenesysOrg, "read the organization", err)
		return c
	}
	c.set(guide.PrerequisiteGenesysOrg, guide.Met, org.Name+"; license not checked")
	have, err := session.API.Permissions(ctx)
	switch lacking := genesyssteps.LackingPermissions(have); {
	case ctx.Err() != nil:
	case err != nil || len(have) == 0:
		c.set(guide.PrerequisitePermissions, guide.Open, "not reported; a missing one shows when it is needed")
	case len(lacking) > 0:
		c.fail(guide.PrerequisitePermissions, "read the permissions", explain.MissingPermissions(session.Actor, lacking))
	case len(genesyssteps.LackingToUndo(have)) > 0:
		c.set(guide.PrerequisitePermissions, guide.Met, "all for setup; undo lacks "+strings.Join(genesyssteps.LackingToUndo(have), ", "))
	default:
		c.set(guide.PrerequisitePermissions, guide.Met, "all granted")
	}
	return c
}
