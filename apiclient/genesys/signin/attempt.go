package signin

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"sync/atomic"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/loopback"
	"msgsso-wizard/apiclient/oidc"
)

const (
	authorizePath = "/oauth/authorize"
	callback      = "/callback"
)

// errNotAsked is an answer that this attempt did not ask for; the attempt goes on.
var errNotAsked = errors.New("msgsso-wizard didn't start this sign-in, or it belongs to an earlier one")

// attempt is one request to sign in; it is over with the first good answer.
type attempt struct {
	state, verifier string
	login           string // the host of the login service, for errors
	used            atomic.Bool
	ended           chan outcome // holds one, so that who ends the attempt never waits
}

// outcome is how an attempt ended: with a code, or with an error.
type outcome struct {
	code apiclient.Secret
	err  error
}

func newAttempt(login string) *attempt {
	return &attempt{state: oidc.RandomText(stateBytes), verifier: oidc.RandomText(verifierBytes), login: login, ended: make(chan outcome, 1)}
}

// judge reads the query of a redirect. Without the attempt's own state even an error is not believed.
func (a *attempt) judge(query string) (outcome, error) {
	values, err := url.ParseQuery(query)
	state := values["state"]
	if err != nil || len(state) != 1 || subtle.ConstantTimeCompare([]byte(state[0]), []byte(a.state)) != 1 {
		return outcome{}, errNotAsked
	}
	code, refused := values["code"], values.Get("error")
	switch {
	case refused != "":
		return outcome{err: &apiclient.Error{
			Service: apiclient.GenesysCloud, Op: "getOauthAuthorize", Method: http.MethodGet, Path: authorizePath, Host: a.login,
			Code: apiclient.Clean(refused), Summary: apiclient.Clean(values.Get("error_description")),
		}}, nil
	case len(code) != 1 || code[0] == "":
		return outcome{}, errNotAsked
	}
	return outcome{code: apiclient.NewSecret(code[0])}, nil
}

// claim makes the caller the one who ends the attempt; false: it has ended already.
func (a *attempt) claim() bool { return a.used.CompareAndSwap(false, true) }

const (
	verifierBytes = 48 // 64 characters; RFC 7636 4.1 takes 43 to 128
	stateBytes    = 32
)

// Code is an authorization code with what is needed to exchange it, once.
type Code struct {
	clientID, redirectURI string
	code, verifier        apiclient.Secret
}

// Form returns what the token request carries (contract genesys.md 6); it lives as long as its request.
func (c Code) Form() url.Values {
	return url.Values{
		"grant_type":    {"authorization_code"},
		"code":          {c.code.Reveal()},
		"code_verifier": {c.verifier.Reveal()},
		"client_id":     {c.clientID},
		"redirect_uri":  {c.redirectURI},
	}
}

// Secrets returns what of the form must not show in an error.
func (c Code) Secrets() []apiclient.Secret { return []apiclient.Secret{c.code, c.verifier} }

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
