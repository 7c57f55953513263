package genesys

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	oktaorg "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
)

// CredentialObject is a stored credential of an organization. What is in it can never be read (contract genesys.md 1.3).
func CredentialObject(api services.Genesys) engine.Object[genesys.Credential] {
	return engine.Object[genesys.Credential]{
		Kind:     guide.KindCredential,
		Ref:      func(c genesys.Credential) engine.Ref { return engine.Ref{ID: c.ID} },
		Read:     engine.Reading(api, services.Genesys.Credential),
		Delete:   engine.Deleting(api, services.Genesys.DeleteCredential),
		Deleted:  "the client secret is no longer stored in Genesys Cloud",
		Restored: "the previous credential is unknown; enter it in Genesys Cloud if needed",
		Trace: func(ctx context.Context, e engine.Entry) ([]genesys.Credential, error) {
			if len(e.Ref.In) == 0 {
				return nil, nil
			}
			return unused(ctx, api, api.Integrations, e.Ref.In[0])
		},
		Users: func(ctx context.Context, now genesys.Credential, _ engine.Entry, u *engine.Undo) (string, error) {
			all, err := api.Integrations(ctx)
			for _, i := range all {
				if restored, ok := u.Restored(guide.KindSettings, i.ID); ok {
					config := restored.(Settings).Config
					i.Config = &config
				}
				if !u.Going(guide.KindIntegration, i.ID) && hasCredential(i, now.ID) {
					return fmt.Sprintf("the integration %q uses it", i.Name), nil
				}
			}
			return u.OtherRun("needs it", func(e engine.Entry) bool { // its undo refers to it again
				return e.Kind == guide.KindSettings && !u.Going(guide.KindIntegration, e.Ref.ID) && slices.ContainsFunc(e.Fields, func(f engine.FieldChange) bool {
					return f.Field == fieldCredential && f.Before.Text() == now.ID
				})
			}), err
		},
	}
}

// hasCredential reports whether an integration uses a credential.
func hasCredential(i genesys.Integration, credentialID string) bool {
	return i.Config != nil && slices.Contains(slices.Collect(maps.Values(i.Config.Credentials)), credentialID)
}

// unused are the credentials that were stored for an integration after the one that it uses, and that none uses: a run
// may have ended between storing one and using it. An older one is what it used before: others stored it, or undo needs
// it.
func unused(ctx context.Context, api services.Genesys, list engine.Open[[]genesys.Integration], integrationID string) ([]genesys.Credential, error) {
	all, err := api.Credentials(ctx)
	if err != nil {
		return nil, err
	}
	integrations, err := list(ctx)
	used, stored, since := map[string]bool{}, false, time.Time{}
	for _, i := range integrations {
		if i.Config == nil {
			continue
		}
		for _, id := range i.Config.Credentials {
			used[id], stored = true, stored || i.ID == integrationID
			at := slices.IndexFunc(all, func(c genesys.Credential) bool { return c.ID == id })
			if i.ID == integrationID && at >= 0 {
				since = all[at].Created
			}
		}
	}
	return slices.DeleteFunc(all, func(c genesys.Credential) bool {
		older := stored && (since.IsZero() || !c.Created.After(since))
		return c.Name != nameOf(integrationID) || used[c.ID] || older
	}), err
}

// CredentialWish says what a fix wants of the credential. The guide wants neither.
type CredentialWish struct {
	Keep  bool // what is stored stays
	Renew bool // it is stored again although the integration's notes name its client already

	Rotation *oktaorg.Rotation // what makes the client secret to store; nil: it is the app's newest
}

type credential struct {
	engine.Object[genesys.Credential]
	run         *engine.Run
	api         services.Genesys
	org         Organization
	keys        *engine.Lookup[TypeKeys]
	okta        *engine.Lookup[oktaorg.Org]
	app         engine.Source[okta.App]
	integration engine.Source[genesys.Integration]
	answers     *guide.Answers
	wish        CredentialWish
}

// NewCredential wants the app's client ID and secret to be stored for the integration.
func NewCredential(run *engine.Run, org Organization, keys *engine.Lookup[TypeKeys], oktaOrg *engine.Lookup[oktaorg.Org], app engine.Source[okta.App], integration engine.Source[genesys.Integration], answers *guide.Answers, wish CredentialWish) engine.Open[engine.Resource[genesys.Credential]] {
	return opens(org, func(api services.Genesys) engine.Resource[genesys.Credential] {
		return credential{CredentialObject(api), run, api, org, keys, oktaOrg, app, integration, answers, wish}
	})
}

