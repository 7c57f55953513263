package okta

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/services"
)

// Secrets are an app's client secrets while one takes the place of another.
type Secrets struct {
	App   okta.App
	Old   Secret // the one to replace; its Status is SecretDeleted where it is gone
	New   Secret // without an ID: not created yet
	Spare Secret // an inactive one in the way of a new one; without an ID: none

	Adopted bool // no run created New: someone else did
}

// Deletes reports whether a rotation to that status of the old secret deletes a client secret for good, or did.
func (s Secrets) Deletes(status string) bool {
	return s.Spare.ID != "" || s.Old.Status == SecretDeleted || status == SecretDeleted && s.Old.Status != SecretActive
}

// Rotation is the lookups and nodes by which an app gets a new client secret.
type Rotation struct {
	Secrets *engine.Lookup[Secrets]
	Spare   *engine.Set[Secret]
	New     *engine.Node[Secret]
	Checked *engine.Lookup[Secret] // the new one, which Okta accepts
	Old     *engine.Node[Secret]
}

// FindSecrets reads the secrets. done is what the run did to them before it was interrupted: that decides which is which.
func FindSecrets(org *engine.Lookup[Org], app engine.Source[okta.App], done func(guide.ObjectKind) []engine.Entry) engine.Find[Secrets] {
	return func(ctx context.Context, notes *engine.Notes) (Secrets, error) {
		o, p, err := engine.Both(ctx, org.Get, app.Planned)
		if err != nil {
			return Secrets{}, err
		}
		all, err := o.API.AppSecrets(ctx, p.Value.ID)
		if err != nil {
			return Secrets{}, err
		}
		s, err := Pair(p.Value, all, done)
		if err == nil && p.Value.ManagedBy != mark.Tag {
			notes.Attend("The wizard didn't create this app. Others who use its old client secret can't sign in once it is inactive. Give them the new one first.")
		}
		if err == nil && s.Spare.ID != "" {
			notes.Attend("Okta allows 2 client secrets. The wizard deletes the inactive one, so an earlier rotation can't be undone any more.")
		}
		if err == nil && s.Adopted {
			notes.Attend("The app has 2 active client secrets. Genesys Cloud gets the newer one. Others who use the older one can't sign in once it is inactive.")
		}
		return s, err
	}
}

// HasSecret refuses an app whose client has no secret, or one that can't be checked.
func HasSecret(a okta.App) error {
	switch a.TokenAuthMethod {
	case BasicAuth:
		return nil
	case "client_secret_post", "client_secret_jwt":
		return explain.New(explain.ClassConflict, "",
			fmt.Sprintf("The app %q uses the client authentication %s. The wizard can't check a new client secret with it.", a.Label, a.TokenAuthMethod),
			"Let doctor change it to "+BasicAuth+", which Genesys Cloud likely uses. Then rotate.")
	}
	return explain.New(explain.ClassConflict, "",
		fmt.Sprintf("The app %q uses the client authentication %s, so there is no client secret to rotate.", a.Label, a.TokenAuthMethod),
		"Genesys Cloud needs a client secret. Choose Client secret as the client authentication (the app > General), then store it in Genesys Cloud.")
}

// Pair says which secret is old and which is new. Of two active ones that no run knows of, the newer one takes the place
// of the older one: Okta allows no third.
func Pair(app okta.App, all []okta.AppSecret, done func(guide.ObjectKind) []engine.Entry) (Secrets, error) {
	s := Secrets{App: app}
	byID := func(id string) Secret {
		if i := slices.IndexFunc(all, func(a okta.AppSecret) bool { return a.ID == id }); i >= 0 {
			return Secret{AppSecret: all[i], App: app.ID}
		}
		return Secret{AppSecret: okta.AppSecret{ID: id, Status: SecretDeleted}, App: app.ID}
	}
	for _, e := range slices.Backward(done(guide.KindSecret)) {
		made := secretAt(e.Ref)
		if made.App != app.ID || made.Replaces == "" {
			continue
		}
		if s.Old = byID(made.Replaces); made.ID == "" { // its answer never came
			i := slices.IndexFunc(all, func(a okta.AppSecret) bool { return a.ID != made.Replaces })
			if i >= 0 {
				made.ID = all[i].ID
			}
		}
		if made.ID != "" {
			s.New = byID(made.ID)
		}
		if s.New.Status == SecretDeleted {
			s.New = Secret{} // others deleted it
		}
		break
	}
	if s.Old.ID == "" {
		active, inactive := byStatus(all)
		switch {
		case len(active) == 0:
			return s, NoActiveSecret(app)
		case len(active) > 1:
			s.New, s.Adopted = Secret{AppSecret: active[1], App: app.ID}, true
		case len(inactive) > 0:
			s.Spare = Secret{AppSecret: inactive[0], App: app.ID}
		}
		s.Old = Secret{AppSecret: active[0], App: app.ID}
	}
	if s.New.ID == "" {
		return s, nil
	}
	s.New.Replaces = s.Old.ID
	if s.New.Status != SecretActive {
		return s, explain.New(explain.ClassConflict, "",
			fmt.Sprintf("The new client secret of %q (%s) is inactive. Someone else deactivated it. No changes were made.", app.Label, s.New.name()),
			"Activate it in Okta (the app > General > Client Secrets), or undo the rotation.").Again()
	}
	return s, nil
}

