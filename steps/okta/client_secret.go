package okta

import (
	"context"
	"slices"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// ClientSecret is the secret that came with the app's creation, or else the app's newest active one. The error says so
// where there is none.
func ClientSecret(ctx context.Context, api services.Okta, app okta.App) (guide.Secret, error) {
	if !app.ClientSecret.Empty() {
		return app.ClientSecret, nil
	}
	secrets, err := api.AppSecrets(ctx, app.ID)
	if err != nil {
		return guide.Secret{}, err
	}
	secrets = slices.DeleteFunc(secrets, func(s okta.AppSecret) bool { return s.Status != "ACTIVE" || s.Secret.Empty() })
	if len(secrets) == 0 {
		return guide.Secret{}, NoActiveSecret(app)
	}
	newest := slices.MaxFunc(secrets, func(a, b okta.AppSecret) int { return a.Created.Compare(b.Created) })
	return newest.Secret, nil
}

// OldestSecret is the app's oldest active secret. A credential that was stored before it has none of the app's secrets.
func OldestSecret(all []okta.AppSecret) (okta.AppSecret, bool) {
	active := slices.DeleteFunc(slices.Clone(all), func(s okta.AppSecret) bool { return s.Status != "ACTIVE" })
	if len(active) == 0 {
		return okta.AppSecret{}, false
	}
	return slices.MinFunc(active, func(a, b okta.AppSecret) int { return a.Created.Compare(b.Created) }), true
}
