package setup

import (
	"context"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
)

// Options returns what there is to choose from for a question. Services filter where they can.
func (s *Session) Options(ctx context.Context, q guide.Question, filter string) ([]guide.Option, error) {
	if list, ok := listed[q.Source]; ok {
		return list(s, ctx, filter)
	}
	return filtered(s.FixedOptions(q), filter), nil
}

// FixedOptions are those of a question whose options depend on no org.
func (s *Session) FixedOptions(q guide.Question) []guide.Option {
	return without(q.Fixed, s.unnamed(q.Source))
}

var listed = map[guide.OptionSource]func(s *Session, ctx context.Context, filter string) ([]guide.Option, error){
	guide.ListApps: (*Session).appOptions, guide.ListGroups: (*Session).groupOptions, guide.ListAuthServers: (*Session).serverOptions,
	guide.ListIntegrations:   inGenesys((*Session).integrationOptions),
	guide.ListConfigurations: inGenesys((*Session).configurationOptions), guide.ListDeployments: inGenesys((*Session).deploymentOptions),
	guide.ListFlows: inGenesys((*Session).flowOptions),
	guide.ListProfiles: func(s *Session, _ context.Context, _ string) ([]guide.Option, error) {
		return s.access(s.Answers).Profiles()
	},
}

// inGenesys lists nothing before the guide is signed in to Genesys Cloud.
func inGenesys(list func(*Session, context.Context, services.Genesys) ([]guide.Option, error)) func(*Session, context.Context, string) ([]guide.Option, error) {
	return func(s *Session, ctx context.Context, filter string) ([]guide.Option, error) {
		api := s.orgs().genesys.API
		if api == nil {
			return nil, nil
		}
		all, err := list(s, ctx, api)
		return filtered(all, filter), err
	}
}

// unnamed is the sign-in method without its file, so that it is not offered.
func (s *Session) unnamed(source guide.OptionSource) string {
	switch {
	case source == guide.ListOktaMethods && s.Files.Okta == "":
		return guide.OktaByFile
	case source == guide.ListGenesysMethods && s.Files.GC == "":
		return guide.GenesysByProfile
	default:
		return ""
	}
}

func without(options []guide.Option, value string) []guide.Option {
	return slices.DeleteFunc(slices.Clone(options), func(o guide.Option) bool { return o.Value == value })
}

// openOkta returns the org that the guide has open, or opens it; the token goes to an Okta org only.
func (s *Session) openOkta(ctx context.Context) (oktasteps.Org, error) {
	if org := s.orgs().okta; org.API != nil {
		return org, nil
	}
	org, err := oktasteps.OpenOrg(ctx, s.access(s.Answers), &engine.Notes{})
	return org, explain.Explain(guide.StepOkta, err)
}

// appOptions lists the org's OIDC web apps whose labels begin with the filter; Okta filters.
func (s *Session) appOptions(ctx context.Context, filter string) ([]guide.Option, error) {
	org, err := s.openOkta(ctx)
	if err != nil {
		return nil, err
	}
	apps, err := org.API.Apps(ctx, filter)
	return choices(guide.StepApp, apps, err, func(a okta.App) (guide.Option, bool) {
		usable, _ := oktasteps.Usable(a)
		return guide.Option{Value: a.ID, Label: a.Label, Note: "client " + a.ClientID}, usable != nil
	})
}

// choices are the options among the objects that a service lists.
func choices[T any](step guide.StepID, all []T, err error, show func(T) (option guide.Option, fits bool)) ([]guide.Option, error) {
	if err != nil {
		return nil, explain.Explain(step, err)
	}
	var out []guide.Option
	for _, object := range all {
		if option, fits := show(object); fits {
			out = append(out, option)
		}
	}
	return out, nil
}

// integrationOptions lists the integrations of the type that Messenger signs in with; all of them where the user sets one
// up in the console.
func (s *Session) integrationOptions(ctx context.Context, api services.Genesys) ([]guide.Option, error) {
	var ofType string
	if !s.Answers.Manual(guide.SectionIntegration) {
		if keys := s.current().keys; keys != nil {
			found, _ := keys.Peek()
			ofType = found.ID
		}
		if ofType == "" {
			return nil, nil
		}
	}
	all, err := api.Integrations(ctx)
	return choices(guide.StepIntegration, all, err, func(i genesys.Integration) (guide.Option, bool) {
		return guide.Option{Value: i.ID, Label: i.Name, Note: statusNote(i.State)}, ofType == "" || i.TypeID == ofType
	})
}

