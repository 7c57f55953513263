package signin

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"sync/atomic"

	"msgsso-wizard/apiclient"
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