// byStatus are secrets by their status, the oldest first.
func byStatus(all []okta.AppSecret) (active, inactive []okta.AppSecret) {
	all = slices.SortedFunc(slices.Values(all), func(a, b okta.AppSecret) int { return a.Created.Compare(b.Created) })
	for _, s := range all {
		if s.Status == SecretActive {
			active = append(active, s)
		} else {
			inactive = append(inactive, s)
		}
	}
	return active, inactive
}

// NewSpares wants the inactive secret to be deleted that keeps Okta from creating a new one.
func NewSpares(org *engine.Lookup[Org], secrets *engine.Lookup[Secrets]) engine.Listing[Secret] {
	return func(ctx context.Context, _ *engine.Notes) ([]engine.Resource[Secret], error) {
		o, s, err := engine.Both(ctx, org.Get, secrets.Get)
		if err != nil || s.Spare.ID == "" {
			return nil, err
		}
		return []engine.Resource[Secret]{oldSecret{Object: OldSecretObject(o.API), found: s.Spare, status: SecretDeleted}}, nil
	}
}

type newSecret struct {
	engine.Object[Secret]
	api     services.Okta
	secrets *engine.Lookup[Secrets]
	spares  *engine.Set[Secret]
}

// NewSecret wants a second client secret, which takes the place of the old one.
func NewSecret(org *engine.Lookup[Org], secrets *engine.Lookup[Secrets], spares *engine.Set[Secret]) engine.Open[engine.Resource[Secret]] {
	return func(ctx context.Context) (engine.Resource[Secret], error) {
		o, err := org.Get(ctx)
		return newSecret{SecretObject(o.API), o.API, secrets, spares}, err
	}
}

func (n newSecret) Key(ctx context.Context) (engine.Key, error) {
	s, err := n.secrets.Get(ctx)
	return engine.Key{In: []string{s.App.ID, s.Old.ID}}, err
}

func (n newSecret) Find(ctx context.Context, notes *engine.Notes) (*Secret, error) {
	s, err := n.secrets.Get(ctx)
	if err != nil {
		return nil, err
	}
	if notes.Again { // the answer to the create was lost
		all, err := n.api.AppSecrets(ctx, s.App.ID)
		if err != nil {
			return nil, err
		}
		s.New.AppSecret = okta.AppSecret{}
		if i := slices.IndexFunc(all, func(a okta.AppSecret) bool { return a.ID != s.Old.ID && a.Status == SecretActive }); i >= 0 {
			s.New = Secret{all[i], s.App.ID, s.Old.ID}
		}
	}
	if s.New.ID == "" {
		return nil, nil
	}
	return &s.New, nil
}

// Describe names it like its draft: the journal finds an entry without an answer by that.
func (n newSecret) Describe(ctx context.Context, found Secret, _ *engine.Notes) (engine.Row, error) {
	s, err := n.secrets.Get(ctx)
	return engine.Row{Name: s.App.Label, Why: found.name()}, err
}

