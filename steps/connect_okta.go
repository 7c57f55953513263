package steps

import (
	"context"
	"strings"
)

// connectOkta finds out whether the address is an Okta org.
type connectOkta struct{}

func (connectOkta) ID() string         { return "okta" }
func (connectOkta) Section() SectionID { return SectionOkta }

// Plan asks the address whether it is an Okta org before the token is sent there.
func (connectOkta) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	f.okta, f.oktaURL = nil, env.Answers.Value(OktaOrg)
	login, err := env.oktaLogin()
	if err != nil {
		return nil, err
	}
	api, err := env.Dial.Okta(f.oktaURL, login)
	if err != nil {
		return nil, err
	}
	organization, err := api.Organization(ctx)
	if err != nil {
		return nil, notAnOrg(f.oktaURL, err)
	}
	f.alternate = strings.TrimSuffix(organization.Alternate, "/")
	if f.alternate != "" {
		f.notice(Notice{SectionOkta, false, "Visitors know this org as " + hostOf(f.alternate) + ", its custom domain."})
	}
	if !byHand(env.Answers) {
		if err := api.SignIn(ctx); err != nil {
			return nil, err
		}
	}
	f.okta = api
	f.found.learn("okta_pipeline", "%s", organization.Pipeline)
	return nil, nil
}

// Apply does nothing: connecting changes nothing.
func (connectOkta) Apply(context.Context, *Env) error { return nil }