// statusNote says what an integration's status is, so that "error" doesn't stand alone after a name.
func statusNote(state string) string {
	if state == "" {
		return ""
	}
	return "status: " + strings.ToLower(state)
}

// serverOptions lists the authorization servers by their Discovery URIs, the org's own one last.
func (s *Session) serverOptions(ctx context.Context, filter string) ([]guide.Option, error) {
	org, err := s.openOkta(ctx)
	if err != nil {
		return nil, err
	}
	servers, err := org.API.AuthorizationServers(ctx)
	if err != nil && !okta.NoFeature(err) {
		return nil, explain.Explain(guide.StepAuthServer, err)
	}
	var out []guide.Option
	for _, server := range append(servers, oktasteps.OrgAuthServer(org)) {
		if server.Status == "ACTIVE" && server.Issuer != "" {
			issuer := oktasteps.Issuers(org, server)[0]
			out = append(out, guide.Option{Value: oidc.WellKnown(issuer), Label: server.Name, Note: issuer})
		}
	}
	return filtered(out, filter), nil
}

// groupOptions lists the org's groups whose names begin with the filter; Okta filters.
func (s *Session) groupOptions(ctx context.Context, filter string) ([]guide.Option, error) {
	org, err := s.openOkta(ctx)
	if err != nil {
		return nil, err
	}
	groups, err := org.API.Groups(ctx, filter)
	return choices(guide.StepAssignment, groups, err, func(g okta.Group) (guide.Option, bool) {
		return guide.Option{Value: handle(g.Name, g.ID), Label: g.Name, Note: g.Description}, true
	})
}

func (*Session) configurationOptions(ctx context.Context, api services.Genesys) ([]guide.Option, error) {
	all, err := api.Configurations(ctx)
	if err != nil {
		return nil, explain.Explain(guide.StepConfiguration, err)
	}
	deployments, err := api.Deployments(ctx)
	used := map[string]int{}
	for _, d := range deployments {
		used[d.ConfigurationID]++
	}
	return choices(guide.StepDeployment, all, err, func(c genesys.Configuration) (guide.Option, bool) {
		return guide.Option{Value: handle(c.Name, c.ID), Label: c.Name, Note: usedBy(used[c.ID])}, true
	})
}

func usedBy(deployments int) string {
	if deployments == 0 {
		return "not used by any deployment"
	}
	return "used by " + explain.Counted(deployments, "deployment", "deployments")
}

func (*Session) deploymentOptions(ctx context.Context, api services.Genesys) ([]guide.Option, error) {
	all, err := api.Deployments(ctx)
	return choices(guide.StepDeployment, all, err, func(d genesys.Deployment) (guide.Option, bool) {
		return guide.Option{Value: handle(d.Name, d.ID), Label: d.Name, Note: "uses version " + d.ConfigurationVersion + ", allows " + genesyssteps.AllowedDomains(d)}, true
	})
}

func (*Session) flowOptions(ctx context.Context, api services.Genesys) ([]guide.Option, error) {
	flows, err := api.Flows(ctx)
	out, err := choices(guide.StepDeployment, flows, err, func(f genesys.Flow) (guide.Option, bool) {
		return guide.Option{Value: handle(f.Name, f.ID), Label: f.Name, Note: "published"}, f.Published
	})
	if err != nil {
		return nil, err
	}
	return slices.Insert(out, 0, guide.Option{Value: guide.NoFlow, Label: "No flow yet", Note: "messages aren't routed"}), nil
}

// handle is what an option stands for: the name, by which a user knows the thing, or the id where the service would
// not know the name as it is shown here.
func handle(name, id string) string {
	if !guide.Takes(guide.DeploymentName, name) || strings.Contains(name, "‹U+") {
		return id
	}
	return name
}

func filtered(options []guide.Option, filter string) []guide.Option {
	return slices.DeleteFunc(slices.Clone(options), func(o guide.Option) bool {
		return !strings.Contains(strings.ToLower(o.Label), strings.ToLower(filter))
	})
}
