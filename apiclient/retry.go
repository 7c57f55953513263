package apiclient

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

const (
	maxTries        = 3
	maxTriesLimited = 5 // when the service asks for a pause
	backoffBase     = 500 * time.Millisecond
)

// transient are the refusals that may be gone a moment later. 501 is not among them: it is an answer to this very
// call. 500 is one for reads alone: a write may have gone half way.
var transient = map[int]bool{
	http.StatusRequestTimeout:     true,
	http.StatusLocked:             true, // Okta is putting its policies in order (E0000239)
	http.StatusTooManyRequests:    true,
	http.StatusBadGateway:         true,
	http.StatusServiceUnavailable: true,
	http.StatusGatewayTimeout:     true,
}

// unclear are the answers after which a create may or may not have been carried out.
var unclear = map[int]bool{
	0:                              true,
	http.StatusInternalServerError: true,
	http.StatusBadGateway:          true,
	http.StatusServiceUnavailable:  true,
	http.StatusGatewayTimeout:      true,
}

// repeatable reports whether sending req twice does no more than sending it once.
func repeatable(req Request) bool {
	return req.Read || req.Method != http.MethodPost && req.Method != http.MethodPatch
}

func reads(req Request) bool {
	return req.Read || req.Once || req.Method == http.MethodGet || req.Method == http.MethodHead
}

// again says how long to wait before the call is made once more; false: it is not made again.
func again(req Request, ans answer, fail *Error, tries int) (time.Duration, bool) {
	if ans.Status == http.StatusTooManyRequests {
		var asked bool
		fail.RetryAfter, asked = askedPause(ans.Header)
		wait := fail.RetryAfter
		if !asked {
			wait = backoff(tries)
		}
		return max(wait, minPause), tries < maxTriesLimited && wait <= maxPause
	}
	passing := transient[ans.Status] || ans.Status == http.StatusInternalServerError && reads(req) || errors.Is(fail.Err, ErrUnreachable) || errors.Is(fail.Err, ErrTimeout)
	return backoff(tries), passing && tries < maxTries && (repeatable(req) || !ans.sent || ans.Status == http.StatusLocked)
}

// maybe reports whether a failed create may have been carried out all the same. An answer of success that
// could not be understood counts: the object is there.
func maybe(req Request, ans answer) bool {
	return !repeatable(req) && ans.sent && (unclear[ans.Status] || ok(ans.Status))
}

// maybeDone reports whether a write may have been carried out by a try that failed.
func maybeDone(req Request, ans answer) bool { return !reads(req) && ans.sent && unclear[ans.Status] }

// backoff doubles with each try and spreads clients apart.
func backoff(tries int) time.Duration {
	wait := backoffBase << (tries - 1)
	return wait + rand.N(wait/2) //nolint:gosec // jitter is no secret
}

// pause tells of a wait, then waits; it ends early with the context's error.
func (c *Client) pause(ctx context.Context, reason string, wait time.Duration) error {
	if c.cfg.OnWait != nil {
		c.cfg.OnWait(Wait{c.cfg.Service, reason, wait})
	}
	return Sleep(ctx, wait)
}

// Sleep waits; it ends early with the context's error.
func Sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// maxBody is how much of a body is read after decompression, in bytes.
const maxBody = 1 << 20

// answer is what one try brought.
type answer struct {
	Response
	body []byte
	sent bool // the request may have reached the service
}

// try sends r once and reads the answer whole. The transport is used without an http.Client, which would
// follow redirects and put the URL with its query into errors.
func (c *Client) try(ctx context.Context, req Request, r *http.Request) (answer, *Error) {
	bounded, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	var trace connectionTrace
	resp, err := c.cfg.HTTP.RoundTrip(r.WithContext(trace.watch(bounded)))
	if err != nil {
		return answer{sent: !trace.neverMade()}, c.unanswered(ctx, req, err)
	}
	defer resp.Body.Close() //nolint:errcheck // everything that is wanted has been read
	ans := answer{Response: Response{Status: resp.StatusCode, Header: resp.Header}, sent: true}
	ans.body, err = ReadAll(resp.Body, maxBody) // Transport has decompressed it, so a bomb ends here too
	switch {
	case err != nil && ctx.Err() != nil, err != nil && ok(ans.Status):
		return answer{sent: true}, c.unanswered(ctx, req, err)
	case err != nil:
		ans.body = nil // the status says enough
	}
	if !ok(ans.Status) {
		return ans, c.refuse(req, ans)
	}
	return ans, nil
}

func ok(status int) bool { return status/100 == 2 }

// connectionTrace watches whether a connection was made, which decides whether a create may be sent again.
type connectionTrace struct{ wanted, made atomic.Bool }

func (c *connectionTrace) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { c.wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { c.made.Store(true) },
	})
}

// neverMade needs both signs: a RoundTripper that reports neither may have sent the request.
func (c *connectionTrace) neverMade() bool { return c.wanted.Load() && !c.made.Load() }
