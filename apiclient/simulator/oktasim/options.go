package oktasim

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// Options choose what kind of org is simulated.
type Options struct {
	Profile       string         // one of Profiles; empty: Integrator
	ReadOnly      bool           // those who manage the org are read-only
	Roles         []string       // the admin roles of those who manage the org; nil: SUPER_ADMIN, or READ_ONLY_ADMIN
	HideSecrets   bool           // the admin's custom role lacks okta.apps.clientCredentials.read (contract okta.md 1.3)
	Limits        map[string]int // requests a minute by bucket, as the function Limits names them; nil: the profile's; absent or 0: not limited
	Window        time.Duration  // how long a count of Limits lasts; 0: a minute, as at Okta
	HalfForTokens bool           // callers get half of Limits, as new tokens do (contract okta.md 6); otherwise all
	Groups, Apps  int            // how many more there are than an org is seeded with
	Names         []string       // of one more group and app each; the first is also the org's and its admin's
	AutoApprove   bool           // a device is approved as soon as it asks
	WrongNonce    bool           // ID tokens carry another nonce than the page sent
	ReservedNames bool           // federated claims cannot have the names of system claims, which the contract leaves open
	MFAEnrol      bool           // a sign-in ends at a page that asks for a second factor and leads nowhere (contract okta.md 9.3)
	OneFactor     bool           // the sign-in policy of new apps asks for one factor instead of two, as in an upgraded org (contract okta.md 9.3)
	Token         string         // the API token; empty: the seed's
	OthersBut     string         // every API token but this one and the seed's is a super admin's; empty: all others are unknown
	LogDelay      time.Duration  // how late an event shows in the System Log, which is near real time only
	Lag           time.Duration  // how long reads do not find a new object: 404, and missing in lists
	ClockAhead    time.Duration  // how far the org's clock is ahead of this computer's
	LagWrites     bool           // during that time, writes do not find it either

	Inactive bool      // the org's status, which says nothing of what it refuses (contract okta.md 8, 9)
	Expires  time.Time // when the org expires; zero: it doesn't

	Ungranted []string // scopes that the super admin didn't grant to the seeded tools

	Delay func(*http.Request) time.Duration // how long a call waits before it is carried out; nil: not at all
}

// The kinds of org that differ in what a sign-in depends on (contract okta.md 0.1, 4, 6).
const (
	Integrator   = "integrator"    // Integrator Free Plan: the server "default" has no policy, and few calls a minute are allowed
	Workforce    = "workforce"     // a production org: "default" lets every client in
	NoAPIAM      = "no-api-am"     // a production org without API Access Management
	CustomDomain = "custom-domain" // a production org with its own domain, here "localhost"
)

// profile is what a kind of org has.
type profile struct {
	noAPIAM      bool // the license is missing: no custom authorization server
	hasPolicy    bool // the server "default" lets every client in
	customDomain bool
}

var profiles = map[string]profile{
	Integrator:   {},
	Workforce:    {hasPolicy: true},
	NoAPIAM:      {noAPIAM: true},
	CustomDomain: {hasPolicy: true, customDomain: true},
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
	for _, name := range o.Roles {
		if _, ok := roles[name]; !ok {
			return fmt.Errorf("the admin role %q is not one of %s", name, strings.Join(slices.Sorted(maps.Keys(roles)), ", "))
		}
	}
	for name, n := range map[string]int{"groups": o.Groups, "apps": o.Apps} {
		if n < 0 || n > mostExtra {
			return fmt.Errorf("%d more %s: it must be 0 to %d", n, name, mostExtra)
		}
	}
	return nil
}

// bucket is a group of endpoints that share a rate limit.
type bucket struct {
	name                  string
	path                  *regexp.Regexp
	integrator, workforce int
}

// buckets are the endpoints that share a rate limit, the first match counts. Their numbers are requests a
// minute of a whole org (contract okta.md 6). That of /oauth2 is not in the contract: it is taken to be that
// of the other management calls.
var buckets = []bucket{
	{"/api/v1/apps/{id}", regexp.MustCompile(`^/api/v1/apps/[^/]+$`), 100, 500},
	{"/api/v1/apps", regexp.MustCompile(`^/api/v1/apps(/|$)`), 20, 100},
	{"/api/v1/groups/{id}", regexp.MustCompile(`^/api/v1/groups/[^/]+$`), 100, 1000},
	{"/api/v1/groups", regexp.MustCompile(`^/api/v1/groups$`), 100, 500},
	{"/api/v1/users/{id}", regexp.MustCompile(`^/api/v1/users/[^/]+$`), 100, 2000},
	{"/api/v1", regexp.MustCompile(`^/api/v1/`), 100, 1200},
	{"/oauth2", regexp.MustCompile(`^/oauth2/`), 100, 1200},
}

// Limits returns the requests a minute of a profile's org, by bucket (contract okta.md 6). A new token gets half of them,
// see Options.HalfForTokens.
func Limits(profile string) map[string]int {
	all := map[string]int{}
	for _, b := range buckets {
		all[b.name] = b.workforce
		if profile == Integrator {
			all[b.name] = b.integrator
		}
	}
	return all
}

// window counts the calls of a bucket since its first one; windows are not aligned to the clock.
type window struct {
	reset time.Time
	used  int
}

// spend takes one call from the bucket of c and says in the headers what is left.
func (s *Server) spend(c *call) error {
	name := first(buckets, func(b bucket) bool { return b.path.MatchString(c.r.URL.Path) }).name
	limit := s.opts.Limits[name]
	if s.opts.HalfForTokens {
		limit = (limit + 1) / 2
	}
	if limit <= 0 {
		return nil
	}
	now := s.now()
	w := s.windows[name]
	if w == nil || !now.Before(w.reset) {
		w = &window{reset: now.Add(cmp.Or(s.opts.Window, time.Minute)).Truncate(time.Second)}
		s.windows[name] = w
	}
	w.used++
	c.header.Set("X-Rate-Limit-Limit", strconv.Itoa(limit))
	c.header.Set("X-Rate-Limit-Remaining", strconv.Itoa(max(0, limit-w.used)))
	c.header.Set("X-Rate-Limit-Reset", strconv.FormatInt(w.reset.Unix(), 10))
	if w.used > limit {
		return refusal.Of("E0000047")
	}
	return nil
}
