package genesys

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/services"
)

// IntegrationObject is an integration of an organization.
func IntegrationObject(api services.Genesys) engine.Object[genesys.Integration] {
	return engine.Object[genesys.Integration]{
		Kind:   guide.KindIntegration,
		Marked: true,
		Ref:    func(i genesys.Integration) engine.Ref { return engine.Ref{ID: i.ID} },
		Read: func(ctx context.Context, at engine.Ref) (genesys.Integration, error) {
			return readIntegration(ctx, api, at.ID)
		},
		Delete:  engine.Deleting(api, services.Genesys.DeleteIntegration),
		Deleted: "with its settings",
		Trace: func(ctx context.Context, e engine.Entry) ([]genesys.Integration, error) {
			all, err := api.Integrations(ctx)
			var named []genesys.Integration
			for _, i := range all {
				if i.Name != e.Name || i.TypeID != cmp.Or(e.Given(fieldType).Text(), i.TypeID) {
					continue
				}
				whole, err := readIntegration(ctx, api, i.ID)
				if engine.Unmissed(err) != nil {
					return nil, err
				}
				if err == nil {
					named = append(named, whole)
				}
			}
			return named, err
		},
		// Its mark comes only with its settings.
		CreatedByRun: func(i genesys.Integration, _ engine.Entry, _ string) bool { return untouched(i) },
		Users: func(ctx context.Context, now genesys.Integration, _ engine.Entry, u *engine.Undo) (string, error) {
			return usersOf(ctx, api, now.ID, u)
		},
	}
}

// readIntegration reads one with its configuration.
func readIntegration(ctx context.Context, api services.Genesys, id string) (genesys.Integration, error) {
	found, err := api.Integration(ctx, id)
	if err != nil || found.Config != nil {
		return found, err
	}
	config, err := api.IntegrationConfig(ctx, id)
	found.Config = &config
	return found, err
}

// fieldType is the field of the journal that says of which type an integration is.
const fieldType = "type"

type integration struct {
	engine.Object[genesys.Integration]
	api     services.Genesys
	org     Organization
	keys    *engine.Lookup[TypeKeys]
	answers *guide.Answers
}

// NewIntegration wants the integration that the answers name. keys may be nil: it is of any type, and used as it is.
func NewIntegration(org Organization, keys *engine.Lookup[TypeKeys], answers *guide.Answers) engine.Open[engine.Resource[genesys.Integration]] {
	return opens(org, func(api services.Genesys) engine.Resource[genesys.Integration] {
		return integration{IntegrationObject(api), api, org, keys, answers}
	})
}

func (i integration) name() string { return i.answers.Value(guide.IntegrationName) }

func (i integration) Key(context.Context) (engine.Key, error) { return engine.Key{Name: i.name()}, nil }

// ofType are the integrations of the type.
func (i integration) ofType(ctx context.Context, notes *engine.Notes) ([]genesys.Integration, error) {
	if i.keys == nil {
		return i.org.Integrations.For(ctx, notes)
	}
	keys, err := i.keys.Get(ctx)
	if err != nil {
		return nil, err
	}
	all, err := i.org.Integrations.For(ctx, notes)
	return slices.DeleteFunc(slices.Clone(all), func(f genesys.Integration) bool { return f.TypeID != keys.ID }), err
}

func (i integration) Find(ctx context.Context, notes *engine.Notes) (*genesys.Integration, error) {
	all, err := i.ofType(ctx, notes)
	if err != nil {
		return nil, err
	}
	found, err := named(all, i.name(), guide.IntegrationName, guide.KindIntegration, func(f genesys.Integration) (string, string) { return f.ID, f.Name })
	if err != nil {
		return nil, i.distinguish(ctx, all, err)
	}
	if found == nil {
		return nil, nil
	}
	if found.Config == nil {
		whole, err := i.Read(ctx, i.Ref(*found))
		if err != nil {
			return nil, err
		}
		found.Config = whole.Config
	}
	if i.keys != nil && !mark.Has(found.Config.Notes) && i.name() != found.ID && !untouched(*found) {
		return nil, explain.NameTaken(guide.IntegrationName, "Genesys Cloud", guide.KindIntegration, i.name(), found.ID)
	}
	return found, nil
}

func (i integration) Describe(ctx context.Context, found genesys.Integration, notes *engine.Notes) (engine.Row, error) {
	row := engine.Row{
		Name: found.Name, Mark: found.Config.Notes, Why: notes.By("created"),
		Mine: func(string) bool { return found.Config.Notes == "" }, // its mark comes with its settings
	}
	switch {
	case mark.Has(found.Config.Notes):
	case i.name() == found.ID, i.keys == nil:
		row.Why = "chosen by you"
	case untouched(found):
		row.Why = "installed, but not configured"
	}
	// What changes here changes for the visitors of these configurations, too.
	all, err := i.org.Configurations.Get(ctx)
	for _, c := range all {
		if signsInWith(c) == found.ID && !mark.Has(c.Description) && c.Name != i.answers.Value(guide.MessengerConfig) {
			notes.Attend("Configuration " + strconv.Quote(c.Name) + " also uses this integration. Changes here affect its visitors.")
		}
	}
	return row, err
}