// nameOf is the name under which an integration's credential is stored (contract genesys.md 1.3).
func nameOf(integrationID string) string { return "Integration-" + integrationID }

// Key: the journal calls it after its client. That of a rotation also goes by the new client secret: another one has
// another secret.
func (c credential) Key(ctx context.Context) (engine.Key, error) {
	p, err := c.app.Planned(ctx)
	if err != nil || !p.Exists {
		return engine.Key{}, err
	}
	key := engine.Key{Name: "client " + p.Value.ClientID}
	if c.wish.Rotation == nil {
		return key, nil
	}
	secrets, i, err := engine.Both(ctx, c.wish.Rotation.Secrets.Get, c.integration.Planned)
	if err != nil || secrets.New.ID == "" {
		return engine.Key{}, err
	}
	key.In = []string{i.Value.ID, secrets.New.ID}
	return key, nil
}

// Fits takes only one that is stored for this integration, and, where it is to be renewed, none.
func (c credential) Fits(ctx context.Context, made genesys.Credential) (bool, error) {
	p, err := c.integration.Planned(ctx)
	return p.Exists && !c.wish.Renew && made.Name == nameOf(p.Value.ID), err
}

// Find takes what is stored already where it is this app's. Anyone else's is left alone: it couldn't be restored.
func (c credential) Find(ctx context.Context, notes *engine.Notes) (*genesys.Credential, error) {
	if notes.Again {
		made, err := c.integration.Made(ctx)
		if err != nil {
			return nil, err
		}
		return c.unused(ctx, made.ID)
	}
	p, err := c.integration.Planned(ctx)
	if err != nil || !p.Exists || c.wish.Rotation != nil {
		return nil, err
	}
	stored, noted, err := c.stored(ctx, p.Value)
	if err != nil {
		return nil, err
	}
	if stored != "" && (noted && !c.wish.Renew || c.wish.Keep) {
		notes.Ask() // it needs no fields
		return &genesys.Credential{ID: stored, Name: nameOf(p.Value.ID)}, nil
	}
	return nil, c.sameClient(ctx, p.Value, notes)
}

// stored is the credential that the integration uses, and whether its notes, or the journal, say that it is this app's.
func (c credential) stored(ctx context.Context, i genesys.Integration) (id string, noted bool, err error) {
	keys, err := c.keys.Get(ctx)
	if err != nil || i.Config == nil {
		return "", false, err
	}
	app, org, err := engine.Both(ctx, c.app.Planned, c.okta.Get)
	if err != nil {
		return "", false, err
	}
	client, host := mark.Client(i.Config.Notes)
	id = i.Config.Credentials[keys.CredentialKey]
	if client == "" && id != "" && app.Exists { // others changed the notes
		stored := c.run.Created(guide.KindCredential, engine.Key{Name: "client " + app.Value.ClientID})
		return id, slices.ContainsFunc(stored, func(p engine.Past) bool { return p.ID == id }), nil
	}
	return id, app.Exists && client == app.Value.ClientID && host == org.Host(), nil
}

func (c credential) Describe(ctx context.Context, _ genesys.Credential, notes *engine.Notes) (engine.Row, error) {
	app, i, err := engine.Both(ctx, c.app.Planned, c.integration.Planned)
	if err != nil {
		return engine.Row{}, err
	}
	row := engine.Row{Name: "client " + app.Value.ClientID, Why: notes.By("stored")}
	_, noted, err := c.stored(ctx, i.Value)
	if c.wish.Keep && !noted {
		row.Why = "already stored"
	}
	return row, err
}

