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

// take answers the person before it ends the attempt, which closes the connection.
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
	received = loopback.Page{Status: http.StatusOK, Title: "Thank you", Text: "Go back to the terminal. This window can be closed."}
	refused  = loopback.Page{Status: http.StatusOK, Title: "Signing in was refused", Text: "The terminal says why. This window can be closed."}
	notAsked = loopback.Page{Status: http.StatusBadRequest, Title: "Not taken", Text: "This was not asked for by this program."}
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
