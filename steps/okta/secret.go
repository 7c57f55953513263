package okta

import (
	"context"
	"slices"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// SecretLife is how old a client secret gets before the wizard advises to rotate it. Okta's don't expire: its definition of
// a secret has no such member (contract okta.md 1.3).
const SecretLife = 365 * 24 * time.Hour

// The statuses of a client secret. Okta doesn't show one that was deleted.
const (
	SecretActive   = "ACTIVE"
	SecretInactive = "INACTIVE"
	SecretDeleted  = "DELETED"
)

// Secret is a client secret of an app.
type Secret struct {
	okta.AppSecret
	App      string // the app's ID
	Replaces string // the ID of the secret that it takes the place of; empty: of none
}

func (s Secret) ref() engine.Ref {
	in := []string{s.App}
	if s.Replaces != "" {
		in = append(in, s.Replaces)
	}
	return engine.Ref{ID: s.ID, In: in}
}

func secretAt(at engine.Ref) Secret {
	s := Secret{AppSecret: okta.AppSecret{ID: at.ID}}
	if len(at.In) > 0 {
		s.App = at.In[0]
	}
	if len(at.In) > 1 {
		s.Replaces = at.In[1]
	}
	return s
}

func (s Secret) name() string {
	if s.Created.IsZero() {
		return s.ID
	}
	return "created " + explain.Moment(s.Created)
}

// SecretObject is a client secret that takes the place of another one.
func SecretObject(api services.Okta) engine.Object[Secret] {
	return engine.Object[Secret]{
		Kind: guide.KindSecret, Ref: Secret.ref, Read: readingSecret(api),
		// Okta demands that it is deactivated first (contract okta.md 1.3).
		Delete: func(ctx context.Context, at engine.Ref) error {
			s := secretAt(at)
			now, err := api.AppSecret(ctx, s.App, s.ID)
			if err == nil && now.Status == SecretActive {
				_, err = api.DeactivateAppSecret(ctx, s.App, s.ID)
			}
			if err != nil {
				return err
			}
			return api.DeleteAppSecret(ctx, s.App, s.ID)
		},
		Deleted: "Genesys Cloud uses the previous one again",
		Within:  withinApp,
		Trace: func(ctx context.Context, e engine.Entry) (out []Secret, err error) {
			want := secretAt(e.Ref)
			all, err := api.AppSecrets(ctx, want.App)
			for _, s := range all {
				if want.Replaces != "" && s.ID != want.Replaces && s.Created.After(e.At.Add(-TolerableSkew)) {
					out = append(out, Secret{s, want.App, want.Replaces})
				}
			}
			return out, err
		},
		Users: func(ctx context.Context, _ Secret, e engine.Entry, u *engine.Undo) (string, error) {
			if u.Did(func(c engine.Entry) bool {
				return c.Kind == guide.KindCredential && c.Verb == engine.Create && u.Staying(c.Kind, c.Ref.ID)
			}) {
				return "its credential stays in Genesys Cloud, and visitors use it", nil
			}
			return oldRefused(ctx, api, e, u)
		},
	}
}

// OldSecretObject is a client secret that another one takes the place of.
func OldSecretObject(api services.Okta) engine.Object[Secret] {
	return engine.Object[Secret]{
		Kind: guide.KindOldSecret, Ref: Secret.ref, Read: readingSecret(api),
		Write: func(ctx context.Context, at engine.Ref, want Secret) (_ Secret, err error) {
			s := secretAt(at)
			switch want.Status {
			case SecretActive:
				s.AppSecret, err = api.ActivateAppSecret(ctx, s.App, s.ID)
			case SecretInactive:
				s.AppSecret, err = api.DeactivateAppSecret(ctx, s.App, s.ID)
			default:
				s, err = want, api.DeleteAppSecret(ctx, s.App, s.ID)
			}
			return s, err
		},
		Gone:     func(want Secret) bool { return want.Status == SecretDeleted },
		Fields:   []engine.Field[Secret]{engine.TextField("status", "", func(s *Secret) *string { return &s.Status })},
		Restored: "Okta accepts it again",
		Within:   withinApp,
	}
}

func readingSecret(api services.Okta) func(context.Context, engine.Ref) (Secret, error) {
	return func(ctx context.Context, at engine.Ref) (_ Secret, err error) {
		s := secretAt(at)
		s.AppSecret, err = api.AppSecret(ctx, s.App, s.ID)
		return s, err
	}
}

// withinApp names the app that an object goes away with; empty: an old journal doesn't say.
func withinApp(at engine.Ref) (guide.ObjectKind, string) { return guide.KindApp, secretAt(at).App }

// KeepNewSecret says why an undo leaves Genesys Cloud with the new client secret of a rotation; empty: it doesn't. It
// leaves it there where Okta doesn't accept the old one any more.
func KeepNewSecret(ctx context.Context, api services.Okta, u *engine.Undo) (why string, err error) {
	u.Did(func(e engine.Entry) bool {
		if e.Kind == guide.KindSecret && e.Verb == engine.Create && why == "" && err == nil {
			why, err = oldRefused(ctx, api, e, u)
		}
		return false
	})
	return why, err
}

// oldRefused says why Okta will not accept the secret that another one replaced; empty: it will.
func oldRefused(ctx context.Context, api services.Okta, e engine.Entry, u *engine.Undo) (string, error) {
	made := secretAt(e.Ref)
	if _, active := u.Restored(guide.KindOldSecret, made.Replaces); active || made.Replaces == "" {
		return "", nil
	}
	old, err := api.AppSecret(ctx, made.App, made.Replaces)
	switch {
	case apiclient.NotFound(err):
		return "the old client secret was deleted", nil
	case err == nil && old.Status != SecretActive:
		return "the old client secret is inactive", nil
	}
	return "", err
}

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
