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

// sameWindow is how much later the same window may seem to end: services tell it in whole seconds.
const sameWindow = 2 * time.Second

// gate holds calls back while the service has asked for a pause: all of them, or those of one bucket. It also lets no more
// calls of a bucket pass at once than the service has left.
type gate struct {
	mu    sync.Mutex
	lanes map[string]*lane
}

// lane is one bucket at the gate.
type lane struct {
	until  time.Time
	known  bool          // the service says how many calls are left
	left   int           // as the last answers said, the least of one window
	reset  time.Time     // when that window ends
	flying int           // calls without an answer
	landed chan struct{} // closed and replaced with each answer
}

// lane is the bucket's. The caller holds the lock.
func (g *gate) lane(bucket string) *lane {
	if g.lanes == nil {
		g.lanes = map[string]*lane{}
	}
	if g.lanes[bucket] == nil {
		g.lanes[bucket] = &lane{landed: make(chan struct{})}
	}
	return g.lanes[bucket]
}

// shut holds the bucket's calls back for wait; it never shortens a pause.
func (g *gate) shut(bucket string, wait time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if l, until := g.lane(bucket), time.Now().Add(wait); until.After(l.until) {
		l.until = until
	}
}

// enter lets a call of the bucket pass, or says how long it must wait, or until which answer of another one. One call
// always passes: its answer says what is left in the next window.
func (g *gate) enter(bucket string) (wait time.Duration, answer <-chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	l := g.lane(bucket)
	if wait := max(time.Until(g.lane(everything).until), time.Until(l.until)); wait > 0 {
		return wait, nil
	}
	if l.known && l.flying > 0 && l.flying >= l.left {
		return 0, l.landed
	}
	l.flying++
	return 0, nil
}

// leave notes the end of a call, and what its answer says is left; a nil header: no answer came.
func (g *gate) leave(bucket string, header http.Header) {
	g.mu.Lock()
	defer g.mu.Unlock()
	l := g.lane(bucket)
	l.flying--
	if left, known := leftOf(bucket, header); known {
		wait, _ := untilReset(header)
		reset := time.Now().Add(wait)
		if l.known && reset.Sub(l.reset) < sameWindow { // answers may come in another order than the calls were counted
			left = min(left, l.left)
		}
		l.known, l.left, l.reset = true, left, reset
	}
	close(l.landed)
	l.landed = make(chan struct{})
}

// pass waits until the gate is open for req. leave is called with the answer's header.
func (c *Client) pass(ctx context.Context, req Request) (leave func(http.Header), err error) {
	bucket := c.bucket(req)
	for {
		wait, answer := c.gate.enter(bucket)
		switch {
		case wait > 0:
			if err := c.pause(ctx, forLimit, wait); err != nil {
				return nil, err
			}
		case answer != nil:
			select {
			case <-answer:
			case <-ctx.Done():
				return nil, context.Cause(ctx)
			}
		case ctx.Err() != nil:
			c.gate.leave(bucket, nil)
			return nil, ctx.Err()
		default:
			return func(header http.Header) { c.gate.leave(bucket, header) }, nil
		}
	}
}

// pace shuts the bucket's gate when an answer says that it was the last one for now.
func (c *Client) pace(req Request, ans answer) {
	bucket := c.bucket(req)
	left, known := leftOf(bucket, ans.Header)
	if !known || left > 0 || ans.Status == http.StatusTooManyRequests {
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
