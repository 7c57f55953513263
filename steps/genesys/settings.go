package genesys

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	oktaorg "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
)

// Settings is the current configuration of an integration, with the names under which its type keeps what matters for
// signing in.
type Settings struct {
	ID            string // of the integration
	DiscoveryKey  string
	CredentialKey string
	Config        genesys.IntegrationConfig
}

// fieldCredential is the field of the journal that says which credential an integration uses.
const fieldCredential = "credential"

const settingsMoved = "its Discovery URI or credential was changed later"

// SettingsObject is the configuration of an integration of an organization. Its Ref has the two keys in In: they depend
// on the type, and undo knows only what the journal has.
func SettingsObject(api services.Genesys) engine.Object[Settings] {
	return engine.Object[Settings]{
		Kind: guide.KindSettings,
		Ref: func(s Settings) engine.Ref {
			return engine.Ref{ID: s.ID, In: []string{s.DiscoveryKey, s.CredentialKey}}
		},
		Read: func(ctx context.Context, at engine.Ref) (_ Settings, err error) {
			s := Settings{ID: at.ID}
			if len(at.In) > 1 {
				s.DiscoveryKey, s.CredentialKey = at.In[0], at.In[1]
			}
			s.Config, err = api.IntegrationConfig(ctx, at.ID)
			return s, err
		},
		Write: func(ctx context.Context, at engine.Ref, s Settings) (_ Settings, err error) {
			s.Config, err = api.UpdateIntegrationConfig(ctx, at.ID, s.Config)
			return s, err
		},
		Conflict: genesys.VersionConflict,
		Within:   func(at engine.Ref) (guide.ObjectKind, string) { return guide.KindIntegration, at.ID },
		Fields: []engine.Field[Settings]{
			{
				Name: "Discovery URI", Moved: settingsMoved, Group: settingsName,
				Get: func(s Settings) engine.Value { return property(s.Config.Properties, s.DiscoveryKey) },
				Set: func(s *Settings, v engine.Value) {
					s.Config.Properties = with(s.Config.Properties, s.DiscoveryKey, any(v.Text()), v == nil)
				},
			},
			{
				Name: fieldCredential, Moved: settingsMoved, Group: settingsName,
				Get: func(s Settings) engine.Value { return engine.Text(s.Config.Credentials[s.CredentialKey]) },
				Set: func(s *Settings, v engine.Value) {
					s.Config.Credentials = with(s.Config.Credentials, s.CredentialKey, v.Text(), v == nil)
				},
			},
			{Name: "other properties", List: true, Get: otherProperties, Set: setOtherProperties},
			engine.TextField("notes", "", func(s *Settings) *string { return &s.Config.Notes }),
		},
	}
}

func property(properties apiclient.Object, key string) engine.Value {
	text, ok := properties[key].(string)
	if !ok {
		return nil
	}
	return engine.Value{text}
}

// with returns a copy of a map with a member set, or taken away.
func with[M ~map[string]V, V any](m M, key string, value V, away bool) M {
	m = maps.Clone(m)
	if m == nil {
		m = M{}
	}
	m[key] = value
	if away {
		delete(m, key)
	}
	return m
}

// otherProperties are all properties but the Discovery URI, each as key=JSON.
func otherProperties(s Settings) engine.Value {
	var out engine.Value
	for _, key := range slices.Sorted(maps.Keys(s.Config.Properties)) {
		if text, err := json.Marshal(s.Config.Properties[key]); err == nil && key != s.DiscoveryKey {
			out = append(out, key+"="+string(text))
		}
	}
	return out
}

func setOtherProperties(s *Settings, v engine.Value) {
	properties := apiclient.Object{}
	if uri, ok := s.Config.Properties[s.DiscoveryKey]; ok {
		properties[s.DiscoveryKey] = uri
	}
	for _, member := range v {
		key, text, _ := strings.Cut(member, "=")
		properties[key] = json.RawMessage(text)
	}
	s.Config.Properties = properties
}

type settings struct {
	engine.Object[Settings]
	keys        *engine.Lookup[TypeKeys]
	okta        *engine.Lookup[oktaorg.Org]
	app         engine.Source[okta.App]
	document    *engine.Lookup[oidc.Document]
	integration engine.Source[genesys.Integration]
	credential  engine.Source[genesys.Credential]
	wish        CredentialWish
}

// NewSettings wants the integration to have the Discovery URI and the credential.
func NewSettings(org Organization, keys *engine.Lookup[TypeKeys], oktaOrg *engine.Lookup[oktaorg.Org], app engine.Source[okta.App], document *engine.Lookup[oidc.Document], integration engine.Source[genesys.Integration], credential engine.Source[genesys.Credential], wish CredentialWish) engine.Open[engine.Resource[Settings]] {
	return opens(org, func(api services.Genesys) engine.Resource[Settings] {
		return settings{SettingsObject(api), keys, oktaOrg, app, document, integration, credential, wish}
	})
}

func (s settings) Find(ctx context.Context, _ *engine.Notes) (*Settings, error) {
	p, err := s.integration.Planned(ctx)
	if err != nil || !p.Exists {
		return nil, err
	}
	found, err := s.of(ctx, p.Value)
	return &found, err
}

