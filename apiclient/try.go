package apiclient

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

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
