package steps

import (
	"context"

	"msgsso-wizard/apiclient/genesys"
)

// integration installs the integration, or finds the one that an earlier run installed.
type integration struct{}

func (integration) ID() string         { return "integration" }
func (integration) Section() SectionID { return SectionIntegration }

func (integration) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f, name := &env.facts, env.Answers.Value(IntegrationName)
	f.integration = nil
	all, err := f.allIntegrations(ctx)
	if err != nil {
		return nil, err
	}
	var mine []genesys.Integration
	others := 0
	for _, i := range all {
		switch {
		case i.TypeID != f.kind.ID:
		case i.Name != name:
			others++
		default:
			mine = append(mine, i)
		}
	}
	switch len(mine) {
	case 0:
		why := "none of this type exists"
		if others > 0 {
			why = counted(others, "other integration of this type stays", "other integrations of this type stay") + " as before"
		}
		return []Change{{Verb: Create, Kind: KindIntegration, Name: name, Why: why}}, nil
	case 1:
	default:
		return nil, severalOf(IntegrationName, "Genesys Cloud", KindIntegration, name, mine[0].ID, mine[1].ID)
	}
	found := mine[0]
	if found.Config == nil {
		config, err := f.genesys.IntegrationConfig(ctx, found.ID)
		if err != nil {
			return nil, err
		}
		found.Config = &config
	}
	if !ours(found.Config.Notes) && !untouched(found) {
		return nil, nameTaken(IntegrationName, "Genesys Cloud", KindIntegration, name, found.ID)
	}
	f.integration = &found
	return []Change{{Verb: Reuse, Kind: KindIntegration, Name: name, ID: found.ID, Why: "made by an earlier run"}}, nil
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