// of returns the settings of an integration, as far as it carries them.
func (s settings) of(ctx context.Context, i genesys.Integration) (Settings, error) {
	keys, err := s.keys.Get(ctx)
	found := Settings{ID: i.ID, DiscoveryKey: keys.DiscoveryKey, CredentialKey: keys.CredentialKey}
	if i.Config != nil {
		found.Config = *i.Config
	}
	return found, err
}

const settingsName = "Discovery URI and credential"

func (settings) Describe(context.Context, Settings, *engine.Notes) (engine.Row, error) {
	return engine.Row{Name: settingsName, Why: "already set"}, nil
}

func (s settings) Draft(ctx context.Context, _ engine.Stage, _ *engine.Notes) (engine.Draft[Settings], error) {
	doc, err := s.document.Get(ctx)
	return engine.Draft[Settings]{Name: settingsName, Why: doc.URI, Part: func(ctx context.Context) (Settings, bool, error) {
		i, err := s.integration.Made(ctx)
		if err != nil {
			return Settings{}, false, err
		}
		found, err := s.of(ctx, i)
		return found, i.Config != nil, cmp.Or(err, s.After(ctx))
	}}, err
}

// After waits for the credential: it is stored before the settings refer to it.
func (s settings) After(ctx context.Context) error { return engine.Await(ctx, s.credential) }

func (s settings) Want(ctx context.Context, stage engine.Stage, now Settings, _ *engine.Notes) (_ Settings, why string, err error) {
	doc, keys, err := engine.Both(ctx, s.document.Get, s.keys.Get)
	if err != nil {
		return now, "", err
	}
	want := now.Config
	for key, p := range keys.Properties {
		if _, stored := want.Properties[key]; !stored || p.Chosen {
			want.Properties = with(want.Properties, key, p.Value, false)
		}
	}
	want.Properties = with(want.Properties, now.DiscoveryKey, any(doc.URI), false)
	id, err := s.credentialID(ctx, stage)
	if err != nil {
		return now, "", err
	}
	want.Credentials = with(want.Credentials, now.CredentialKey, id, false)
	if want.Notes, err = s.notes(ctx, stage, now.Config); err != nil {
		return now, "", err
	}
	if want.Name == "" && stage == engine.Applying {
		i, err := s.integration.Made(ctx)
		if err != nil {
			return now, "", err
		}
		want.Name = i.Name
	}
	now.Config = want
	if s.wish.Rotation != nil {
		return now, "with the new credential", nil
	}
	return now, doc.URI, nil
}

// credentialID is known beforehand where a stored credential is replaced.
func (s settings) credentialID(ctx context.Context, stage engine.Stage) (string, error) {
	if stage == engine.Applying {
		made, err := s.credential.Made(ctx)
		return made.ID, err
	}
	p, err := s.credential.Planned(ctx)
	if p.Change.ID == "" {
		return engine.Unknown.Text(), err
	}
	return p.Change.ID, err
}

// notes are the notes with the mark that says whose credential it is. Whose it is, is not known where a fix keeps a
// credential that the notes say nothing of.
func (s settings) notes(ctx context.Context, stage engine.Stage, now genesys.IntegrationConfig) (string, error) {
	app, exists, err := engine.At(ctx, stage, s.app)
	if err != nil {
		return "", err
	}
	org, err := s.okta.Get(ctx)
	client, host := mark.Client(now.Notes)
	noted := exists && client == app.ClientID && host == org.Host()
	if client == "" && err == nil { // others changed the notes of a credential that the journal knows
		var p engine.Planned[genesys.Credential]
		p, err = s.credential.Planned(ctx)
		noted = p.Exists && slices.Contains(slices.Collect(maps.Values(now.Credentials)), p.Value.ID)
	}
	switch {
	case err != nil, noted, s.wish.Keep && !s.wish.Renew:
		return now.Notes, err
	case !exists:
		return engine.Unknown.Text(), nil
	}
	p, err := s.integration.Planned(ctx)
	installed := !p.Exists || mark.Installed(now.Notes) || p.Value.Config != nil && untouched(p.Value)
	return mark.Replace(now.Notes, mark.Credential(installed, app.ClientID, org.Host())), err
}

// Unchanged keeps what others changed after the plan was made, and says so.
func (settings) Unchanged(planned, now, want Settings, notes *engine.Notes) error {
	was, is := flat(planned.Config), flat(now.Config)
	names := slices.AppendSeq(slices.Collect(maps.Keys(was)), maps.Keys(is))
	names = slices.DeleteFunc(names, func(name string) bool { return was[name] == is[name] })
	if len(names) > 0 && !maps.Equal(flat(want.Config), is) {
		slices.Sort(names)
		notes.Warn("Another user changed the integration's settings at the same time (" + apiclient.Clean(strings.Join(slices.Compact(names), ", ")) +
			"). The wizard kept those changes, except the Discovery URI and the credential.")
	}
	return nil
}

// flat is a configuration as one map of texts, to be compared.
func flat(c genesys.IntegrationConfig) map[string]string {
	members := map[string]string{"name": c.Name, "notes": c.Notes}
	for name, value := range c.Properties {
		text, _ := json.Marshal(value) // it came from JSON
		members[name] = string(text)
	}
	maps.Copy(members, c.Credentials)
	return members
}
