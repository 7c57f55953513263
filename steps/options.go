package steps

import (
	"context"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// Options returns what there is to choose from for a question. Services filter where they can.
func Options(ctx context.Context, env *Env, q guide.Question, filter string) ([]guide.Option, error) {
	if list, ok := listed[q.Source]; ok {
		return list(ctx, env, filter)
	}
	return without(q.Fixed, env.unnamed(q.Source)), nil
}

var listed = map[guide.OptionSource]func(ctx context.Context, env *Env, filter string) ([]guide.Option, error){
	guide.ListApps: appOptions, guide.ListGroups: groupOptions, guide.ListAuthServers: serverOptions,
	guide.ListIntegrations: integrationOptions, guide.ListConfigurations: configurationOptions,
	guide.ListDeployments: deploymentOptions, guide.ListFlows: flowOptions, guide.ListProfiles: profileOptions,
}

// unnamed is the sign-in method whose file nobody named, so that it is not offered.
func (e *Env) unnamed(source guide.OptionSource) string {
	switch {
	case source == guide.ListOktaMethods && e.Files.Okta == "":
		return guide.OktaByFile
	case source == guide.ListGenesysMethods && e.Files.GC == "":
		return guide.GenesysByProfile
	default:
		return ""
	}
}

func without(options []guide.Option, value string) []guide.Option {
	return slices.DeleteFunc(slices.Clone(options), func(o guide.Option) bool { return o.Value == value })
}

// openOkta returns the org of the last plan, or opens it; the token goes to an Okta org only.
func openOkta(ctx context.Context, env *Env) (OktaAPI, error) {
	if env.facts.okta != nil {
		return env.facts.okta, nil
	}
	login, err := env.oktaLogin()
	if err != nil {
		return nil, err
	}
	opened, err := env.Dial.Okta(env.Answers.Value(guide.OktaOrg), login)
	if err != nil {
		return nil, explain.Explain("okta", err)
	}
	if _, err := opened.Organization(ctx); err != nil {
		return nil, explain.Explain("okta", explain.NotAnOrg(env.Answers.Value(guide.OktaOrg), err))
	}
	return opened, nil
}

// appOptions lists the org's OIDC web apps whose labels begin with the filter; Okta filters.
func appOptions(ctx context.Context, env *Env, filter string) ([]guide.Option, error) {
	api, err := openOkta(ctx, env)
	if err != nil {
		return nil, err
	}
	apps, err := api.Apps(ctx, filter)
	if err != nil {
		return nil, explain.Explain("app", err)
	}
	var out []guide.Option
	for _, a := range apps {
		if usableApp, _ := usable(a); usableApp != nil {
			out = append(out, guide.Option{Value: a.ID, Label: a.Label, Note: "client " + a.ClientID})
		}
	}
	return out, nil
}

// integrationOptions lists the integrations of the type that Messenger signs in with.
func integrationOptions(ctx context.Context, env *Env, filter string) ([]guide.Option, error) {
	f := &env.facts
	if f.genesys == nil || f.kind.ID == "" {
		return nil, nil
	}
	all, err := f.genesys.Integrations(ctx)
	if err != nil {
		return nil, explain.Explain("integration", err)
	}
	var out []guide.Option
	for _, i := range all {
		if i.TypeID == f.kind.ID {
			out = append(out, guide.Option{Value: i.ID, Label: i.Name, Note: strings.ToLower(i.State)})
		}
	}
	return filtered(out, filter), nil
}

// serverOptions lists the authorization servers by their Discovery URIs, the org's own one last.
func serverOptions(ctx context.Context, env *Env, filter string) ([]guide.Option, error) {
	api, err := openOkta(ctx, env)
	if err != nil {
		return nil, err
	}
	servers, err := api.AuthorizationServers(ctx)
	if err != nil && !okta.NoFeature(err) {
		return nil, explain.Explain("authorization-server", err)
	}
	var out []guide.Option
	for _, s := range append(servers, env.facts.orgServer()) {
		if s.Status == "ACTIVE" && s.Issuer != "" {
			issuer := env.facts.issuers(s)[0]
			out = append(out, guide.Option{Value: oidc.WellKnown(issuer), Label: s.Name, Note: issuer})
		}
	}
	return filtered(out, filter), nil
}

// groupOptions lists the org's groups whose names begin with the filter; Okta filters.
func groupOptions(ctx context.Context, env *Env, filter string) ([]guide.Option, error) {
	api, err := openOkta(ctx, env)
	if err != nil {
		return nil, err
	}
	groups, err := api.Groups(ctx, filter)
	if err != nil {
		return nil, explain.Explain("assignment", err)
	}
	var out []guide.Option
	for _, g := range groups {
		out = append(out, guide.Option{Value: handle(g.Name, g.ID), Label: g.Name, Note: g.Description})
	}
	return out, nil
}

func configurationOptions(ctx context.Context, env *Env, filter string) ([]guide.Option, error) {
	f := &env.facts
	if f.genesys == nil {
		return nil, nil
	}
	all, err := f.genesys.Configurations(ctx)
	if err != nil {
		return nil, explain.Explain("configuration", err)
	}
	deployments, err := f.genesys.Deployments(ctx)
	if err != nil {
		return nil, explain.Explain("deployment", err)
	}
	var out []guide.Option
	for _, c := range all {
		used := 0
		for _, d := range deployments {
			if d.ConfigurationID == c.ID {
				used++
			}
		}
		note := "used by no deployment"
		if used > 0 {
			note = "used by " + counted(used, "deployment", "deployments")
		}
		out = append(out, guide.Option{Value: handle(c.Name, c.ID), Label: c.Name, Note: note})
	}
	return filtered(out, filter), nil
}

func deploymentOptions(ctx context.Context, env *Env, filter string) ([]guide.Option, error) {
	f := &env.facts
	if f.genesys == nil {
		return nil, nil
	}
	all, err := f.genesys.Deployments(ctx)
	if err != nil {
		return nil, explain.Explain("deployment", err)
	}
	var out []guide.Option
	for _, d := range all {
		out = append(out, guide.Option{Value: handle(d.Name, d.ID), Label: d.Name, Note: "pins version " + d.ConfigurationVersion + ", serves " + serves(d)})
	}
	return filtered(out, filter), nil
}

func flowOptions(ctx context.Context, env *Env, filter string) ([]guide.Option, error) {
	f := &env.facts
	if f.genesys == nil {
		return nil, nil
	}
	flows, err := f.genesys.Flows(ctx)
	if err != nil {
		return nil, explain.Explain("deployment", err)
	}
	out := []guide.Option{{Value: guide.NoFlow, Label: "No flow yet", Note: "messages reach nobody"}}
	for _, fl := range flows {
		if fl.Published {
			out = append(out, guide.Option{Value: handle(fl.Name, fl.ID), Label: fl.Name, Note: "published"})
		}
	}
	return filtered(out, filter), nil
}

// handle is what an option stands for: the name, by which a person knows the thing, or the id where the service would
// not know the name as it is shown here.
func handle(name, id string) string {
	if _, _, err := guide.ParseName("name")(name); err != nil || strings.Contains(name, "‹U+") {
		return id
	}
	return name
}

func filtered(options []guide.Option, filter string) []guide.Option {
	if filter == "" {
		return options
	}
	var out []guide.Option
	for _, o := range options {
		if strings.Contains(strings.ToLower(o.Label), strings.ToLower(filter)) {
			out = append(out, o)
		}
	}
	return out
}
