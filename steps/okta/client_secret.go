package okta

import (
	"context"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
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
		return guide.Secret{}, explain.New(explain.ClassConflict, "",
			"The app integration "+strings.TrimSpace(app.Label)+" has no active client secret.",
			"Generate one in Okta (the app > General > Client Secrets), then try again.").Again()
	}
	newest := slices.MaxFunc(secrets, func(a, b okta.AppSecret) int { return a.Created.Compare(b.Created) })
	return newest.Secret, nil
}
