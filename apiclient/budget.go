package apiclient

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Budget is what a service said last about one of its rate limits (contract okta.md 6).
type Budget struct {
	Bucket    string    // as Config.Bucket names it
	Limit     int       // calls in one window, which is about a minute
	Remaining int       // calls that are left of them
	Reset     time.Time // when the window ends, by the service's clock
}

// seen is what answers tell besides their bodies.
type seen struct {
	mu      sync.Mutex
	dated   bool
	skew    time.Duration
	budgets map[string]Budget
}

// Skew is how far the service's clock was ahead of this machine's at the last answer, to about a second;
// false: no answer has told the time yet.
func (c *Client) Skew() (time.Duration, bool) {
	c.seen.mu.Lock()
	defer c.seen.mu.Unlock()
	return c.seen.skew, c.seen.dated
}

// Budgets returns the last word on each rate limit, by bucket; none for a service that does not tell.
func (c *Client) Budgets() []Budget {
	c.seen.mu.Lock()
	defer c.seen.mu.Unlock()
	return slices.SortedFunc(maps.Values(c.seen.budgets), func(a, b Budget) int { return cmp.Compare(a.Bucket, b.Bucket) })
}

// note remembers the time and the rate limit that an answer tells. A limit of 0 is no budget: it stands in the
// refusal of too many calls at once (contract okta.md 6).
func (c *Client) note(req Request, ans answer) {
	c.seen.mu.Lock()
	defer c.seen.mu.Unlock()
	if date, err := http.ParseTime(ans.Header.Get("Date")); err == nil {
		c.seen.skew, c.seen.dated = time.Until(date).Round(time.Second), true
	}
	limit, noLimit := strconv.Atoi(ans.Header.Get("X-Rate-Limit-Limit"))
	left, noLeft := strconv.Atoi(ans.Header.Get("X-Rate-Limit-Remaining"))
	reset, noReset := strconv.ParseInt(ans.Header.Get("X-Rate-Limit-Reset"), 10, 64)
	bucket := c.bucket(req)
	if noLimit != nil || noLeft != nil || noReset != nil || limit <= 0 || bucket == everything {
		return
	}
	if c.seen.budgets == nil {
		c.seen.budgets = map[string]Budget{}
	}
	c.seen.budgets[bucket] = Budget{Bucket: bucket, Limit: limit, Remaining: left, Reset: time.Unix(reset, 0)}
}
