package oidc

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"msgsso-wizard/apiclient"
)

// Grant is a code that a browser came back with, and what it was asked for with.
type Grant struct {
	Code, Verifier apiclient.Secret
	RedirectURI    string
}

// Tokens are what a code was redeemed for.
type Tokens struct {
	ID, Access apiclient.Secret
	Refresh    apiclient.Secret // empty where offline_access was not asked for or not granted
	Life       time.Duration    // of the access token; 0: not said
}

// Redeem exchanges a code for tokens at the token endpoint, as a client with a secret (RFC 6749 4.1.3, client
// authentication by client_secret_basic). A refusal is an *apiclient.Error with the Code of RFC 6749 5.2, such as
// invalid_client or invalid_grant. A code works once, so the call is not repeated once it was sent.
func (c *Client) Redeem(ctx context.Context, doc Document, clientID string, secret apiclient.Secret, g Grant) (Tokens, error) {
	form := url.Values{"grant_type": {"authorization_code"}, "code": {g.Code.Reveal()}, "redirect_uri": {g.RedirectURI}}
	if !g.Verifier.Empty() {
		form.Set("code_verifier", g.Verifier.Reveal())
	}
	var answer struct {
		ID      apiclient.Secret `api:"id_token,required"`
		Access  apiclient.Secret `api:"access_token"`
		Refresh apiclient.Secret `api:"refresh_token"`
		Life    string           `api:"expires_in,number"`
	}
	req := apiclient.Request{Op: "token", Form: form, Once: true}
	err := c.ask(ctx, doc, doc.TokenEndpoint, clientID, secret, req, &answer)
	life, _ := strconv.ParseInt(answer.Life, 10, 64) // absent or no number: not said
	return Tokens{
		ID: answer.ID, Access: answer.Access, Refresh: answer.Refresh, Life: time.Duration(life) * time.Second,
	}, apiclient.RedactError(err, g.Code, g.Verifier)
}

// Revoke ends an access token, or a refresh token and what was made with it (RFC 7009). One that the provider
// does not know is no error to it (RFC 7009 2.2).
func (c *Client) Revoke(ctx context.Context, doc Document, clientID string, secret, token apiclient.Secret) error {
	if doc.RevocationEndpoint == "" {
		return errors.New("the provider names no revocation_endpoint")
	}
	req := apiclient.Request{Op: "revoke", Form: url.Values{"token": {token.Reveal()}}, Read: true}
	err := c.ask(ctx, doc, doc.RevocationEndpoint, clientID, secret, req, nil)
	return apiclient.RedactError(err, token)
}

// ask posts the form of req to an endpoint of the document, as a client with a secret.
func (c *Client) ask(ctx context.Context, doc Document, endpoint, clientID string, secret apiclient.Secret, req apiclient.Request, out any) error {
	host, at, err := c.serving(doc, endpoint)
	if err != nil {
		return err
	}
	basic := &http.Request{Header: http.Header{}}
	basic.SetBasicAuth(url.QueryEscape(clientID), url.QueryEscape(secret.Reveal())) // RFC 6749 2.3.1
	req.Method, req.Path, req.Query, req.Header = http.MethodPost, at.EscapedPath(), at.Query(), basic.Header
	_, err = host.Do(ctx, req, out)
	return apiclient.RedactError(err, secret)
}
