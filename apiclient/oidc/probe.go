package oidc

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"msgsso-wizard/apiclient"
)

// The results of a probe; anything else that went wrong is an *apiclient.Error.
var (
	ErrClient   = errors.New("the provider doesn't accept the client ID with this client secret")
	ErrRedirect = errors.New("the provider doesn't know the redirect URI for this client")
)

// probeCode is a code that no provider ever gave.
const probeCode = "msgsso-wizard-probe"

// CheckClient asks the token endpoint whether it accepts the client's secret: it redeems a code that does not
// exist. A provider checks the client first (RFC 6749 5.2), so invalid_grant means that the client is right and
// invalid_client that it is not. Nothing changes at the provider.
func (c *Client) CheckClient(ctx context.Context, doc Document, clientID string, secret apiclient.Secret, redirectURI string) error {
	form := url.Values{"grant_type": {"authorization_code"}, "code": {probeCode}, "redirect_uri": {redirectURI}}
	err := c.ask(ctx, doc, doc.TokenEndpoint, clientID, secret, apiclient.Request{Op: "token", Form: form, Read: true}, nil)
	switch e, _ := apiclient.AsError(err); {
	case err == nil:
		return errors.New("the provider redeemed a code that doesn't exist")
	case e != nil && e.Code == "invalid_grant":
		return nil
	case e != nil && e.Code == "invalid_client":
		return ErrClient
	default:
		return err
	}
}

// CheckRedirect asks the authorization endpoint, without a session and without a prompt, whether it would send a
// visitor back to the redirect URI. A provider that does not know the URI answers with its own page.
func (c *Client) CheckRedirect(ctx context.Context, doc Document, clientID, redirectURI string) error {
	host, endpoint, err := c.serving(doc, doc.AuthorizationEndpoint)
	if err != nil {
		return err
	}
	resp, err := host.Do(ctx, apiclient.Get("authorize", endpoint.EscapedPath(), url.Values{
		"client_id": {clientID}, "response_type": {"code"}, "scope": {"openid"}, "prompt": {"none"},
		"redirect_uri": {redirectURI}, "state": {probeCode}, "nonce": {probeCode},
	}), nil)
	switch resp.Status / 100 {
	case 3:
		return nil // back to the page, with login_required
	case 4:
		return ErrRedirect
	default:
		return err
	}
}

// decodeError reads the error answer of an OAuth end point (RFC 6749 5.2).
func decodeError(e *apiclient.Error, header http.Header, body []byte) {
	var b struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	_ = json.Unmarshal(body, &b) // what cannot be read is left out
	e.Code, e.Summary = b.Error, b.Description
	e.RequestID = header.Get("X-Okta-Request-Id")
}
