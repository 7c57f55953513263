package okta

import (
	"context"
	"slices"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// Rule is a rule of an access policy.
type Rule struct {
	okta.Rule
	Server, Policy string // their IDs
}

// RuleObject is a rule of an access policy of an org.
func RuleObject(api services.Okta) engine.Object[Rule] {
	return engine.Object[Rule]{
		Kind: guide.KindRule,
		Ref:  func(r Rule) engine.Ref { return engine.Ref{ID: r.ID, In: []string{r.Server, r.Policy}} },
		Read: func(ctx context.Context, at engine.Ref) (Rule, error) {
			r, err := api.Rule(ctx, at.In[0], at.In[1], at.ID)
			return Rule{r, at.In[0], at.In[1]}, err
		},
		Delete: func(ctx context.Context, at engine.Ref) error {
			return api.DeleteRule(ctx, at.In[0], at.In[1], at.ID)
		},
		Deleted: "its policy existed before and stays",
		Within: func(at engine.Ref) (guide.ObjectKind, string) {
			if len(at.In) < 2 {
				return guide.KindPolicy, ""
			}
			return guide.KindPolicy, at.In[1]
		},
		Trace: func(ctx context.Context, e engine.Entry) (out []Rule, err error) {
			if len(e.Ref.In) < 2 {
				return nil, nil
			}
			all, err := api.Rules(ctx, e.Ref.In[0], e.Ref.In[1])
			for _, r := range all {
				out = append(out, Rule{r, e.Ref.In[0], e.Ref.In[1]})
			}
			return out, err
		},
		CreatedByRun: func(r Rule, e engine.Entry, _ string) bool { return r.Name == e.Name },
	}
}

type rule struct {
	engine.Object[Rule]
	api      services.Okta
	search   *engine.Lookup[PolicySearch]
	policies *engine.Set[Policy]
	pages    *engine.Lookup[Pages]
}

// NewRules wants a rule that lets users sign in, where the server has access policies.
func NewRules(org *engine.Lookup[Org], search *engine.Lookup[PolicySearch], policies *engine.Set[Policy], pages *engine.Lookup[Pages]) engine.Listing[Rule] {
	return func(ctx context.Context, _ *engine.Notes) ([]engine.Resource[Rule], error) {
		s, err := search.Get(ctx)
		if err != nil || s.Server.ID == "" {
			return nil, err
		}
		o, err := org.Get(ctx)
		return []engine.Resource[Rule]{rule{RuleObject(o.API), o.API, search, policies, pages}}, err
	}
}

func (r rule) Key(ctx context.Context) (engine.Key, error) {
	planned, err := r.policies.Planned(ctx)
	if err != nil || len(planned) == 0 || !planned[0].Exists {
		return engine.Key{}, err
	}
	p := planned[0].Value
	return engine.Key{In: []string{p.Server, p.ID}}, nil
}

func (r rule) Find(ctx context.Context, notes *engine.Notes) (*Rule, error) {
	s, err := r.search.For(ctx, notes)
	if err != nil || s.Rule == nil {
		return nil, err
	}
	return &Rule{*s.Rule, s.Server.ID, s.Policy.ID}, nil
}

func (r rule) Describe(ctx context.Context, found Rule, _ *engine.Notes) (engine.Row, error) {
	row := engine.Row{Name: found.Name, Why: "lets users sign in"}
	pages, err := r.pages.Get(ctx)
	grants := pages.GrantTypes.Values
	if slices.Contains(grants, refreshGrant) && !slices.Contains(PageScopes(grants, []string{offlineAccess}, found.Rule), offlineAccess) {
		row.Why += ", without offline_access, so the page doesn't request it"
	}
	return row, err
}

func (r rule) Draft(ctx context.Context, stage engine.Stage, _ *engine.Notes) (engine.Draft[Rule], error) {
	d := engine.Draft[Rule]{Name: ruleName, Why: "Authorization Code, for everyone assigned"}
	if stage == engine.Planning {
		return d, nil
	}
	made, err := r.policies.Made(ctx)
	if err != nil {
		return d, err
	}
	p := made[0]
	d.In = []string{p.Server, p.ID}
	d.Send = func(ctx context.Context) (Rule, error) {
		rule, err := r.api.CreateRule(ctx, p.Server, p.ID, okta.Rule{
			Name: ruleName, Priority: 1, Groups: []string{"EVERYONE"}, GrantTypes: []string{"authorization_code"}, Scopes: []string{"*"},
		})
		return Rule{rule, p.Server, p.ID}, err
	}
	return d, nil
}

// Covers reports whether an access policy is for the client, by name or among all (contract okta.md 4).
func Covers(p okta.Policy, clientID string) bool {
	return slices.Contains(p.Clients, "ALL_CLIENTS") || clientID != "" && slices.Contains(p.Clients, clientID)
}

const (
	refreshGrant  = "refresh_token"
	offlineAccess = "offline_access"
)

// PageScopes are what the page asks for: who the visitor is, and offline_access where the app has the grant for it, the
// server offers it, and the rule gives it. Okta refuses a page that asks for more than the rule gives, and rules are not
// changed for it: without refresh tokens visitors sign in all the same.
func PageScopes(grants, offered []string, r okta.Rule) []string {
	scopes := []string{"openid", "email", "profile"}
	if slices.Contains(grants, refreshGrant) && slices.Contains(offered, offlineAccess) && gives(r, offlineAccess) {
		scopes = append(scopes, offlineAccess)
	}
	return scopes
}

func gives(r okta.Rule, scope string) bool {
	return slices.Contains(r.Scopes, "*") || slices.Contains(r.Scopes, scope)
}

// AllowsSignIn reports whether a rule lets users sign in by the code flow with the scopes that the page then asks for.
func AllowsSignIn(r okta.Rule) bool {
	return r.Status == "ACTIVE" && len(r.Groups) > 0 && !slices.Contains(r.NotGroups, "EVERYONE") && slices.Contains(r.GrantTypes, "authorization_code") &&
		!slices.ContainsFunc(PageScopes(nil, nil, r), func(scope string) bool { return !gives(r, scope) })
}
