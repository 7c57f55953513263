package steps

import (
	"context"
	"fmt"
	"slices"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/guide"
)

// accessPolicy makes a custom authorization server sign people in to the app. Without an access policy with a
// fitting rule it refuses everyone, and "default" starts without one (contract okta.md 0, 4).
type accessPolicy struct{}

func (accessPolicy) ID() string               { return "access-policy" }
func (accessPolicy) Section() guide.SectionID { return guide.SectionIntegration }

const (
	policyName = "Genesys Messenger"
	ruleName   = "Messenger sign-in"
)

func (accessPolicy) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	f.policy = nil
	if f.server.ID == "" {
		return nil, nil // the org's own server has no access policies
	}
	policies, err := f.okta.Policies(ctx, f.server.ID)
	if err != nil {
		return nil, err
	}
	f.policies = policies
	clientID := ""
	if f.app != nil {
		clientID = f.app.ClientID
	}
	where := fmt.Sprintf("on %s %q", guide.Host(f.oktaURL), f.server.Name)
	for _, p := range policies {
		if p.Status != "ACTIVE" || !Covers(p, clientID) {
			continue
		}
		rules, err := f.okta.Rules(ctx, f.server.ID, p.ID)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(rules, AllowsSignIn); i >= 0 {
			why := "lets people sign in"
			grants := wantedApp(env.Answers, f.app).GrantTypes
			if asked := PageScopes(grants, []string{offlineAccess}, rules[i]); slices.Contains(grants, refreshGrant) && !slices.Contains(asked, offlineAccess) {
				why += ", but gives no offline_access: the page will not ask for it"
			}
			return []Change{
				{Verb: Reuse, Kind: guide.KindPolicy, Name: p.Name, ID: p.ID, Why: where + ", covers the app"},
				{Verb: Reuse, Kind: guide.KindRule, Name: rules[i].Name, ID: rules[i].ID, Why: why},
			}, nil
		}
		if slices.Equal(p.Clients, []string{clientID}) && len(rules) == 0 {
			f.policy = &p // an earlier run ended between the policy and its rule
		}
	}
	rule := Change{Verb: Create, Kind: guide.KindRule, Name: ruleName, Why: "Authorization Code, for everyone assigned"}
	if f.policy != nil {
		return []Change{{Verb: Reuse, Kind: guide.KindPolicy, Name: f.policy.Name, ID: f.policy.ID, Why: where + ", has no rule"}, rule}, nil
	}
	f.notice(Notice{guide.SectionIntegration, false, fmt.Sprintf("%q has no access policy for this app: sign-in would be refused. One will be added.", f.server.Name)})
	return []Change{{Verb: Create, Kind: guide.KindPolicy, Name: policyName, Why: where}, rule}, nil
}

func (s accessPolicy) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	for _, c := range f.planOf(s) {
		if !c.Writes() {
			continue
		}
		act := f.createPolicy
		c.Back = Back{In: []string{f.server.ID}, Added: map[string][]string{BackClients: {f.app.ClientID}}}
		if c.Kind == guide.KindRule {
			act = f.createRule
			c.Back.In = append(c.Back.In, f.policy.ID)
		}
		if err := env.do(ctx, c, act); err != nil {
			return err
		}
	}
	return nil
}

func (f *facts) createPolicy(ctx context.Context) (string, error) {
	name := policyName
	if slices.ContainsFunc(f.policies, func(p okta.Policy) bool { return p.Name == name }) {
		name += " " + f.app.ClientID // another app's policy of ours has the plain name
	}
	made, err := f.okta.CreatePolicy(ctx, f.server.ID, okta.Policy{Name: name, Clients: []string{f.app.ClientID}, Priority: 1})
	f.policy = &made
	return made.ID, err
}

func (f *facts) createRule(ctx context.Context) (string, error) {
	made, err := f.okta.CreateRule(ctx, f.server.ID, f.policy.ID, okta.Rule{
		Name: ruleName, Priority: 1, Groups: []string{"EVERYONE"}, GrantTypes: []string{"authorization_code"}, Scopes: []string{"*"},
	})
	return made.ID, err
}

// Covers reports whether an access policy speaks of the client, by name or among all (contract okta.md 4).
func Covers(p okta.Policy, clientID string) bool {
	return slices.Contains(p.Clients, "ALL_CLIENTS") || clientID != "" && slices.Contains(p.Clients, clientID)
}

const (
	refreshGrant  = "refresh_token"
	offlineAccess = "offline_access"
)

// PageScopes are what the page asks for: who the visitor is, and offline_access where the app has the grant for it, the
// server offers it and the rule gives it. Okta refuses whoever asks for more than the rule gives, and rules are not
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

// AllowsSignIn reports whether a rule lets somebody sign in by the code flow with the scopes that the page then asks for.
func AllowsSignIn(r okta.Rule) bool {
	return r.Status == "ACTIVE" && len(r.Groups) > 0 && slices.Contains(r.GrantTypes, "authorization_code") &&
		!slices.ContainsFunc(PageScopes(nil, nil, r), func(scope string) bool { return !gives(r, scope) })
}
