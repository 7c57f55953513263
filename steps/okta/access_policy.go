package okta

import (
	"context"
	"fmt"
	"slices"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

const (
	policyName = "Genesys Messenger"
	ruleName   = "Messenger sign-in"
)

// Policy is an access policy of an authorization server.
type Policy struct {
	okta.Policy
	Server string // the server's ID
}

// PolicyObject is an access policy of an org. apps says, in an undo, which apps need it.
func PolicyObject(api services.Okta, apps *AppList) engine.Object[Policy] {
	return engine.Object[Policy]{
		Kind: guide.KindPolicy,
		Ref:  func(p Policy) engine.Ref { return engine.Ref{ID: p.ID, In: []string{p.Server}} },
		Read: func(ctx context.Context, at engine.Ref) (Policy, error) {
			p, err := api.Policy(ctx, at.In[0], at.ID)
			return Policy{p, at.In[0]}, err
		},
		Delete: func(ctx context.Context, at engine.Ref) error {
			return api.DeletePolicy(ctx, at.In[0], at.ID)
		},
		Deleted: "with its rule",
		Trace: func(ctx context.Context, e engine.Entry) (out []Policy, err error) {
			if len(e.Ref.In) < 1 || e.Given(fieldClients) == nil {
				return nil, nil
			}
			all, err := api.Policies(ctx, e.Ref.In[0])
			for _, p := range all {
				out = append(out, Policy{p, e.Ref.In[0]})
			}
			return out, err
		},
		// A policy for its app alone.
		CreatedByRun: func(p Policy, e engine.Entry, _ string) bool {
			return p.Name == e.Name && slices.Equal(p.Clients, e.Given(fieldClients))
		},
		Users: func(ctx context.Context, now Policy, e engine.Entry, u *engine.Undo) (string, error) {
			if given := e.Given(fieldClients); given != nil && !slices.Equal(now.Clients, given) {
				return "it now covers other apps", nil
			}
			return apps.staysFor(ctx, u, func(a okta.App) bool { return slices.Contains(now.Clients, a.ClientID) })
		},
	}
}

// fieldClients is the field of an access policy that names its apps.
const fieldClients = "clients"

// PolicySearch is what the access policies of an authorization server have for an app.
type PolicySearch struct {
	Server okta.AuthorizationServer // ID empty: the org authorization server, which has no access policies
	All    []okta.Policy
	Policy *okta.Policy // that covers the app, or was left without a rule by an earlier run; nil: none
	Rule   *okta.Rule   // that lets users sign in; nil: none
	unfit  []string     // IDs of active policies that cover the app, but none of their rules lets users sign in
}

// SearchPolicies looks for an access policy with a rule that signs users in to the app. Without one, the server refuses
// everyone, and "default" starts without one (contract okta.md 0, 4).
func SearchPolicies(org *engine.Lookup[Org], server *engine.Lookup[AuthServer], app engine.Source[okta.App]) engine.Find[PolicySearch] {
	return func(ctx context.Context, notes *engine.Notes) (PolicySearch, error) {
		s, err := server.Get(ctx)
		search := PolicySearch{Server: s.AuthorizationServer}
		if err != nil || s.ID == "" {
			return search, err
		}
		o, p, err := engine.Both(ctx, org.Get, app.Planned)
		if err != nil {
			return search, err
		}
		if search.All, err = o.API.Policies(ctx, s.ID); err != nil {
			return search, err
		}
		return search, search.find(ctx, o, clientID(ctx, app, p, notes.Again))
	}
}

// clientID is the app's, empty where the app is to be created. A look after an answer was lost finds the app made.
func clientID(ctx context.Context, app engine.Source[okta.App], p engine.Planned[okta.App], again bool) string {
	if again && !p.Exists {
		made, _ := app.Made(ctx) // its error is reported by the app itself
		return made.ClientID
	}
	return p.Value.ClientID
}

func (s *PolicySearch) find(ctx context.Context, org Org, clientID string) error {
	for _, p := range s.All {
		if p.Status != "ACTIVE" || !Covers(p, clientID) {
			continue
		}
		rules, err := org.API.Rules(ctx, s.Server.ID, p.ID)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(rules, AllowsSignIn); i >= 0 {
			s.Policy, s.Rule = &p, &rules[i]
			return nil
		}
		if slices.Equal(p.Clients, []string{clientID}) && len(rules) == 0 {
			s.Policy = &p
		} else {
			s.unfit = append(s.unfit, p.ID)
		}
	}
	return nil
}

type policy struct {
	engine.Object[Policy]
	org    Org
	server AuthServer
	search *engine.Lookup[PolicySearch]
	app    engine.Source[okta.App]
}

// NewPolicies wants an access policy that covers the app, where the server has access policies.
func NewPolicies(org *engine.Lookup[Org], server *engine.Lookup[AuthServer], search *engine.Lookup[PolicySearch], app engine.Source[okta.App]) engine.Listing[Policy] {
	return func(ctx context.Context, _ *engine.Notes) ([]engine.Resource[Policy], error) {
		s, err := server.Get(ctx)
		if err != nil || s.ID == "" {
			return nil, err
		}
		o, err := org.Get(ctx)
		return []engine.Resource[Policy]{policy{PolicyObject(o.API, nil), o, s, search, app}}, err
	}
}

func (p policy) Key(context.Context) (engine.Key, error) {
	return engine.Key{In: []string{p.server.ID}}, nil
}

// Fits takes only an active policy of this app: a run may have made several on one server. One that others deactivated,
// or whose rule they changed, is left to them, as a policy of theirs is.
func (p policy) Fits(ctx context.Context, made Policy) (bool, error) {
	app, err := p.app.Planned(ctx)
	if err != nil || !app.Exists || made.Status != "ACTIVE" || !slices.Equal(made.Clients, []string{app.Value.ClientID}) {
		return false, err
	}
	s, err := p.search.Get(ctx)
	return !slices.Contains(s.unfit, made.ID), err
}

func (p policy) Find(ctx context.Context, notes *engine.Notes) (*Policy, error) {
	s, err := p.search.For(ctx, notes)
	if err != nil || s.Policy == nil {
		return nil, err
	}
	return &Policy{*s.Policy, s.Server.ID}, nil
}

func (p policy) Describe(ctx context.Context, found Policy, _ *engine.Notes) (engine.Row, error) {
	s, err := p.search.Get(ctx)
	row := engine.Row{Name: found.Name, Why: p.where() + ", has no rule"}
	if s.Rule != nil {
		row.Why = p.where() + ", covers the app"
	}
	return row, err
}

func (p policy) where() string { return fmt.Sprintf("on %s %q", p.org.Host(), p.server.Name) }

func (p policy) Draft(ctx context.Context, stage engine.Stage, notes *engine.Notes) (engine.Draft[Policy], error) {
	s, err := p.search.Get(ctx)
	if err != nil {
		return engine.Draft[Policy]{}, err
	}
	taken := slices.Clone(s.All)
	for _, c := range notes.Ahead(guide.KindPolicy) {
		if slices.Equal(c.In, []string{s.Server.ID}) {
			taken = append(taken, okta.Policy{Name: c.Name})
		}
	}
	name := freeName(policyName, taken, func(p okta.Policy) string { return p.Name })
	d := engine.Draft[Policy]{Name: name, Why: p.where(), In: []string{s.Server.ID}}
	if stage == engine.Planning {
		notes.Attend(fmt.Sprintf("%q has no access policy for this app, so Okta would refuse sign-in. The wizard adds one.", s.Server.Name))
		return d, nil
	}
	app, err := p.app.Made(ctx)
	if err != nil {
		return d, err
	}
	want := okta.Policy{Name: d.Name, Clients: []string{app.ClientID}, Priority: 1}
	d.Fields = []engine.FieldChange{{Field: fieldClients, List: true, After: want.Clients}}
	d.Send = func(ctx context.Context) (Policy, error) {
		made, err := p.org.API.CreatePolicy(ctx, s.Server.ID, want)
		return Policy{made, s.Server.ID}, err
	}
	return d, nil
}
