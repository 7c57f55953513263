package oktasim

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The kinds of org that differ in what a sign-in depends on (contract okta.md 0.1, 4, 6).
const (
	Integrator   = "integrator"    // Integrator Free Plan: the server "default" has no policy, and few calls a minute are allowed
	Workforce    = "workforce"     // a production org: "default" lets every client in
	NoAPIAM      = "no-api-am"     // a production org without API Access Management
	CustomDomain = "custom-domain" // a production org with a domain of its own, here "localhost"
)

type profile struct {
	noAPIAM, hasPolicy, customDomain bool
	limits                           func() map[string]int
}

var profiles = map[string]profile{
	Integrator:   {limits: IntegratorLimits},
	Workforce:    {limits: WorkforceLimits, hasPolicy: true},
	NoAPIAM:      {limits: WorkforceLimits, noAPIAM: true},
	CustomDomain: {limits: WorkforceLimits, hasPolicy: true, customDomain: true},
}

// Profiles returns the names that Options.Profile can have, in order.
func Profiles() []string { return slices.Sorted(maps.Keys(profiles)) }

// The most that an org is filled with; Okta's list of groups ends there too (contract okta.md 2).
const mostExtra = 10000

// Check says which option has a value that no org can be made from.
func (o Options) Check() error {
	if _, ok := profiles[o.Profile]; !ok && o.Profile != "" {
		return fmt.Errorf("the Okta profile %q is not one of %s", o.Profile, strings.Join(Profiles(), ", "))
	}
	for name, n := range map[string]int{"groups": o.Groups, "apps": o.Apps} {
		if n < 0 || n > mostExtra {
			return fmt.Errorf("%d more %s: it must be 0 to %d", n, name, mostExtra)
		}
	}
	return nil
}

// settled are the options with what the profile adds to them.
func (o Options) settled() Options {
	p, ok := profiles[o.Profile]
	if !ok {
		p = profiles[Integrator]
	}
	o.NoAPIAccessManagement = o.NoAPIAccessManagement || p.noAPIAM
	o.DefaultHasPolicy = o.DefaultHasPolicy || p.hasPolicy
	o.customDomain = p.customDomain
	if o.Limits == nil {
		o.Limits = p.limits()
	}
	return o
}