func (n newSecret) Draft(ctx context.Context, _ engine.Stage, _ *engine.Notes) (engine.Draft[Secret], error) {
	s, err := n.secrets.Get(ctx)
	return engine.Draft[Secret]{
		Name: s.App.Label, Why: "a second one; both work", In: []string{s.App.ID, s.Old.ID},
		Send: func(ctx context.Context) (Secret, error) {
			if _, err := n.spares.Made(ctx); err != nil {
				return Secret{}, err
			}
			made, err := n.api.CreateAppSecret(ctx, s.App.ID)
			return Secret{made, s.App.ID, s.Old.ID}, err
		},
	}, err
}

// CheckSecret waits until Okta accepts the new client secret at its token endpoint.
func CheckSecret(run *engine.Run, in services.Access, org *engine.Lookup[Org], document *engine.Lookup[oidc.Document], app engine.Source[okta.App], made *engine.Node[Secret]) engine.Find[Secret] {
	return func(ctx context.Context, notes *engine.Notes) (Secret, error) {
		o, doc, err := engine.Both(ctx, org.Get, document.Get)
		if err != nil {
			return Secret{}, err
		}
		p, secret, err := engine.Both(ctx, app.Planned, made.Made)
		if err != nil {
			return Secret{}, err
		}
		uri := append(slices.Clone(p.Value.RedirectURIs), doc.Issuer)[0]
		for tries := 0; ; tries++ {
			err := in.Dial.Discovery(o.URL).CheckClient(ctx, doc, p.Value.ClientID, secret.Secret, uri)
			switch {
			case err == nil:
				return secret, nil
			case InZonesOnly(p.Value) && okta.Forbidden(err):
				notes.Warn("Okta accepts token requests of this app from some network zones only, so the wizard couldn't check the new client secret from this computer.")
				return secret, nil
			case !errors.Is(err, oidc.ErrClient) || !run.Patient(tries):
				return secret, notAccepted(err)
			}
			if err := run.Rest(ctx, tries); err != nil {
				return secret, err
			}
		}
	}
}

func notAccepted(err error) error {
	if !errors.Is(err, oidc.ErrClient) {
		return err
	}
	return explain.New(explain.ClassFault, "", "Okta doesn't accept the new client secret yet. Visitors sign in with the old one.",
		"Rotate again to continue, or undo.").Again().Of(err)
}

type oldSecret struct {
	engine.Object[Secret]
	found  Secret
	status string                      // that it is to get; empty: it stays
	after  func(context.Context) error // nil: at once
}

// NewOldSecret wants the old client secret to get a status once nothing uses it any more. after waits for that.
func NewOldSecret(org *engine.Lookup[Org], secrets *engine.Lookup[Secrets], status string, after func(context.Context) error) engine.Open[engine.Resource[Secret]] {
	return func(ctx context.Context) (engine.Resource[Secret], error) {
		o, s, err := engine.Both(ctx, org.Get, secrets.Get)
		return oldSecret{OldSecretObject(o.API), s.Old, status, after}, err
	}
}

func (o oldSecret) Find(context.Context, *engine.Notes) (*Secret, error) { return &o.found, nil }

var secretStatus = map[string]string{SecretActive: "stays active", SecretInactive: "inactive", SecretDeleted: "deleted"}

func (oldSecret) Describe(_ context.Context, found Secret, _ *engine.Notes) (engine.Row, error) {
	return engine.Row{Name: found.name(), Why: secretStatus[found.Status]}, nil
}

// Want takes one step at a time: Okta deletes inactive secrets only.
func (o oldSecret) Want(_ context.Context, _ engine.Stage, now Secret, _ *engine.Notes) (Secret, string, error) {
	switch {
	case o.status == "" || now.Status == SecretDeleted || now.Status == o.status:
		return now, "", nil
	case now.Status == SecretActive:
		now.Status = SecretInactive
		if o.status == SecretDeleted {
			return now, "Active → deleted for good", nil
		}
		return now, "Active → Inactive", nil
	}
	now.Status = SecretDeleted
	return now, "deleted for good", nil
}

// After waits until nothing uses it.
func (o oldSecret) After(ctx context.Context) error {
	if o.after == nil {
		return nil
	}
	return o.after(ctx)
}

// NoActiveSecret is the error of an app that Genesys Cloud can't use.
func NoActiveSecret(app okta.App) error {
	return explain.New(explain.ClassConflict, "",
		"The app integration "+strings.TrimSpace(app.Label)+" has no active client secret.",
		"Generate one in Okta (the app > General > Client Secrets), then try again.").Again()
}