// Draft stores a new credential. Only one that this program stored, and that is of no use to anyone, is replaced: what
// an earlier run left before it used it, or a wrong secret that is to be renewed.
func (c credential) Draft(ctx context.Context, stage engine.Stage, notes *engine.Notes) (engine.Draft[genesys.Credential], error) {
	d := engine.Draft[genesys.Credential]{Name: "client credentials", Why: "from Okta setup"}
	keys, err := c.keys.Get(ctx)
	if err != nil {
		return d, err
	}
	notes.Ask(keys.IfReplaced...)
	if err := unanswered(c.answers, keys.IfReplaced); err != nil {
		return d, err
	}
	app, exists, err := engine.At(ctx, stage, c.app)
	if err != nil {
		return d, err
	}
	if exists {
		d.Name = "client " + app.ClientID
	}
	i, exists, err := engine.At(ctx, stage, c.integration)
	if err != nil || !exists {
		return d, err
	}
	d.In = []string{i.ID}
	planned, err := c.integration.Planned(ctx)
	switch {
	case c.wish.Rotation != nil:
		d.Why = "with the new client secret"
	case planned.Exists: // one that this run created has none
		d.ID, err = c.replaceable(ctx, i)
	}
	if err != nil {
		return d, err
	}
	if d.ID != "" {
		d.Rewrites, d.Why = true, "replaces the stored one"
	}
	if stage == engine.Planning {
		return d, nil
	}
	secretOf, err := c.secret(ctx, app, &d)
	if err != nil {
		return d, err
	}
	id := d.ID
	d.Send = func(ctx context.Context) (genesys.Credential, error) {
		secret, err := secretOf(ctx)
		if err != nil {
			return genesys.Credential{}, err
		}
		content := genesys.NewCredential{
			Name: nameOf(i.ID), Type: keys.CredentialType,
			Fields: map[string]guide.Secret{keys.ClientIDField: apiclient.Unguarded(app.ClientID), keys.SecretField: secret},
		}
		for _, name := range keys.OtherFields {
			content.Fields[name] = c.answers.Secret(guide.CredentialFields.Named(name))
		}
		if id != "" {
			return c.api.UpdateCredential(ctx, id, content)
		}
		return c.api.CreateCredential(ctx, content)
	}
	return d, nil
}

// secret returns what reads the client secret to store. One of a rotation is known before: Okta accepted it, and the
// draft names it.
func (c credential) secret(ctx context.Context, app okta.App, d *engine.Draft[genesys.Credential]) (engine.Open[guide.Secret], error) {
	if c.wish.Rotation != nil {
		made, err := c.wish.Rotation.Checked.Get(ctx)
		d.In = append(d.In, made.ID)
		return func(context.Context) (guide.Secret, error) { return made.Secret, nil }, err
	}
	org, err := c.okta.Get(ctx)
	return func(ctx context.Context) (guide.Secret, error) { return oktaorg.ClientSecret(ctx, org.API, app) }, err
}

// replaceable is the ID of a credential that may be overwritten; empty: none.
func (c credential) replaceable(ctx context.Context, i genesys.Integration) (string, error) {
	if i.Config != nil {
		stored, noted, err := c.stored(ctx, i)
		if err != nil || c.wish.Renew && noted {
			return stored, err
		}
		if stored != "" && !mark.Has(i.Config.Notes) {
			return "", nil // what others stored next to it is theirs, too
		}
	}
	unused, err := c.unused(ctx, i.ID)
	if unused == nil {
		return "", err
	}
	return unused.ID, err
}

// unused is the first one that was stored for an integration and that none uses.
func (c credential) unused(ctx context.Context, integrationID string) (*genesys.Credential, error) {
	all, err := unused(ctx, c.api, c.org.Integrations.Get, integrationID)
	if err == nil && c.wish.Rotation != nil { // one that was stored before has another secret
		var made oktaorg.Secret
		made, err = c.wish.Rotation.Checked.Get(ctx)
		all = slices.DeleteFunc(all, func(s genesys.Credential) bool { return s.Created.Before(made.Created.Add(-oktaorg.TolerableSkew)) })
	}
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// sameClient stops before an integration of this program is given another app's credentials, unless it was named for
// that: pages that use the former app couldn't sign visitors in any more.
func (c credential) sameClient(ctx context.Context, i genesys.Integration, notes *engine.Notes) error {
	was, host := mark.Client(i.Config.Notes)
	app, err := c.app.Planned(ctx)
	if err != nil || was == "" || app.Exists && was == app.Value.ClientID {
		return err
	}
	if c.answers.Get(guide.IntegrationName).From > guide.FromOrg {
		notes.Attend(fmt.Sprintf("This replaces the credential of client %s. Pages that use it can't sign visitors in.", was))
		return nil
	}
	org, err := c.okta.Get(ctx)
	if err != nil {
		return err
	}
	if _, err := org.API.AppOfClient(ctx, was); okta.NotFound(err) && host == org.Host() {
		return explain.New(explain.ClassConflict, guide.IntegrationName,
			fmt.Sprintf("Integration %q uses the deleted Okta client %s.", i.Name, was),
			"To use this run's app, choose this integration. Pages that use the old client ID then need the new one. Or create a separate integration, configuration, and deployment for this page.").And(guide.MessengerConfig, guide.DeploymentName)
	}
	return explain.New(explain.ClassConflict, guide.IntegrationName,
		fmt.Sprintf("Integration %q uses Okta client %s, but this run has another app. Replacing it would lock out pages that use that client.", i.Name, was),
		"Use that client's app, or create a separate integration, configuration, and deployment for this page. To replace the client anyway, choose this integration.").And(guide.AppName, guide.MessengerConfig, guide.DeploymentName)
}
