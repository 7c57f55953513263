package steps

import (
	"context"
	"strings"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// connectOkta finds out whether the address is an Okta org.
type connectOkta struct{}

func (connectOkta) ID() string               { return "okta" }
func (connectOkta) Section() guide.SectionID { return guide.SectionOkta }

// Plan asks the address whether it is an Okta org before the token is sent there.
func (connectOkta) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	f.okta, f.oktaURL = nil, env.Answers.Value(guide.OktaOrg)
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
		return nil, explain.NotAnOrg(f.oktaURL, err)
	}
	if api, err = f.ownAddress(env, login, organization, api); err != nil {
		return nil, err
	}
	f.alternate = strings.TrimSuffix(organization.Alternate, "/")
	if f.alternate != "" {
		f.notice(Notice{guide.SectionOkta, false, "Visitors know this org as " + guide.Host(f.alternate) + ", its custom domain."})
	}
	if !guide.OktaIsManual(env.Answers) {
		if err := api.SignIn(ctx); err != nil {
			return nil, err
		}
	}
	f.okta, f.serviceApp = api, ""
	if login.Method == guide.OktaByKey {
		f.serviceApp = login.ClientID
	}
	f.found.learn("okta_pipeline", "%s", organization.Pipeline)
	return nil, nil
}

// ownAddress moves to the org's own address where its custom domain was entered: that is what the API is meant to
// be called at (contract okta.md 7).
func (f *facts) ownAddress(env *Env, login guide.OktaLogin, organization okta.Organization, api OktaAPI) (OktaAPI, error) {
	own, err := okta.ParseOrg(organization.URL)
	if err != nil || guide.Host(own.URL) == guide.Host(f.oktaURL) {
		return api, nil
	}
	f.notice(Notice{guide.SectionOkta, true, guide.Host(f.oktaURL) + " is the custom domain of " + guide.Host(own.URL) + ", which the wizard speaks to."})
	f.oktaURL = own.URL
	return env.Dial.Okta(own.URL, login)
}

// Apply does nothing: connecting changes nothing.
func (connectOkta) Apply(context.Context, *Env) error { return nil }
