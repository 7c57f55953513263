package okta

import (
	"context"
	"fmt"
	"slices"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/taskgroup"
)

// Factors is how many factors an app sign-in policy asks users for.
type Factors string

// The words that Okta has for them (contract okta.md 9.3), and this package's for rules that differ.
const (
	FactorsUnknown Factors = ""
	OneFactor      Factors = "1FA"
	TwoFactors     Factors = "2FA"
	MixedFactors   Factors = "mixed"
)

// factorWords go on after the name of a policy.
var factorWords = map[Factors]string{
	FactorsUnknown: "doesn't tell how many factors it asks for",
	OneFactor:      "asks for one factor",
	TwoFactors:     "asks for two factors",
	MixedFactors:   "asks some users for two factors",
}

// SignInPolicy is an app sign-in policy and what its rules come to.
type SignInPolicy struct {
	Name    string
	Factors Factors
}

// String says what the policy asks for, as a sentence.
func (p SignInPolicy) String() string {
	if p.Name == "" {
		return "The app sign-in policy " + factorWords[p.Factors] + "."
	}
	return fmt.Sprintf("The app sign-in policy %q %s.", p.Name, factorWords[p.Factors])
}

// ReadSignInPolicy reads the policy of an app. The zero policy: Okta names none.
func ReadSignInPolicy(ctx context.Context, api services.Okta, app okta.App) (SignInPolicy, error) {
	if app.SignInPolicy == "" {
		return SignInPolicy{}, nil
	}
	var policy okta.SignInPolicy
	var rules []okta.SignInRule
	g, ctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { policy, err = api.SignInPolicy(ctx, app.SignInPolicy); return err })
	g.Go(func() (err error) { rules, err = api.SignInRules(ctx, app.SignInPolicy); return err })
	err := g.Wait()
	return SignInPolicy{policy.Name, factorsOf(rules)}, err
}

// factorsOf is what the active rules that allow users come to.
func factorsOf(rules []okta.SignInRule) Factors {
	found := FactorsUnknown
	for _, r := range rules {
		factors := Factors(r.FactorMode)
		switch {
		case r.Status != "ACTIVE" || r.Access == "DENY":
		case factors != OneFactor && factors != TwoFactors:
			return FactorsUnknown
		case found == FactorsUnknown:
			found = factors
		case found != factors:
			found = MixedFactors
		}
	}
	return found
}

// ShowSignInPolicy shows how many factors users need at the app. That it can't be read is no reason to stop: an OAuth client
// may not have the scope for it (contract okta.md 3.5).
func ShowSignInPolicy(org *engine.Lookup[Org], app engine.Source[okta.App]) engine.Find[SignInPolicy] {
	return func(ctx context.Context, notes *engine.Notes) (SignInPolicy, error) {
		o, err := org.Get(ctx)
		if err != nil {
			return SignInPolicy{}, err
		}
		var all []okta.SignInPolicy
		var planned engine.Planned[okta.App]
		g, gctx := taskgroup.WithContext(ctx)
		g.Go(func() error { all, _ = o.API.SignInPolicies(gctx); return nil })
		g.Go(func() (err error) { planned, err = app.Planned(gctx); return err })
		if err := g.Wait(); err != nil {
			return SignInPolicy{}, err
		}
		meant := policyOf(all, planned)
		policy := SignInPolicy{Name: meant.Name}
		if meant.ID != "" {
			rules, _ := o.API.SignInRules(ctx, meant.ID)
			policy.Factors = factorsOf(rules)
		}
		if ctx.Err() != nil {
			return policy, context.Cause(ctx)
		}
		switch {
		case policy.Factors == FactorsUnknown:
			notes.Attend("Okta may ask users for a second factor. The wizard couldn't read the app sign-in policy.")
		case policy.Factors == OneFactor || planned.Exists:
			notes.OK(policy.String())
		default:
			notes.Attend(fmt.Sprintf("New apps get the app sign-in policy %q, which %s. Users may need to enroll one.", policy.Name, factorWords[policy.Factors]))
		}
		return policy, nil
	}
}

// policyOf is the policy of an app, or for a new one the only policy that Okta made itself.
func policyOf(all []okta.SignInPolicy, app engine.Planned[okta.App]) okta.SignInPolicy {
	is := func(p okta.SignInPolicy) bool { return p.System }
	if app.Exists {
		is = func(p okta.SignInPolicy) bool { return p.ID == app.Value.SignInPolicy }
	}
	found := slices.DeleteFunc(slices.Clone(all), func(p okta.SignInPolicy) bool { return !is(p) })
	switch {
	case len(found) == 1:
		return found[0]
	case app.Exists:
		return okta.SignInPolicy{ID: app.Value.SignInPolicy}
	}
	return okta.SignInPolicy{}
}
