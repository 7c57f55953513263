package genesys

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
)

const (
	visitorTokens   = "/api/v2/webdeployments/token"
	visitorExchange = visitorTokens + "/oauthcodegrantjwtexchange"
)

// MessengerConfig says in which region visitors are stood in for.
type MessengerConfig struct {
	Region Region
	apiclient.CallOptions
}

// Messenger calls what Messenger calls in a visitor's browser; it has no credentials of an admin. Its methods may be
// called side by side.
type Messenger struct {
	cdn
	api *apiclient.Client
}

// NewMessenger makes a Messenger of the region's hosts; nothing is sent. Its errors are about the region's addresses.
func NewMessenger(cfg MessengerConfig) (*Messenger, error) {
	how := apiclient.Config{CallOptions: cfg.CallOptions, Decode: decodeError}
	api, apiErr := open(cfg.Region.API, how)
	files, filesErr := open(cfg.Region.CDN, how)
	if err := errors.Join(apiErr, filesErr); err != nil {
		return nil, err
	}
	return &Messenger{cdn: cdn{files}, api: api}, nil
}

// CloseIdle ends the connections that no call uses.
func (m *Messenger) CloseIdle() {
	m.api.CloseIdle()
	m.files.CloseIdle()
}

// Skew is how far the clock of the region's hosts was ahead of this computer's at the last answer, to about a second; false:
// not known yet.
func (m *Messenger) Skew() (time.Duration, bool) {
	if skew, known := m.api.Skew(); known {
		return skew, known
	}
	return m.files.Skew()
}

// SignInCode is a code that a browser got from the OpenID provider, and what it was asked for with (contract
// genesys.md 4).
type SignInCode struct {
	DeploymentID   string
	RedirectURI    string
	Nonce          string // that was sent for the code
	Issuer         string // the iss parameter that came with the code; empty where none came
	Code, Verifier apiclient.Secret
}

// VisitorTokens are what a visitor's code was exchanged for. The JWT is valid for at most 15 minutes (contract
// genesys.md 4).
type VisitorTokens struct {
	JWT     apiclient.Secret `api:"jwt,required"`
	Refresh apiclient.Secret `api:"refreshToken"` // may be empty
}

// Exchange has Genesys Cloud redeem a code at the OpenID provider. A JWT proves that integration, credential and
// deployment fit together. The call has the Origin of the page, as a browser's has: Genesys Cloud compares it with the
// allowed domains (contract genesys.md 2.4). A code works once, so the call is not repeated once it was sent; a refusal is an
// *apiclient.Error (postWebdeploymentsTokenOauthcodegrantjwtexchange; contract genesys.md 4).
func (m *Messenger) Exchange(ctx context.Context, code SignInCode) (VisitorTokens, error) {
	var answer VisitorTokens
	_, err := m.api.Do(ctx, apiclient.Request{
		Op: "postWebdeploymentsTokenOauthcodegrantjwtexchange", Method: http.MethodPost, Once: true,
		Path: visitorExchange, Body: exchangeBody{code},
		Header: http.Header{"Origin": {address.OriginOf(code.RedirectURI).String()}},
	}, &answer)
	return answer, apiclient.RedactError(err, code.Code, code.Verifier)
}

// exchangeBody is the one form in which a code can be marshalled; it lives as long as its request.
type exchangeBody struct{ code SignInCode }

func (b exchangeBody) MarshalJSON() ([]byte, error) {
	oauth := map[string]string{"code": b.code.Code.Reveal(), "redirectUri": b.code.RedirectURI}
	for name, value := range map[string]string{"nonce": b.code.Nonce, "codeVerifier": b.code.Verifier.Reveal(), "iss": b.code.Issuer} {
		if value != "" { // what was not sent to the provider should be empty (WebDeploymentsOAuthRequestParameters)
			oauth[name] = value
		}
	}
	return json.Marshal(map[string]any{"deploymentId": b.code.DeploymentID, "oauth": oauth})
}

// Revoke ends a visitor's JWT and the refresh token that came with it, as signing out does
// (deleteWebdeploymentsTokenRevoke; contract genesys.md 4). Nothing of the organization changes.
func (m *Messenger) Revoke(ctx context.Context, jwt apiclient.Secret) error {
	_, err := m.api.Do(ctx, apiclient.Request{
		Op: "deleteWebdeploymentsTokenRevoke", Method: http.MethodDelete, Read: true,
		Path: visitorTokens + "/revoke", Header: http.Header{"Authorization": {"Bearer " + jwt.Reveal()}},
	}, nil)
	return apiclient.RedactError(err, jwt)
}
