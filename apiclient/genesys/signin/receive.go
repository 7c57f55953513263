package signin

import (
	"context"
	"net/http"

	"msgsso-wizard/apiclient/loopback"
)

// ServeHTTP takes the redirect.
func (a *attempt) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != callback {
		loopback.NotFound.Write(w)
		return
	}
	a.take(w, r.URL.RawQuery)
}

// take answers the user before it ends the attempt, which closes the connection.
func (a *attempt) take(w http.ResponseWriter, query string) {
	o, err := a.judge(query)
	switch {
	case err != nil || !a.claim():
		notAsked.Write(w)
		return
	case o.err != nil:
		refused.Write(w)
	default:
		received.Write(w)
	}
	_ = http.NewResponseController(w).Flush()
	a.ended <- o
}

var (
	received = loopback.Page{Status: http.StatusOK, Title: "Sign-in received", Text: "Return to the terminal. You can close this window."}
	refused  = loopback.Page{Status: http.StatusOK, Title: "Sign-in was refused", Text: "The terminal shows the reason. You can close this window."}
	notAsked = loopback.Page{Status: http.StatusBadRequest, Title: "Request rejected", Text: "msgsso-wizard didn't start this sign-in."}
)

// takePasted asks for the address until it is a good one, or the attempt is over.
func (b *Browser) takePasted(ctx context.Context, a *attempt) {
	var good outcome
	err := loopback.Pasted(ctx, b.Paste, b.Reject, func(query string) (err error) {
		good, err = a.judge(query)
		return err
	})
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		good = outcome{err: err}
	}
	if a.claim() {
		a.ended <- good
	}
}
