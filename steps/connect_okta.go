package steps

import (
	"context"

	"golang.org/x/sync/errgroup"

	"msgsso-wizard/apiclient/okta"
)

// connectOkta finds out whether the address is an Okta org.
type connectOkta struct{}

func (connectOkta) ID() string         { return "okta" }
func (connectOkta) Section() SectionID { return SectionOkta }

// Plan asks the address whether it is an Okta org before the token is sent there.
func (connectOkta) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	f.okta, f.oktaURL = nil, env.Answers.Value(OktaOrg)
	api, err := env.Dial.Okta(f.oktaURL, env.Answers.Secret(OktaToken))
	if err != nil {
		return nil, err
	}
	organization, err := api.Organization(ctx)
	if err != nil {
		return nil, notAnOrg(f.oktaURL, err)
	}
	if organization.Alternate != "" {
		f.notice(Notice{SectionOkta, false, "Visitors may know this org as " + hostOf(organization.Alternate) + ", its custom domain."})
	}
	f.okta = api
	return nil, nil
}

// Apply does nothing: connecting changes nothing.
func (connectOkta) Apply(context.Context, *Env) error { return nil }

// identify finds out whose org it is and whether the token is accepted. It is a step of its own so that it
// delays no other.
type identify struct{}

func (identify) ID() string         { return "identify" }
func (identify) Section() SectionID { return SectionOkta }

func (identify) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	var (
		me  okta.User
		org okta.Org
	)
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		me, err = f.okta.Me(gctx)
		return err
	})
	g.Go(func() error {
		// A small admin role may not read the org's name; the host names it as well.
		org, _ = f.okta.Org(gctx)
		return nil
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	f.notice(Notice{SectionOkta, true, signedInAs(me, org)})
	return nil, nil
}

// Apply does nothing: looking changes nothing.
func (identify) Apply(context.Context, *Env) error { return nil }

func signedInAs(me okta.User, org okta.Org) string {
	text := "Signed in as " + me.Login
	if org.CompanyName != "" {
		text += " at " + org.CompanyName
	}
	return text + "."
}
