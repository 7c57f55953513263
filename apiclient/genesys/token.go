package genesys

import (
	"context"
	"net/http"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
)

// tokenTries is how often a token is asked for when the end point is limited.
const tokenTries = 4

// tokens keeps the access token, however it was issued (contract genesys.md 6).
type tokens struct {
	login    *apiclient.Client
	method   signInMethod
	given    bool // the token is used as it is
	personal bool // a user signed in for it with the browser
	onWait   func(apiclient.Wait)
	pause    time.Duration // before the first repetition; the next ones wait longer

	cache apiclient.TokenCache[apiclient.Secret]
}

func newTokens(cfg Config) *tokens {
	given := !cfg.AccessToken.Empty()
	t := &tokens{given: given, personal: cfg.Browser != nil && !given, onWait: cfg.OnWait, pause: firstPause}
	t.method = cfg.signInMethod(t)
	t.cache.Put(cfg.AccessToken)
	return t
}

// get returns the token that is held, or asks for one.
func (t *tokens) get(ctx context.Context) (apiclient.Secret, error) {
	return t.cache.Get(ctx, func(held apiclient.Secret) bool { return !held.Empty() }, t.request)
}

// forget drops a token that was ended, unless there is another one already.
func (t *tokens) forget(ended apiclient.Secret) {
	t.cache.Drop(func(held apiclient.Secret) bool { return held == ended })
}

// authorize puts the token on a call of the API. A call may bring its own.
func (t *tokens) authorize(ctx context.Context, req *http.Request) error {
	// Names and messages are compared with English ones (contract genesys.md 1.2).
	req.Header.Set("Accept-Language", "en-US")
	if req.Header.Get("Authorization") != "" {
		return nil
	}
	token, err := t.get(ctx)
	if err == nil {
		req.Header.Set("Authorization", "Bearer "+token.Reveal())
	}
	return err
}

// reauthorize drops a token that was refused, once a call, so that another one is asked for; a user who signs out is
// not asked to sign in.
func (t *tokens) reauthorize(refused *http.Request, _ http.Header, e *apiclient.Error) bool {
	if t.given || !tokenRefused(e) || refused.Method == http.MethodDelete && refused.URL.Path == tokensMe {
		return false
	}
	t.forget(apiclient.NewSecret(strings.TrimPrefix(refused.Header.Get("Authorization"), "Bearer ")))
	return true
}

// request sends POST /oauth/token. It changes nothing that matters, so it may be repeated.
func (t *tokens) request(ctx context.Context) (apiclient.Secret, error) {
	form, secrets, err := t.method(ctx)
	if err != nil {
		return apiclient.Secret{}, err
	}
	req := apiclient.Request{Op: "postOauthToken", Method: http.MethodPost, Path: "/oauth/token", Form: form, Read: true}
	for try := 1; ; try++ {
		var answer struct {
			Token apiclient.Secret `api:"access_token,required"`
		}
		_, err := t.login.Do(ctx, req, &answer)
		switch {
		case err == nil:
			return answer.Token, nil
		case !tokenLimited(err) || try == tokenTries:
			return apiclient.Secret{}, apiclient.RedactError(err, secrets...)
		}
		pause := t.pause << (try - 1)
		if t.onWait != nil {
			t.onWait(apiclient.Wait{Service: apiclient.GenesysCloud, Reason: "rate limit", For: pause})
		}
		if err := apiclient.Sleep(ctx, pause); err != nil {
			return apiclient.Secret{}, err
		}
	}
}

// tokenLimited recognizes the token end point's own form of a rate limit, which is a 400.
func tokenLimited(err error) bool {
	e, ok := apiclient.AsError(err)
	return ok && e.Status == http.StatusBadRequest && strings.Contains(strings.ToLower(e.Code+" "+e.Summary), "rate limit exceeded")
}

// tokenRefused reports whether the API did not take the token, because it ended or was revoked.
func tokenRefused(err error) bool {
	e, ok := apiclient.AsError(err)
	return ok && e.Status == http.StatusUnauthorized && CodeIs(err, "authentication.required", "bad.credentials")
}
