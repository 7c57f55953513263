package apiclient

import (
	"context"
	"crypto/x509"
	"net/http"
	"net/url"
	"time"
)

// Service is the name of a vendor's service as an admin knows it; it starts every error sentence.
type Service string

// The services that the wizard talks to.
const (
	Okta         Service = "Okta"
	GenesysCloud Service = "Genesys Cloud"
)

// Config says how one service is reached.
type Config struct {
	Service   Service
	Base      *url.URL                 // https, or http on loopback; a path is refused
	Authorize Authorizer               // nil: calls go out without credentials
	HTTP      http.RoundTripper        // nil: a transport with the system's proxy and certificate settings
	Decode    ErrorDecoder             // the vendor's error body; nil: only the status is shown
	Bucket    func(path string) string // the rate limit that a call counts against; nil or "": not paced ahead
	NeedsIDs  bool                     // a path with an empty segment is refused: an ID is missing

	// Reauthorize is asked once a call, after a 401 to refused, whether Authorize now has other credentials that
	// may help; then the call is made again, writes too: a refused call did nothing. nil: never.
	Reauthorize func(refused *http.Request, header http.Header, e *Error) bool

	CallOptions
}

// CallOptions are what all clients of a run share. The zero value does.
type CallOptions struct {
	Observe func(Call)     // nil: not counted; called once for each try, with or without an answer
	Record  Recorder       // nil: nothing is written down
	OnWait  func(Wait)     // nil: not told; called before a wait for a rate limit or a retry
	Roots   *x509.CertPool // who may issue a service's certificate; nil: the system's, and those of SSL_CERT_FILE
	Hosts   Hosts          // nil: every host is reached
}

// Authorizer puts credentials on a request just before it is sent. Its error ends the call as it is.
type Authorizer func(ctx context.Context, req *http.Request) error

// ErrorDecoder fills Code, OAuth, Summary, Causes and RequestID of e from a vendor's error answer. The body is nil
// when it is not JSON. What it fills in need not be cleaned.
type ErrorDecoder func(e *Error, header http.Header, body []byte)

// Call is one request as it went over the wire, for counting.
type Call struct {
	Service Service
	Op      string
	Method  string
	Status  int // 0: no answer came
	Write   bool
	Elapsed time.Duration
}

// Wait is a pause that the client is about to make.
type Wait struct {
	Service Service
	Reason  string // "rate limit" or "retry"
	For     time.Duration
}

// Request is one call of a vendor's operation.
type Request struct {
	Op     string // the operation's id in the vendor's definition
	Method string
	Path   string // absolute, on the service's base; escaped by the caller
	Query  url.Values
	Header http.Header
	Needs  string     // the path of a member without which the answer is of no use; empty: none
	Body   any        // marshalled to JSON; nil: none (a POST or PUT then carries Content-Length: 0)
	Form   url.Values // sent instead of Body
	Read   bool       // a POST that changes nothing (a token request): may be repeated, is no write
	Once   bool       // a POST that uses up a code and changes nothing else: is no write, and not repeated once it was sent
}

// Response is what is left of an answer when its body was decoded.
type Response struct {
	Status int
	Header http.Header
}

// Client carries requests to one service through the chain that doc.go draws. It is safe for concurrent use.
type Client struct {
	cfg  Config
	gate gate
	seen seen
}

// Timeout is for one try of one call.
const Timeout = 30 * time.Second

// New returns a client of the service at cfg.Base. It refuses a base that ParseBase refuses.
func New(cfg Config) (*Client, error) {
	base, err := checkBase(cfg.Base)
	if err != nil {
		return nil, err
	}
	cfg.Base = base
	if cfg.HTTP == nil {
		if cfg.HTTP, err = NewTransport(cfg.CallOptions); err != nil {
			return nil, err
		}
	}
	return &Client{cfg: cfg}, nil
}

// Base returns the service's base URL: scheme and host only.
func (c *Client) Base() *url.URL {
	base := *c.cfg.Base
	return &base
}

// CloseIdle ends the connections that no call uses. The client can still be used afterward.
func (c *Client) CloseIdle() {
	if t, ok := c.cfg.HTTP.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// Do makes one call and reads the JSON answer into out as Fill does; a nil out drops the body. A failure is an *Error,
// unless the Authorizer or the Recorder gave another one. The Response is filled whenever an answer came.
func (c *Client) Do(ctx context.Context, req Request, out any) (Response, error) {
	msg, err := c.prepare(req)
	if err != nil {
		return Response{}, err
	}
	renewed, lost := false, false
	for tries := 1; ; tries++ {
		leave, err := c.pass(ctx, req)
		if err != nil {
			return Response{}, c.fault(req, err, "")
		}
		r, err := c.ready(ctx, req, msg)
		if err != nil {
			leave(nil)
			return Response{}, err
		}
		began := time.Now()
		ans, fail := c.try(ctx, req, r)
		call := Call{
			Service: c.cfg.Service, Op: req.Op, Method: req.Method, Status: ans.Status, Write: !reads(req), Elapsed: time.Since(began),
		}
		if c.cfg.Observe != nil {
			c.cfg.Observe(call)
		}
		c.pace(req, ans)
		c.note(req, ans)
		leave(ans.Header)
		if fail == nil {
			fail = c.decode(req, ans, out)
		}
		c.record(call, msg, r, ans, fail, began)
		if fail == nil {
			return ans.Response, nil
		}
		fail.redact(credentials(r))
		if !renewed && c.cfg.Reauthorize != nil && ans.Status == http.StatusUnauthorized {
			if renewed = c.cfg.Reauthorize(r, ans.Header, fail); renewed {
				continue
			}
		}
		wait, repeat := again(req, ans, fail, tries)
		lost = lost || maybeDone(req, ans)
		switch {
		case !repeat:
			fail.Maybe = maybe(req, ans) || lost && ans.Status/100 == 4 // an earlier try may be why this one is refused
			return ans.Response, fail
		case ans.Status == http.StatusTooManyRequests:
			c.gate.shut(everything, wait)
		default:
			if err := c.pause(ctx, forRetry, wait); err != nil {
				return ans.Response, c.fault(req, err, "")
			}
		}
	}
}
