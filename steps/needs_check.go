package steps

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// Checkable reports whether CheckNeeds would ask an org anything.
func Checkable(a *Answers) bool { return a.Get(OktaOrg).Given || a.Get(GenesysRegion).Given }

// CheckNeeds looks how the needs stand, as far as there are answers and nobody has to do anything. It sends reads only,
// and what it learns is not the guide's.
func CheckNeeds(ctx context.Context, env *Env) []Checked {
	look := &Env{Answers: env.Answers, Dial: env.Dial, Files: env.Files, Poll: env.Poll}
	c := checklist{}
	var okta, genesys checklist
	var both Crew
	both.Go(func() { okta = checkOkta(ctx, look) })
	both.Go(func() { genesys = checkGenesys(ctx, look) })
	both.Wait()
	maps.Copy(c, okta)
	maps.Copy(c, genesys)
	pages := env.Answers.Get(RedirectURIs)
	c.set(NeedPage, NeedMet, strings.Join(pages.Values, " ")+" ("+pages.From.String()+")")
	out := make([]Checked, 0, len(needed))
	for _, n := range needed {
		found := c[n.ID]
		found.Need = n
		out = append(out, found)
	}
	return out
}

// checklist is how needs stand, by their ids.
type checklist map[NeedID]Checked

func (c checklist) set(id NeedID, s NeedState, said string) { c[id] = Checked{State: s, Said: said} }

// fail keeps why a need is not met.
func (c checklist) fail(id NeedID, what string, err error) {
	e := InWords(what, err)
	c[id] = Checked{State: NeedFailed, Said: e.Problem, Fix: e.Fix}
}

// Where it is asked for what is not answered yet.
const (
	askedInOkta    = "asked for in Okta set-up"
	askedInGenesys = "asked for in Configure Genesys Cloud"
	laterByPerson  = "shows when you sign in"
)

func checkOkta(ctx context.Context, look *Env) checklist {
	a, f, c := look.Answers, &look.facts, checklist{}
	c.set(NeedOktaOrg, NeedOpen, askedInOkta)
	c.set(NeedOktaRole, NeedOpen, askedInOkta)
	if !a.Get(OktaOrg).Given {
		return c
	}
	api, err := look.Dial.Okta(a.Value(OktaOrg), OktaLogin{Way: OktaByHand})
	if err == nil {
		_, err = api.Organization(ctx)
	}
	if err != nil {
		c.fail(NeedOktaOrg, "reach the org", notAnOrg(a.Value(OktaOrg), err))
		return c
	}
	c.set(NeedOktaOrg, NeedMet, hostOf(a.Value(OktaOrg))+" answers")
	switch way := a.Value(OktaSignIn); {
	case way == OktaByHand:
		c.set(NeedOktaRole, NeedOpen, "not seen: you set Okta up by hand")
		return c
	case !answered(a, SectionOkta, OktaToken, OktaClientID, OktaKey):
		return c
	case !slices.Contains([]string{OktaByToken, OktaByKey, OktaByFile}, way):
		c.set(NeedOktaRole, NeedOpen, laterByPerson)
		return c
	}
	if _, err = (connectOkta{}).Plan(ctx, look); err != nil {
		c.fail(NeedOktaRole, "sign in", err)
		return c
	}
	me, roles, err := f.admin(ctx)
	if err == nil {
		err = roleProblem(roles)
	}
	switch {
	case err != nil:
		c.fail(NeedOktaRole, "read the admin's role", err)
	case len(roles) == 0:
		c.set(NeedOktaRole, NeedOpen, me.Login+"; Okta does not tell the role")
	default:
		c.set(NeedOktaRole, NeedMet, roleNames(roles)+", "+me.Login)
	}
	return c
}

func checkGenesys(ctx context.Context, look *Env) checklist {
	a, f, c := look.Answers, &look.facts, checklist{}
	for _, id := range []NeedID{NeedGenesysOrg, NeedOAuthClient, NeedPermissions} {
		c.set(id, NeedOpen, askedInGenesys)
	}
	ways := []string{GenesysByClient, GenesysByToken, GenesysByProfile}
	switch {
	case !a.Get(GenesysRegion).Given, !answered(a, SectionGenesys, GenesysClientID, GenesysClientSecret, GenesysAccessToken, GenesysProfile):
		return c
	case !slices.Contains(ways, a.Value(GenesysSignIn)):
		for id := range c {
			c.set(id, NeedOpen, laterByPerson)
		}
		return c
	}
	if _, err := (connectGenesys{}).Plan(ctx, look); err != nil {
		c.fail(NeedOAuthClient, "sign in", err)
		return c
	}
	c.set(NeedOAuthClient, NeedMet, "signed in")
	org, err := f.genesys.Organization(ctx)
	if err != nil {
		c.fail(NeedGenesysOrg, "read the organization", err)
		return c
	}
	c.set(NeedGenesysOrg, NeedMet, org.Name+"; its licence is not told")
	have, err := f.genesys.Permissions(ctx)
	switch lacking := lackingPermissions(have); {
	case ctx.Err() != nil:
	case err != nil || len(have) == 0:
		c.set(NeedPermissions, NeedOpen, "not told; a missing one shows when it is needed")
	case len(lacking) > 0:
		c.fail(NeedPermissions, "read the permissions", missingPermissions(f.genesysActor, lacking))
	default:
		c.set(NeedPermissions, NeedMet, "all there")
	}
	return c
}
