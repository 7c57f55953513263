package apiclient

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Error is a call that did not succeed: the service refused it, or it never got that far.
// Its texts are already cleaned and carry no secret.
type Error struct {
	Service    Service
	Op         string // the operation's id in the vendor's definition
	Method     string
	Path       string // without the query
	Host       string
	Status     int      // 0: no answer
	Code       string   // the vendor's own code, such as E0000011 or missing.permissions
	OAuth      string   // the error code of OAuth (RFC 6749 5.2, RFC 6750 3.1), which may accompany Code
	Summary    string   // the vendor's sentence; with Err, what this program found (ErrRedirect: the target's host)
	Causes     []string // further sentences
	RequestID  string   // X-Okta-Request-Id, or ININ-Correlation-Id
	RetryAfter time.Duration
	Maybe      bool  // a write was sent and its answer lost: it may have been carried out
	Err        error // one of the kinds below or the caller's own context error; nil for a plain refusal
}

// The kinds of failure that are not an answer of the service itself; tested with errors.Is.
var (
	ErrUnreachable = errors.New("can't be reached")
	ErrTimeout     = errors.New("didn't answer in time")
	ErrTLS         = errors.New("its certificate isn't trusted")
	ErrRedirect    = errors.New("answered with a redirect")
	ErrNotAPI      = errors.New("a portal or proxy answered instead of the API")
	ErrTooLarge    = errors.New("the response is too large")
	ErrMalformed   = errors.New("the response can't be understood")

	// ErrIncompleteList says that a list did not come to its end: what it lacks may be there.
	ErrIncompleteList = errors.New("the list is incomplete")
)

// Error is one line that starts with the service and ends with the request's id.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Err == nil {
		fmt.Fprintf(&b, "%s refused %s: ", e.Service, e.Op)
	} else {
		fmt.Fprintf(&b, "%s, %s at %s: %v", e.Service, e.Op, e.Host, e.Err)
	}
	said := strings.TrimSpace(e.Code + " " + e.Summary)
	if e.Status != 0 && (said == "" || errors.Is(e.Err, ErrNotAPI)) {
		said = strings.TrimSpace(fmt.Sprintf("HTTP %d %s", e.Status, said))
	}
	if e.Err != nil && said != "" {
		b.WriteString(": ")
	}
	b.WriteString(said)
	for _, cause := range e.Causes {
		b.WriteString("; " + cause)
	}
	if e.Maybe {
		b.WriteString("; the change may have been made")
	}
	if e.RequestID != "" {
		fmt.Fprintf(&b, " (request %s)", e.RequestID)
	}
	return b.String()
}

// Unwrap returns the kind, which is nil for a plain refusal.
func (e *Error) Unwrap() error { return e.Err }

// AsError finds the *Error in err's chain.
func AsError(err error) (*Error, bool) {
	return errors.AsType[*Error](err)
}

// NotFound reports whether a service does not find what it was asked for.
func NotFound(err error) bool {
	e, ok := AsError(err)
	return ok && e.Err == nil && e.Status == http.StatusNotFound
}

// leastSecret is the shortest text that is blotted out; a shorter one stands in any sentence by chance.
const leastSecret = 4

// RedactError blots out secrets that a service or a proxy repeats in its error answer, in every form in which they
// may have been sent. It changes an *Error in err's chain and returns err.
func RedactError(err error, secrets ...Secret) error {
	if e, found := AsError(err); found {
		e.redact(secrets...)
	}
	return err
}

func (e *Error) redact(secrets ...Secret) {
	for _, s := range secrets {
		if len(s.Reveal()) < leastSecret {
			continue
		}
		text := s.Reveal()
		quoted, _ := json.Marshal(text) // a string can always be marshalled
		blot := strings.NewReplacer(
			text, bullets, url.QueryEscape(text), bullets, strings.Trim(string(quoted), `"`), bullets,
			base64.StdEncoding.EncodeToString([]byte(text)), bullets,
		)
		for _, field := range []*string{&e.Code, &e.OAuth, &e.Summary, &e.RequestID} {
			*field = blot.Replace(*field)
		}
		for i := range e.Causes {
			e.Causes[i] = blot.Replace(e.Causes[i])
		}
	}
}

// credentials are what a request carries in its Authorization header, without the scheme's name.
func credentials(r *http.Request) Secret {
	_, text, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return NewSecret(text)
}

// fault is a failure that is not an answer of the service itself.
func (c *Client) fault(req Request, kind error, summary string) *Error {
	return &Error{
		Service: c.cfg.Service, Op: req.Op, Method: req.Method, Path: req.Path, Host: c.cfg.Base.Host,
		Summary: Clean(summary), Err: kind,
	}
}

// answered is a failure that an answer tells of: the vendor's decoder reads the codes and the request's id.
func (c *Client) answered(req Request, ans answer, kind error) *Error {
	e := c.fault(req, kind, "")
	e.Status = ans.Status
	if c.cfg.Decode != nil {
		body := ans.body
		if ok(ans.Status) || !isJSON(ans.Header) {
			body = nil
		}
		c.cfg.Decode(e, ans.Header, body)
	}
	e.Code, e.OAuth, e.Summary, e.RequestID = Clean(e.Code), Clean(e.OAuth), Clean(e.Summary), Clean(e.RequestID)
	for i, cause := range e.Causes {
		e.Causes[i] = Clean(cause)
	}
	return e
}

// refuse turns an answer that is no success into an *Error.
func (c *Client) refuse(req Request, ans answer) *Error {
	switch {
	case ans.Status/100 == 3:
		e := c.answered(req, ans, ErrRedirect)
		e.Summary = redirectHost(c.cfg.Base, ans.Header)
		return e
	case ans.Status/100 == 4 && !transient[ans.Status] && isHTML(ans):
		return c.answered(req, ans, ErrNotAPI)
	}
	return c.answered(req, ans, nil)
}

// redirectHost names only the host: the rest of a redirect may carry anything.
func redirectHost(base *url.URL, header http.Header) string {
	u, err := url.Parse(header.Get("Location"))
	if err != nil {
		return ""
	}
	return Clean(base.ResolveReference(u).Host)
}
