package apiclient

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// everything is the bucket that holds back all calls of a client.
const everything = ""

// The reasons of a Wait.
const (
	forLimit = "rate limit"
	forRetry = "retry"
)

// gate holds calls back while the service has asked for a pause: all of them, or those of one bucket.
type gate struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// shut holds the bucket's calls back for wait; it never shortens a pause.
func (g *gate) shut(bucket string, wait time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.until == nil {
		g.until = map[string]time.Time{}
	}
	if until := time.Now().Add(wait); until.After(g.until[bucket]) {
		g.until[bucket] = until
	}
}

// left is how long a call of the bucket must still wait.
func (g *gate) left(bucket string) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return max(time.Until(g.until[everything]), time.Until(g.until[bucket]))
}

// pass waits until the gate is open for req.
func (c *Client) pass(ctx context.Context, req Request) error {
	for {
		wait := c.gate.left(c.bucket(req))
		if wait <= 0 {
			return ctx.Err()
		}
		if err := c.pause(ctx, forLimit, wait); err != nil {
			return err
		}
	}
}

// pace shuts the bucket's gate when an answer says that it was the last one for now.
func (c *Client) pace(req Request, ans answer) {
	bucket := c.bucket(req)
	if bucket == everything || ans.Status == http.StatusTooManyRequests || ans.Header.Get("X-Rate-Limit-Remaining") != "0" {
		return
	}
	if wait, known := untilReset(ans.Header); known && wait > time.Second && wait <= maxPause {
		c.gate.shut(bucket, wait)
	}
}

func (c *Client) bucket(req Request) string {
	if c.cfg.Bucket == nil {
		return everything
	}
	return c.cfg.Bucket(req.Path)
}
