package oktasim

import (
	"cmp"
	"regexp"
	"strconv"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

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

// IntegratorLimits returns the requests a minute of an Integrator Free Plan org (contract okta.md 6). They
// are the org's: a new token gets half of them, see Options.HalfForTokens.
func IntegratorLimits() map[string]int {
	limits := map[string]int{}
	for _, b := range buckets {
		limits[b.name] = b.integrator
	}
	return limits
}

// workforceLimits are those of a production org (contract okta.md 6).
func workforceLimits() map[string]int {
	limits := map[string]int{}
	for _, b := range buckets {
		limits[b.name] = b.workforce
	}
	return limits
}

// window counts the calls of a bucket since its first one; windows are not aligned to the clock.
type window struct {
	reset time.Time
	used  int
}

// spend takes one call from the bucket of c and says in the headers what is left.
func (s *Server) spend(c *call) error {
	for _, b := range buckets {
		if !b.path.MatchString(c.r.URL.Path) {
			continue
		}
		limit := s.opts.Limits[b.name]
		if s.opts.HalfForTokens {
			limit = (limit + 1) / 2
		}
		if limit <= 0 {
			return nil
		}
		now := s.now()
		w := s.windows[b.name]
		if w == nil || !now.Before(w.reset) {
			w = &window{reset: now.Add(cmp.Or(s.opts.Window, time.Minute)).Truncate(time.Second)}
			s.windows[b.name] = w
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
	return nil
}
