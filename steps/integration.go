package steps

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// integration installs the integration, or finds the one that an earlier run installed.
type integration struct{}

func (integration) ID() string               { return "integration" }
func (integration) Section() guide.SectionID { return guide.SectionIntegration }

func (integration) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f, name := &env.facts, env.Answers.Value(guide.IntegrationName)
	f.integration = nil
	all, err := f.allIntegrations(ctx)
	if err != nil {
		return nil, err
	}
	ofType := slices.DeleteFunc(slices.Clone(all), func(i genesys.Integration) bool { return i.TypeID != f.kind.ID })
	found, err := named(ofType, name, guide.IntegrationName, guide.KindIntegration, func(i genesys.Integration) (string, string) { return i.ID, i.Name })
	if err != nil {
		return nil, f.tellApart(ctx, ofType, name, err)
	}
	if found == nil {
		why := "none of this type exists"
		if len(ofType) > 0 {
			why = counted(len(ofType), "other integration of this type stays", "other integrations of this type stay") + " as before"
		}
		return []Change{{Verb: Create, Kind: guide.KindIntegration, Name: name, Why: why}}, nil
	}
	if found.Config == nil {
		config, err := f.genesys.IntegrationConfig(ctx, found.ID)
		if err != nil {
			return nil, err
		}
		found.Config = &config
	}
	c := Change{Verb: Reuse, Kind: guide.KindIntegration, Name: found.Name, ID: found.ID, Mark: found.Config.Notes, Why: "made by an earlier run"}
	switch {
	case ours(found.Config.Notes):
	case name == found.ID:
		c.Why = "chosen by you"
	case untouched(*found):
		c.Why = "installed, and nobody has configured it"
	default:
		return nil, explain.NameTaken(guide.IntegrationName, "Genesys Cloud", guide.KindIntegration, name, found.ID)
	}
	f.integration = found
	return []Change{c}, f.tellUsers(ctx, found.ID)
}

// tellUsers says which Messenger configurations sign visitors in with the integration already: new settings
// are theirs, too.
func (f *facts) tellUsers(ctx context.Context, id string) error {
	all, err := f.allConfigurations(ctx)
	for _, c := range all {
		if c.Auth != nil && c.Auth.Enabled && c.Auth.IntegrationID == id && !ours(c.Description) {
			f.notice(Notice{guide.SectionIntegration, false, "The configuration " + strconv.Quote(c.Name) + " signs its visitors in with this integration: what changes here changes for them, too."})
		}
	}
	return err
}

// tellApart says of each integration of one name what else is known of it.
func (f *facts) tellApart(ctx context.Context, all []genesys.Integration, name string, err error) error {
	configurations, unread := f.allConfigurations(ctx)
	if unread != nil {
		return err
	}
	var told []string
	for _, i := range all {
		if i.Name != name {
			continue
		}
		traits := []string{i.State}
		if i.Config != nil {
			if uri, ok := i.Config.Properties[f.kind.DiscoveryKey].(string); ok {
				traits = append(traits, "Discovery URI "+apiclient.Clean(uri))
			}
		}
		for _, c := range configurations {
			if c.Auth != nil && c.Auth.Enabled && c.Auth.IntegrationID == i.ID {
				traits = append(traits, "used by "+strconv.Quote(c.Name))
			}
		}
		told = append(told, i.ID+" ("+strings.Join(traits, ", ")+")")
	}
	return explain.Several(guide.IntegrationName, "Genesys Cloud", guide.KindIntegration, name, told...)
}

// untouched reports whether nobody ever configured the integration: what a run leaves that ended right after
// installing it. Its tag comes with its settings.
func untouched(i genesys.Integration) bool {
	return i.State != "ACTIVE" && len(i.Config.Properties) == 0 && len(i.Config.Credentials) == 0 && i.Config.Notes == ""
}

func (s integration) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	for _, c := range f.planOf(s) {
		if !c.Writes() || f.integration != nil {
			continue
		}
		err := env.do(ctx, c, func(ctx context.Context) (string, error) {
			made, err := f.genesys.CreateIntegration(ctx, c.Name, f.kind.ID)
			if err != nil {
				return "", err
			}
			f.integration = &made
			return made.ID, nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
