package apiclient

import (
	"net/http"
	"time"
)

// observer is the link that tells Config.Observe of each try. A Call has no room for a URL, a header or a
// body, so nothing secret can pass.
type observer struct {
	next http.RoundTripper
	tell func(Call)
	call Call
}

// RoundTrip passes the request on and reports what became of it.
func (o observer) RoundTrip(r *http.Request) (*http.Response, error) {
	start := time.Now()
	resp, err := o.next.RoundTrip(r)
	o.call.Elapsed = time.Since(start)
	if err == nil {
		o.call.Status = resp.StatusCode
	}
	o.tell(o.call)
	return resp, err
}

// chain returns the links that one try of req runs through.
func (c *Client) chain(req Request) http.RoundTripper {
	if c.cfg.Observe == nil {
		return c.cfg.HTTP
	}
	call := Call{Service: c.cfg.Service, Op: req.Op, Method: req.Method, Write: writes(req)}
	return observer{next: c.cfg.HTTP, tell: c.cfg.Observe, call: call}
}

func writes(req Request) bool { return !reads(req) }
