package genesys

import (
	"context"
	"slices"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	oktaorg "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
)

// OldCredential is a stored credential whose client secret was replaced and deleted. What was in it is lost.
type OldCredential struct {
	genesys.Credential
	status string // oktaorg.SecretDeleted: it is to go
}

// OldCredentialObject is one of an organization.
func OldCredentialObject(api services.Genesys) engine.Object[OldCredential] {
	return engine.Object[OldCredential]{
		Kind: guide.KindOldCredential,
		Ref:  func(c OldCredential) engine.Ref { return engine.Ref{ID: c.ID} },
		Read: func(ctx context.Context, at engine.Ref) (_ OldCredential, err error) {
			c := OldCredential{status: oktaorg.SecretInactive}
			c.Credential, err = api.Credential(ctx, at.ID)
			return c, err
		},
		Write: func(ctx context.Context, at engine.Ref, want OldCredential) (OldCredential, error) {
			return want, api.DeleteCredential(ctx, at.ID)
		},
		Gone:   func(want OldCredential) bool { return want.status == oktaorg.SecretDeleted },
		Fields: []engine.Field[OldCredential]{engine.TextField("status", "", func(c *OldCredential) *string { return &c.status })},
	}
}

type oldCredential struct {
	engine.Object[OldCredential]
	found OldCredential
	name  string
	after func(context.Context) error
}

// NewOldCredentials wants the credentials deleted that the wizard stored for the app and that no integration uses, once
// their client secret is deleted. after waits for that. Without the permission, they stay. did is what this run did: a
// deletion without an answer is carried out again, so that the journal has its end.
func NewOldCredentials(run *engine.Run, org Organization, r *oktaorg.Rotation, wanted string, did func(guide.ObjectKind) []engine.Entry, after func(context.Context) error) engine.Listing[OldCredential] {
	return func(ctx context.Context, notes *engine.Notes) ([]engine.Resource[OldCredential], error) {
		secrets, api, err := engine.Both(ctx, r.Secrets.Get, org.api)
		if err != nil || !secrets.Deletes(wanted) {
			return nil, err
		}
		name := "client " + secrets.App.ClientID
		stored := run.Created(guide.KindCredential, engine.Key{Name: name})
		old := func(c genesys.Credential) engine.Resource[OldCredential] {
			return oldCredential{OldCredentialObject(api), OldCredential{c, oktaorg.SecretInactive}, name, after}
		}
		all, err := api.Credentials(ctx)
		if err != nil {
			return nil, explain.InWords("read the credentials", err)
		}
		integrations, err := org.Integrations.Get(ctx)
		if err != nil {
			return nil, err
		}
		var out []engine.Resource[OldCredential]
		for _, c := range all {
			known := slices.ContainsFunc(stored, func(p engine.Past) bool { return p.ID == c.ID })
			if known && !slices.ContainsFunc(integrations, func(i genesys.Integration) bool { return hasCredential(i, c.ID) }) {
				out = append(out, old(c))
			}
		}
		for _, e := range did(guide.KindOldCredential) {
			if e.Lost && !slices.ContainsFunc(all, func(c genesys.Credential) bool { return c.ID == e.Ref.ID }) {
				out = append(out, old(genesys.Credential{ID: e.Ref.ID}))
			}
		}
		if len(out) == 0 {
			return nil, nil
		}
		have, err := api.Permissions(ctx)
		if err != nil || len(have) == 0 || len(LackingToUndo(have, guide.KindCredential)) > 0 {
			notes.Attend("The old credential stays in Genesys Cloud, unused: deleting it needs integrations:integration:delete.")
			return nil, nil //nolint:nilerr // it does no harm there
		}
		return out, nil
	}
}

func (c oldCredential) Find(context.Context, *engine.Notes) (*OldCredential, error) {
	return &c.found, nil
}

func (c oldCredential) Describe(context.Context, OldCredential, *engine.Notes) (engine.Row, error) {
	return engine.Row{Name: c.name}, nil
}

func (oldCredential) Want(_ context.Context, _ engine.Stage, now OldCredential, _ *engine.Notes) (OldCredential, string, error) {
	now.status = oktaorg.SecretDeleted
	return now, "its client secret is deleted", nil
}

func (c oldCredential) After(ctx context.Context) error { return c.after(ctx) }
