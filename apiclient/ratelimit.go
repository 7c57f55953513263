package apiclient

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

const (
	minPause = time.Second
	maxPause = 120 * time.Second // a longer one is the caller's to decide
)

// RateLimit is what a service said last about one of its rate limits (contract okta.md 6).
type RateLimit struct {
	Bucket string // as Config.Bucket names it
	Limit  int    // calls in one window, which is about a minute
}

// seen is what answers say outside of their bodies.
type seen struct {
	mu     sync.Mutex
	dated  bool
	skew   time.Duration
	limits map[string]RateLimit
}

// Skew is how far the service's clock was ahead of this machine's at the last answer, to about a second;
// false: no answer has told the time yet.
func (c *Client) Skew() (time.Duration, bool) {
	c.seen.mu.Lock()
	defer c.seen.mu.Unlock()
	return c.seen.skew, c.seen.dated
}

// RateLimits returns the last word on each rate limit, by bucket; none for a service that does not tell.
func (c *Client) RateLimits() []RateLimit {
	c.seen.mu.Lock()
	defer c.seen.mu.Unlock()
	return slices.SortedFunc(maps.Values(c.seen.limits), func(a, b RateLimit) int { return cmp.Compare(a.Bucket, b.Bucket) })
}

// note remembers the time and the rate limit that an answer tells. A limit of 0 is no rate limit: it stands in the
// refusal of too many calls at once (contract okta.md 6).
func (c *Client) note(req Request, ans answer) {
	c.seen.mu.Lock()
	defer c.seen.mu.Unlock()
	if date, err := http.ParseTime(ans.Header.Get("Date")); err == nil {
		c.seen.skew, c.seen.dated = time.Until(date).Round(time.Second), true
	}
	limit, err := strconv.Atoi(ans.Header.Get("X-Rate-Limit-Limit"))
	bucket := c.bucket(req)
	if err != nil || limit <= 0 || bucket == everything {
		return
	}
	if c.seen.limits == nil {
		c.seen.limits = map[string]RateLimit{}
	}
	c.seen.limits[bucket] = RateLimit{bucket, limit}
}

// askedPause reads how long a 429 asks to wait; false: it does not say, or says 0. Times of day are compared
// with the answer's own Date, because this machine's clock may be wrong.
func askedPause(header http.Header) (time.Duration, bool) {
	if after := header.Get("Retry-After"); after != "" {
		if date, err := http.ParseTime(after); err == nil {
			return max(date.Sub(now(header)), minPause), true
		}
		seconds, err := strconv.ParseInt(after, 10, 32)
		if err != nil && !errors.Is(err, strconv.ErrRange) || seconds <= 0 {
			return 0, false
		}
		return time.Duration(seconds) * time.Second, true
	}
	if wait, known := untilReset(header); known {
		return max(wait, minPause), true
	}
	return 0, false
}

// untilReset reads X-Rate-Limit-Reset (contract okta.md 6), with a second for rounding.
func untilReset(header http.Header) (time.Duration, bool) {
	epoch, err := strconv.ParseInt(header.Get("X-Rate-Limit-Reset"), 10, 64)
	if err != nil {
		return 0, false
	}
	return time.Unix(epoch, 0).Sub(now(header)) + time.Second, true
}

// now is the service's time of the answer, or this machine's where it does not say.
func now(header http.Header) time.Time {
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		return date
	}
	return time.Now()
}
