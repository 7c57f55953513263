package signin

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
)

const (
	tokenPath  = "/oauth2/v1/token"
	tokenTries = 4                // a proof, a nonce and a clock may each be wanting once
	maxDrift   = 30 * time.Second // a clock that is further off is corrected by the org's
)

// endpoint asks the org authorization server for tokens; only that one issues okta.* scopes.
type endpoint struct {
	login  *apiclient.Client
	prover prover
	client func(now time.Time) (url.Values, error) // who asks, new for each try; nil: the form says it

	mu       sync.Mutex
	proving  bool // token requests carry a proof
	nonce    string
	apiNonce string        // of the API, which asks for none so far (contract okta.md 3.2)
	drift    time.Duration // how far the org's clock is ahead
}

// connection says how an org is reached.
type connection struct {
	org     *url.URL
	options apiclient.CallOptions
	http    http.RoundTripper // nil: the network
}

func newEndpoint(c connection) (*endpoint, error) {
	e := &endpoint{}
	var err error
	if e.prover, err = newProver(); err != nil {
		return nil, err
	}
	e.login, err = apiclient.New(apiclient.Config{
		Service: apiclient.Okta, Base: c.org, HTTP: c.http, Authorize: e.authenticate,
		CallOptions: c.options, Decode: okta.DecodeError,
	})
	return e, err
}

// authenticate runs for each try: an assertion and a proof are good for one only (contract okta.md 3.2).
func (e *endpoint) authenticate(_ context.Context, req *http.Request) error {
	if req.URL.Path != tokenPath {
		return nil
	}
	now, nonce, proving := e.state()
	if e.client != nil {
		who, err := e.client(now)
		if err != nil {
			return err
		}
		form, err := io.ReadAll(req.Body)
		if err != nil {
			return err
		}
		setBody(req, string(form)+"&"+who.Encode())
	}
	if !proving {
		return nil
	}
	proof, err := e.prover.sign(req.Method, req.URL, now, nonce, apiclient.Secret{})
	req.Header.Set("DPoP", proof)
	return err
}

func setBody(req *http.Request, text string) {
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
	req.ContentLength = int64(len(text))
	req.Body, _ = req.GetBody()
}

func (e *endpoint) state() (now time.Time, nonce string, proving bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return time.Now().Add(e.drift), e.nonce, e.proving
}

// token asks for one. A refusal that tells what was wanting is followed by another try.
// Operation token, contract okta.md 3.2.
func (e *endpoint) token(ctx context.Context, form url.Values) (token, error) {
	req := apiclient.Request{Op: "token", Method: http.MethodPost, Path: tokenPath, Form: form, Read: true}
	for tries := 1; ; tries++ {
		var t token
		resp, err := e.login.Do(ctx, req, &t)
		learned := e.learn(resp.Header, okta.OAuthError(err))
		switch {
		case err == nil:
			return t, nil
		case !learned || tries == tokenTries:
			return token{}, err
		}
	}
}

// learn takes the nonce that any answer may bring (RFC 9449 8.2), and reports whether a refused request
// differs from what it would be now.
func (e *endpoint) learn(header http.Header, code string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	nonce := header.Get("DPoP-Nonce")
	fresh := nonce != "" && nonce != e.nonce
	if fresh {
		e.nonce = nonce
	}
	proof := code == "invalid_dpop_proof" || code == "use_dpop_nonce"
	if proof && !e.proving {
		e.proving = true
		return true
	}
	return proof && fresh || (proof || code == "invalid_client") && e.correct(header)
}

// correct sets the clock by the org's, because a proof or an assertion of another time is refused; false: it
// is right already.
func (e *endpoint) correct(header http.Header) bool {
	date, err := http.ParseTime(header.Get("Date"))
	drift := time.Until(date)
	if err != nil || (drift-e.drift).Abs() < maxDrift {
		return false
	}
	e.drift = drift
	return true
}
