package okta

import (
	"context"
	"errors"
	"fmt"

	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

type manualApp struct {
	engine.Object[okta.App]
	answers *guide.Answers
}

// NewManualApp takes the app integration that the answers name.
func NewManualApp(answers *guide.Answers) engine.Open[engine.Resource[okta.App]] {
	return func(context.Context) (engine.Resource[okta.App], error) {
		return manualApp{engine.Object[okta.App]{
			Kind: guide.KindApp,
			Ref:  func(a okta.App) engine.Ref { return engine.Ref{ID: a.ClientID} }, // its own is not known without a token
		}, answers}, nil
	}
}

func (m manualApp) Find(_ context.Context, notes *engine.Notes) (*okta.App, error) {
	notes.Attend("Without an API token, the wizard can't check assignments, trusted origins, or the access policy.")
	return &okta.App{
		Label: m.answers.Value(guide.AppName), ClientID: m.answers.Value(guide.ManualClientID), Status: "ACTIVE",
		ClientSecret: m.answers.Secret(guide.ManualClientSecret),
	}, nil
}

func (manualApp) Describe(_ context.Context, found okta.App, _ *engine.Notes) (engine.Row, error) {
	return engine.Row{Name: found.Label, Why: "set up manually"}, nil
}

// CheckManualApp checks what can be checked without a token: that Okta accepts the client ID and secret, and knows each
// redirect URI.
func CheckManualApp(ctx context.Context, in services.Access, org Org, app okta.App, doc oidc.Document, notes *engine.Notes) error {
	api, uris := in.Dial.Discovery(org.URL), in.Answers.Get(guide.RedirectURIs).Values
	err := api.CheckClient(ctx, doc, app.ClientID, app.ClientSecret, uris[0])
	if errors.Is(err, oidc.ErrClient) {
		return explain.New(explain.ClassSignIn, guide.ManualClientSecret,
			fmt.Sprintf("Okta doesn't accept the client ID %s with this client secret.", app.ClientID),
			"Copy both again from the app's General tab (Applications > Applications > the app).").Of(err)
	}
	if err != nil {
		return err
	}
	for _, uri := range uris {
		err := api.CheckRedirect(ctx, doc, app.ClientID, uri)
		if errors.Is(err, oidc.ErrRedirect) {
			return explain.New(explain.ClassConflict, guide.RedirectURIs,
				fmt.Sprintf("The app %s doesn't have exactly the sign-in redirect URI %s.", app.ClientID, uri),
				"Add it to the app (General > Login > Sign-in redirect URIs), or correct it here.").Of(err)
		}
		if err != nil {
			return err
		}
	}
	notes.OK("Okta accepts the app's client ID and secret, and its redirect URIs are registered.")
	return nil
}
