package signin

import (
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
