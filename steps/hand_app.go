package steps

import (
	"context"
	"errors"
	"fmt"

	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// handApp takes the app integration that the user made in Okta's console.
type handApp struct{}

func (handApp) ID() string               { return "hand-app" }
func (handApp) Section() guide.SectionID { return guide.SectionOkta }

func (handApp) Plan(_ context.Context, env *Env) ([]Change, error) {
	f, a := &env.facts, env.Answers
	f.app = &okta.App{Label: a.Value(guide.AppName), ClientID: a.Value(guide.ManualClientID), Status: "ACTIVE"}
	f.appSecret = a.Secret(guide.ManualClientSecret)
	f.notice(Notice{guide.SectionOkta, false, "Without a token the wizard cannot see who is assigned to the app, nor its trusted origins and access policy."})
	return []Change{{Verb: Reuse, Kind: guide.KindApp, Name: f.app.Label, ID: f.app.ClientID, Why: "made by hand"}}, nil
}

// Apply does nothing: the app is there.
func (handApp) Apply(context.Context, *Env) error { return nil }

// likelyServer is "default" if it has a discovery document: without a token its list cannot be read.
func (f *facts) likelyServer() []okta.AuthorizationServer {
	if f.likely.Issuer == "" {
		return nil
	}
	return []okta.AuthorizationServer{{Name: "default", Issuer: f.likely.Issuer, Status: "ACTIVE"}}
}

// handCheck checks of the app that was made by hand what can be checked without a token: that Okta accepts its
// client id and secret, and knows each redirect URI.
type handCheck struct{}

func (handCheck) ID() string               { return "hand-check" }
func (handCheck) Section() guide.SectionID { return guide.SectionIntegration }

func (handCheck) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	api, uris := env.Dial.Discovery(f.oktaURL), env.Answers.Get(guide.RedirectURIs).Values
	err := api.CheckClient(ctx, f.document, f.app.ClientID, f.appSecret, uris[0])
	if errors.Is(err, oidc.ErrClient) {
		return nil, &explain.Error{
			Class: explain.ClassSignIn, Question: guide.ManualClientSecret, Err: err,
			Problem: fmt.Sprintf("Okta does not accept the client id %s with this client secret.", f.app.ClientID),
			Fix:     "Copy both again from the app's General tab (Applications > Applications > the app).",
		}
	}
	if err != nil {
		return nil, err
	}
	for _, uri := range uris {
		err := api.CheckRedirect(ctx, f.document, f.app.ClientID, uri)
		if errors.Is(err, oidc.ErrRedirect) {
			return nil, &explain.Error{
				Class: explain.ClassConflict, Question: guide.RedirectURIs, Err: err,
				Problem: fmt.Sprintf("The app %s does not have the sign-in redirect URI %s, letter by letter.", f.app.ClientID, uri),
				Fix:     "Add it at the app (General > Login > Sign-in redirect URIs), or correct it here.",
			}
		}
		if err != nil {
			return nil, err
		}
	}
	f.notice(Notice{guide.SectionIntegration, true, "Okta accepts the app's client id and secret, and knows its redirect URIs."})
	return nil, nil
}

// Apply does nothing: a check changes nothing.
func (handCheck) Apply(context.Context, *Env) error { return nil }
