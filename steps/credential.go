package steps

import (
	"context"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
)

// credential stores the app's client id and secret at Genesys Cloud.
type credential struct{}

func (credential) ID() string         { return "credential" }
func (credential) Section() SectionID { return SectionIntegration }

func (credential) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	f.credential = ""
	name := "client credentials"
	if f.app != nil {
		name = "client " + f.app.ClientID
	}
	c := Change{Verb: Create, Kind: KindCredential, Name: name, Why: "from Okta set-up"}
	if f.integration == nil {
		return []Change{c}, nil
	}
	config := f.knownConfig()
	f.credential = config.Credentials[f.kind.CredentialKey]
	if f.credential != "" && f.app != nil && config.Notes == integrationNotes(f.app.ClientID, f.oktaURL) {
		c.Verb, c.ID, c.Why = Reuse, f.credential, "stored by an earlier run"
		return []Change{c}, nil
	}
	if f.credential == "" {
		// An earlier run may have ended between storing the credential and using it.
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
		Fields: map[string]Secret{f.kind.ClientIDField: NewSecret(f.app.ClientID), f.kind.SecretField: secret},
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
func (f *facts) clientSecret(ctx context.Context) (Secret, error) {
	if !f.appSecret.Empty() {
		return f.appSecret, nil
	}
	secrets, err := f.okta.AppSecrets(ctx, f.app.ID)
	if err != nil {
		return Secret{}, err
	}
	secrets = slices.DeleteFunc(secrets, func(s okta.AppSecret) bool { return s.Status != "ACTIVE" || s.Secret.Empty() })
	if len(secrets) == 0 {
		return Secret{}, &Error{
			Class:   ClassConflict,
			Problem: "The app integration " + strings.TrimSpace(f.app.Label) + " has no active client secret.",
			Fix:     "Generate one in Okta (the app > General > Client Secrets), then try again.", Retry: true,
		}
	}
	newest := slices.MaxFunc(secrets, func(a, b okta.AppSecret) int { return a.Created.Compare(b.Created) })
	return newest.Secret, nil
}
