package apiclient

import (
	"errors"
	"fmt"
	"net/http"
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
