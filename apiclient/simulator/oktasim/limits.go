package oktasim

import (
	"regexp"
	"strconv"
	"time"
)

// buckets are the end points that share a rate limit, the first match counts (contract okta.md 6).
var buckets = []struct {
	name string
	path *regexp.Regexp
}{
	{"/api/v1/apps/{id}", regexp.MustCompile(`^/api/v1/apps/[^/]+$`)},
	{"/api/v1/apps", regexp.MustCompile(`^/api/v1/apps(/|$)`)},
	{"/api/v1/groups/{id}", regexp.MustCompile(`^/api/v1/groups/[^/]+$`)},
	{"/api/v1/groups", regexp.MustCompile(`^/api/v1/groups$`)},
	{"/api/v1/users/{id}", regexp.MustCompile(`^/api/v1/users/[^/]+$`)},
	{"/api/v1", regexp.MustCompile(`^/api/v1/`)},
}

// IntegratorLimits returns the requests a minute of an Integrator Free Plan org (contract okta.md 6).
func IntegratorLimits() map[string]int {
	return map[string]int{
		"/api/v1/apps/{id}":   100,
		"/api/v1/apps":        20,
		"/api/v1/groups/{id}": 100,
		"/api/v1/groups":      100,
		"/api/v1/users/{id}":  100,
		"/api/v1":             100,
	}
}

// window counts the calls of a bucket since its first one; windows are not aligned to the clock.
type window struct {
	reset time.Time
	used  int
}

const windowLength = time.Minute

// spend takes one call from the bucket of c and says in the headers what is left.
func (s *Server) spend(c *call) error {
	for _, b := range buckets {
		if !b.path.MatchString(c.r.URL.Path) {
			continue
		}
		limit := s.opts.Limits[b.name]
		if limit <= 0 {
			return nil
		}
		now := s.now()
		w := s.windows[b.name]
		if w == nil || !now.Before(w.reset) {
			w = &window{reset: now.Add(windowLength).Truncate(time.Second)}
			s.windows[b.name] = w
		}
		w.used++
		c.header.Set("X-Rate-Limit-Limit", strconv.Itoa(limit))
		c.header.Set("X-Rate-Limit-Remaining", strconv.Itoa(max(0, limit-w.used)))
		c.header.Set("X-Rate-Limit-Reset", strconv.FormatInt(w.reset.Unix(), 10))
		if w.used > limit {
			return fail("E0000047")
		}
		return nil
	}
	return nil
}
