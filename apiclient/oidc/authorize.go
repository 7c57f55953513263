package oidc

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"

	"msgsso-wizard/apiclient"
)

// Attempt holds the random values of one try to sign in, which are used once.
type Attempt struct {
	State, Nonce string
	Verifier     apiclient.Secret // PKCE's (RFC 7636 4.1), 64 characters
}

// NewAttempt returns fresh random values.
func NewAttempt() Attempt {
	return Attempt{State: RandomText(24), Nonce: RandomText(24), Verifier: apiclient.NewSecret(RandomText(48))}
}

// AuthRequest is what a browser is to ask of the authorization endpoint.
type AuthRequest struct {
	ClientID    string
	RedirectURI string
	Prompt      string // "", "none" or "login" (OpenID Connect Core 1.0 3.1.2.1)
	Scopes      []string
	Attempt     Attempt
}

// AuthorizeURL returns the address at which a browser asks for a code, with the S256 challenge of the attempt's
// verifier (OpenID Connect Core 1.0 3.1.2.1, RFC 7636 4.3). It refuses a
// document that isn't Trusted.
func (d Document) AuthorizeURL(r AuthRequest) (string, error) {
	endpoint, err := d.endpoint(d.AuthorizationEndpoint)
	if err == nil {
		endpoint, err = url.Parse(d.Hosts.Local(endpoint.String()))
	}
	if err != nil {
		return "", err
	}
	query := endpoint.Query() // an endpoint may have its own query, which stays (RFC 6749 3.1)
	for name, value := range map[string]string{
		"response_type": "code", "client_id": r.ClientID, "redirect_uri": r.RedirectURI, "scope": strings.Join(r.Scopes, " "),
		"state": r.Attempt.State, "nonce": r.Attempt.Nonce, "prompt": r.Prompt,
		"code_challenge": CodeChallenge(r.Attempt.Verifier.Reveal()), "code_challenge_method": "S256",
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	endpoint.RawQuery = query.Encode()
	return endpoint.String(), nil
}

// RandomText returns bytes of randomness in the alphabet of URLs, such as a state or a PKCE verifier (RFC 7636 4.1).
func RandomText(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}

// CodeChallenge is S256 of a PKCE verifier (RFC 7636 4.2).
func CodeChallenge(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

const (
	suffix      = "/.well-known/openid-configuration"
	oauthSuffix = "/.well-known/oauth-authorization-server" // RFC 8414
)

// WellKnown returns the discovery URI of an issuer (OpenID Connect Discovery 1.0 section 4).
func WellKnown(issuer string) string { return strings.TrimSuffix(issuer, "/") + suffix }

// IssuerOf returns the issuer that a discovery URI belongs to, without a trailing slash; false: uri does not
// end like a discovery URI. A query, such as Okta's client_id, is no part of it.
func IssuerOf(uri *url.URL) (string, bool) {
	path, found := strings.CutSuffix(uri.EscapedPath(), suffix)
	return uri.Scheme + "://" + uri.Host + path, found
}