func (i integration) Draft(ctx context.Context, stage engine.Stage, notes *engine.Notes) (engine.Draft[genesys.Integration], error) {
	d := engine.Draft[genesys.Integration]{Name: i.name(), Why: "first of this type"}
	if i.keys == nil {
		return d, nil
	}
	keys, err := i.keys.Get(ctx)
	if err != nil {
		return d, err
	}
	d.Fields = []engine.FieldChange{{Field: fieldType, After: engine.Text(keys.ID)}}
	if stage == engine.Planning {
		all, err := i.ofType(ctx, notes)
		others := slices.DeleteFunc(notes.Ahead(guide.KindIntegration), func(c engine.Change) bool {
			return c.Name == d.Name || !slices.EqualFunc(c.Fields, d.Fields, func(a, b engine.FieldChange) bool { return slices.Equal(a.After, b.After) })
		})
		count := len(all) + len(others)
		if count > 0 {
			d.Why = explain.Counted(count, "other integration of this type stays", "other integrations of this type stay") + " as before"
		}
		if shared := slices.ContainsFunc(notes.Ahead(guide.KindIntegration), func(c engine.Change) bool { return c.Name == d.Name }); keys.MaxInstances > 0 && count >= keys.MaxInstances && !shared {
			return d, tooMany(keys, len(all), len(others))
		}
		return d, err
	}
	d.Send = func(ctx context.Context) (genesys.Integration, error) {
		return i.api.CreateIntegration(ctx, d.Name, keys.ID)
	}
	return d, nil
}

// tooMany is found before the first write: the type's limit is known (contract genesys.md 1.2).
func tooMany(keys TypeKeys, count, others int) error {
	e := explain.New(explain.ClassConflict, guide.IntegrationName,
		fmt.Sprintf("Genesys Cloud allows no more integrations of type %q: there are %d of %d.", keys.Name, count, keys.MaxInstances),
		"Remove an unused one ("+guide.PathIntegrations+"), or enter the name of one that the wizard created.")
	if others > 0 {
		e.Problem = fmt.Sprintf("Genesys Cloud allows %s of type %q: there are %d, and the sites before this one create %d.",
			explain.Counted(keys.MaxInstances, "integration", "integrations"), keys.Name, count, others)
		e.Fix = "Name an app and an integration above the sites, so that they share both."
	}
	return e
}

// distinguish says of each integration of one name what else is known of it.
func (i integration) distinguish(ctx context.Context, all []genesys.Integration, several error) error {
	var keys TypeKeys
	if i.keys != nil {
		var err error
		if keys, err = i.keys.Get(ctx); err != nil {
			return err
		}
	}
	configurations, unread := i.org.Configurations.Get(ctx)
	if unread != nil {
		return several
	}
	var details []string
	for _, f := range all {
		if f.Name != i.name() {
			continue
		}
		traits := []string{f.State}
		if f.Config != nil {
			if uri, ok := f.Config.Properties[keys.DiscoveryKey].(string); ok {
				traits = append(traits, "Discovery URI "+apiclient.Clean(uri))
			}
		}
		for _, c := range configurations {
			if signsInWith(c) == f.ID {
				traits = append(traits, "used by "+strconv.Quote(c.Name))
			}
		}
		details = append(details, f.ID+" ("+strings.Join(traits, ", ")+")")
	}
	return explain.Several(guide.IntegrationName, "Genesys Cloud", guide.KindIntegration, i.name(), details...)
}

// untouched reports whether the integration was never configured: what a run leaves that ended right after installing
// it. Its mark comes with its settings.
func untouched(i genesys.Integration) bool {
	return i.State != "ACTIVE" && len(i.Config.Properties) == 0 && len(i.Config.Credentials) == 0 && i.Config.Notes == ""
}

// CheckManual checks what can be checked of an integration that the user set up in the console. It only notes what isn't
// as expected: which names its type has is not known.
func CheckManual(integration engine.Source[genesys.Integration], document *engine.Lookup[oidc.Document]) engine.Find[struct{}] {
	return func(ctx context.Context, notes *engine.Notes) (nothing struct{}, err error) {
		p, doc, err := engine.Both(ctx, integration.Planned, document.Get)
		if err != nil || p.Value.Config == nil {
			return nothing, err
		}
		config, name := p.Value.Config, strconv.Quote(p.Value.Name)
		switch uri := DiscoveryURI(config); uri {
		case doc.URI:
		case "":
			notes.Attend("Integration " + name + " has no Discovery URI. Set it to " + doc.URI + ".")
		default:
			notes.Attend("Integration " + name + " has another Discovery URI: " + uri + ". Visitors likely can't sign in. Set it to " + doc.URI + ".")
		}
		if len(config.Credentials) == 0 {
			notes.Attend("Integration " + name + " has no credential, so visitors can't sign in.")
		}
		notes.Attend("The wizard doesn't check whether the credential of integration " + name + " is of this app.")
		return nothing, nil
	}
}

// DiscoveryURI is the one of an integration of any type; empty: it has none.
func DiscoveryURI(config *genesys.IntegrationConfig) string {
	if config == nil {
		return ""
	}
	return config.Property(discoveryKey(*config))
}

// discoveryKey is of the property with a Discovery URI, which is known by its form: without the type's schema, the key is not
// known (contract genesys.md 1.1).
func discoveryKey(config genesys.IntegrationConfig) string {
	for _, key := range slices.Sorted(maps.Keys(config.Properties)) {
		if strings.Contains(config.Property(key), "/.well-known/") {
			return key
		}
	}
	return ""
}
