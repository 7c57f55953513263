package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// credential stores the app's client id and secret at Genesys Cloud.
type credential struct{}

func (credential) ID() string               { return "credential" }
func (credential) Section() guide.SectionID { return guide.SectionIntegration }

func (credential) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	f.credential = ""
	name := "client credentials"
	if f.app != nil {
		name = "client " + f.app.ClientID
	}
	c := Change{Verb: Create, Kind: guide.KindCredential, Name: name, Why: "from Okta set-up"}
	if f.integration == nil {
		return []Change{c}, nil
	}
	config := f.knownConfig()
	f.credential = config.Credentials[f.kind.CredentialKey]
	noted := f.app != nil && strings.Contains(config.Notes, integrationNotes(f.app.ClientID, f.oktaURL))
	f.unnoted = env.keeps() && !noted
	if f.credential != "" && (noted && !env.renews() || env.keeps()) {
		c.Verb, c.ID, c.Why = Reuse, f.credential, "stays as it is stored"
		if noted {
			c.Why = "stored by an earlier run"
		}
		return []Change{c}, nil
	}
	if err := f.sameClient(ctx, env.Answers, config.Notes); err != nil {
		return nil, err
	}
	if f.credential == "" || !ours(config.Notes) {
		// An earlier run may have ended between storing the credential and using it. One that somebody else
		// stored may serve other integrations, so it is left alone.
		f.credential = ""
		stored, err := f.genesys.Credentials(ctx)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(stored, func(s genesys.Credential) bool { return s.Name == credentialName(f.integration.ID) }); i >= 0 {
			f.credential = stored[i].ID
		}
	}
	if f.credential != "" {
		c.Verb, c.ID, c.Why = Update, f.credential, "replaces what is stored there"
	}
	return []Change{c}, nil
}

// sameClient stops before an integration of ours is given another app's credentials, unless it was named for
// that: pages that use the former app could sign nobody in any more.
func (f *facts) sameClient(ctx context.Context, a *guide.Answers, notes string) error {
	was, org := NotedClient(notes)
	if was == "" || f.app != nil && was == f.app.ClientID {
		return nil
	}
	if a.Get(guide.IntegrationName).From > guide.FromOrg {
		f.notice(Notice{guide.SectionIntegration, false, fmt.Sprintf("The integration has the credentials of client %s. They are replaced: pages that use that client can sign nobody in any more.", was)})
		return nil
	}
	if _, err := f.okta.AppOfClient(ctx, was); okta.NotFound(err) && org == guide.Host(f.oktaURL) {
		return &explain.Error{
			Class: explain.ClassConflict, Question: guide.IntegrationName,
			Problem: fmt.Sprintf("The integration %q has the credentials of the Okta client %s, which is not there any more.", f.integration.Name, was),
			Fix:     "To give it this run's app, name this integration yourself (--integration-name); pages that use the old client id need the new one. Or give this page everything of its own (--integration-name, --messenger-config, --deployment).",
		}
	}
	return &explain.Error{
		Class: explain.ClassConflict, Question: guide.IntegrationName,
		Problem: fmt.Sprintf("The integration %q signs visitors in through the Okta client %s, and this run has another app. Changing it would lock out the pages that use that client.", f.integration.Name, was),
		Fix:     "Use that client's app (--app-name), or give this page everything of its own (--integration-name, --messenger-config, --deployment); to replace the client all the same, name this integration yourself.",
	}
}

func (s credential) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	for _, c := range f.planOf(s) {
		if !c.Writes() {
			continue
		}
		c.Name = "client " + f.app.ClientID
		if err := env.do(ctx, c, f.storeCredential); err != nil {
			return err
		}
	}
	return nil
}

func (f *facts) storeCredential(ctx context.Context) (string, error) {
	secret, err := f.clientSecret(ctx)
	if err != nil {
		return "", err
	}
	content := genesys.NewCredential{
		Name: credentialName(f.integration.ID), Type: f.kind.CredentialType,
		Fields: map[string]guide.Secret{f.kind.ClientIDField: apiclient.Unguarded(f.app.ClientID), f.kind.SecretField: secret},
	}
	if f.credential != "" {
		_, err := f.genesys.UpdateCredential(ctx, f.credential, content)
		return f.credential, err
	}
	made, err := f.genesys.CreateCredential(ctx, content)
	f.credential = made.ID
	return made.ID, err
}

// clientSecret is the secret that came with the app's creation, or else the app's newest active one.
func (f *facts) clientSecret(ctx context.Context) (guide.Secret, error) {
	if !f.appSecret.Empty() {
		return f.appSecret, nil
	}
	return ClientSecret(ctx, f.okta, *f.app)
}

// ClientSecret is the newest active client secret of an app integration. The error says so where there is none.
func ClientSecret(ctx context.Context, api OktaAPI, app okta.App) (guide.Secret, error) {
	secrets, err := api.AppSecrets(ctx, app.ID)
	if err != nil {
		return guide.Secret{}, err
	}
	secrets = slices.DeleteFunc(secrets, func(s okta.AppSecret) bool { return s.Status != "ACTIVE" || s.Secret.Empty() })
	if len(secrets) == 0 {
		return guide.Secret{}, &explain.Error{
			Class:   explain.ClassConflict,
			Problem: "The app integration " + strings.TrimSpace(app.Label) + " has no active client secret.",
			Fix:     "Generate one in Okta (the app > General > Client Secrets), then try again.", Retry: true,
		}
	}
	newest := slices.MaxFunc(secrets, func(a, b okta.AppSecret) int { return a.Created.Compare(b.Created) })
	return newest.Secret, nil
}
