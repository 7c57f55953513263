package steps

import (
	"context"
	"strings"
)

// fixed gives options that do not depend on an org.
func fixed(options ...Option) func(context.Context, *Env, string) ([]Option, error) {
	return func(context.Context, *Env, string) ([]Option, error) { return options, nil }
}

// groupOptions lists the org's groups whose names begin with the filter; Okta filters.
func groupOptions(ctx context.Context, env *Env, filter string) ([]Option, error) {
	api := env.facts.okta
	if api == nil {
		opened, err := env.Dial.Okta(env.Answers.Value(OktaOrg), env.Answers.Secret(OktaToken))
		if err != nil {
			return nil, explain("assignment", err)
		}
		if _, err := opened.Organization(ctx); err != nil { // the token goes to an Okta org only
			return nil, explain("okta", notAnOrg(env.Answers.Value(OktaOrg), err))
		}
		api = opened
	}
	groups, err := api.Groups(ctx, filter)
	if err != nil {
		return nil, explain("assignment", err)
	}
	var out []Option
	for _, g := range groups {
		out = append(out, Option{Value: g.Name, Label: g.Name, Note: g.Description})
	}
	return out, nil
}

func configurationOptions(ctx context.Context, env *Env, filter string) ([]Option, error) {
	f := &env.facts
	if f.genesys == nil {
		return nil, nil
	}
	all, err := f.genesys.Configurations(ctx)
	if err != nil {
		return nil, explain("configuration", err)
	}
	deployments, err := f.genesys.Deployments(ctx)
	if err != nil {
		return nil, explain("deployment", err)
	}
	var out []Option
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
		out = append(out, Option{Value: c.Name, Label: c.Name, Note: note})
	}
	return filtered(out, filter), nil
}

func deploymentOptions(ctx context.Context, env *Env, filter string) ([]Option, error) {
	f := &env.facts
	if f.genesys == nil {
		return nil, nil
	}
	all, err := f.genesys.Deployments(ctx)
	if err != nil {
		return nil, explain("deployment", err)
	}
	var out []Option
	for _, d := range all {
		serves := strings.Join(d.AllowedDomains, ", ")
		if d.AllowAllDomains {
			serves = "all domains"
		}
		out = append(out, Option{Value: d.Name, Label: d.Name, Note: "pins version " + d.ConfigurationVersion + ", serves " + serves})
	}
	return filtered(out, filter), nil
}

func flowOptions(ctx context.Context, env *Env, filter string) ([]Option, error) {
	f := &env.facts
	if f.genesys == nil {
		return nil, nil
	}
	flows, err := f.genesys.Flows(ctx)
	if err != nil {
		return nil, explain("deployment", err)
	}
	var out []Option
	for _, fl := range flows {
		if fl.Published {
			out = append(out, Option{Value: fl.Name, Label: fl.Name, Note: "published"})
		}
	}
	return filtered(out, filter), nil
}

func filtered(options []Option, filter string) []Option {
	if filter == "" {
		return options
	}
	var out []Option
	for _, o := range options {
		if strings.Contains(strings.ToLower(o.Label), strings.ToLower(filter)) {
			out = append(out, o)
		}
	}
	return out
}
