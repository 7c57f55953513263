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
	Bucket string        // as Config.Bucket names it; empty: all calls
	Limit  int           // calls in one window
	Window time.Duration // as far as answers showed it; about a minute
	Calls  int           // that this client made
	Left   int           // in the window that ends at Until
	Until  time.Time
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

// note remembers the time and the rate limit that an answer has. A limit of 0 is no rate limit: it stands in the
// refusal of too many calls at once (contract okta.md 6).
func (c *Client) note(req Request, ans answer) {
	c.seen.mu.Lock()
	defer c.seen.mu.Unlock()
	if date, err := http.ParseTime(ans.Header.Get("Date")); err == nil {
		c.seen.skew, c.seen.dated = time.Until(date).Round(time.Second), true
	}
	bucket, name := c.bucket(req), "X-Rate-Limit-Limit"
	if bucket == everything {
		name = "inin-ratelimit-allowed"
	}
	limit, err := strconv.Atoi(ans.Header.Get(name))
	if err != nil || limit <= 0 {
		return
	}
	if c.seen.limits == nil {
		c.seen.limits = map[string]RateLimit{}
	}
	seen := c.seen.limits[bucket]
	wait, _ := untilReset(ans.Header)
	left, _ := leftOf(bucket, ans.Header)
	c.seen.limits[bucket] = RateLimit{bucket, limit, max(seen.Window, wait-time.Second), seen.Calls + 1, left, time.Now().Add(wait)}
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

// leftOf says how many calls of a window are left. Okta counts by bucket (contract okta.md 6), Genesys Cloud all calls of
// a token (contract genesys.md 6).
func leftOf(bucket string, header http.Header) (left int, known bool) {
	if bucket != everything {
		left, err := strconv.Atoi(header.Get("X-Rate-Limit-Remaining"))
		return left, err == nil
	}
	allowed, err := strconv.Atoi(header.Get("inin-ratelimit-allowed"))
	count, err2 := strconv.Atoi(header.Get("inin-ratelimit-count"))
	return max(0, allowed-count), err == nil && err2 == nil && allowed > 0
}

// untilReset reads when a window ends, with a second for rounding: X-Rate-Limit-Reset is a time (contract okta.md 6),
// inin-ratelimit-reset are seconds (contract genesys.md 6).
func untilReset(header http.Header) (time.Duration, bool) {
	if seconds, err := strconv.Atoi(header.Get("inin-ratelimit-reset")); err == nil {
		return time.Duration(seconds)*time.Second + time.Second, true
	}
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
