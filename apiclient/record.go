package apiclient

import (
	"net/http"
	"net/url"
	"time"
)

// Exchange is one try of a call as it went over the wire. It holds secrets in clear: a recorder has to
// take them out.
type Exchange struct {
	Call
	Began     time.Time
	URL       *url.URL
	Sent, Got Payload // no answer: Got is empty
	Err       error   // why there is no answer
}

// Payload is what one side of an exchange sent; not to be changed. What an Authorizer added to a body is left out.
type Payload struct {
	Header http.Header
	Body   []byte
}

// Recorder writes exchanges down. It is called from several goroutines.
type Recorder interface {
	// Record is called after each try, when the secrets in its answer have been decoded.
	Record(Exchange)
	// Err says in a sentence why nothing can be written down any more. No further write is sent then.
	Err() error
}

// recordable refuses a write that could not be written down.
func (c *Client) recordable(req Request) error {
	if c.cfg.Record == nil || reads(req) {
		return nil
	}
	return c.cfg.Record.Err()
}

func (c *Client) record(call Call, msg message, r *http.Request, ans answer, fail *Error, began time.Time) {
	if c.cfg.Record == nil {
		return
	}
	x := Exchange{
		Call: call, Began: began, URL: r.URL, Sent: Payload{r.Header, msg.body}, Got: Payload{ans.Header, ans.body},
	}
	if ans.Status == 0 && fail != nil {
		x.Err = fail
	}
	c.cfg.Record.Record(x)
}
