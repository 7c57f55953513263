package oktasim

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
)

const codeGrant = "authorization_code"

// redeemCode gives tokens for an authorization code. The client is looked at first (contract okta.md 11). A code
// is used up as soon as its own client sends it, whatever is wrong with the rest.
func (s *Server) redeemCode(c *call) (any, error) {
	a, err := s.visitorClient(c)
	if err != nil {
		return nil, err
	}
	if err := a.mayUse(codeGrant); err != nil {
		return nil, err
	}
	value := c.form.Get("code")
	code := s.codes[value]
	switch {
	case code == nil || !s.now().Before(code.expires) || code.server != c.as:
		return nil, refuse("invalid_authorization_code")
	case code.app != a:
		return nil, refuse("another_client")
	}
	delete(s.codes, value)
	if c.form.Get("redirect_uri") != code.redirect {
		return nil, refuse("mismatched_redirect_uri")
	}
	if err := proveKey(code.challenge, c.form.Get("code_verifier"), a); err != nil {
		return nil, err
	}
	return s.tokens(c, &code.ticket, nil)
}

// proveKey holds a verifier against the challenge that the code was asked for with (RFC 7636 4.6).
func proveKey(challenge, verifier string, a *app) error {
	sum := sha256.Sum256([]byte(verifier))
	made := base64.RawURLEncoding.EncodeToString(sum[:])
	switch {
	case challenge == "" && verifier != "":
		return refuse("pkce_missing_challenge_verifier_present")
	case challenge == "" && flagAt(a.tree, oauthCredentials+".pkce_required"):
		return refuse("pkce_missing_challenge") // it became required after the code was given
	case challenge == "":
		return nil
	case verifier == "":
		return refuse("pkce_missing_verifier")
	case subtle.ConstantTimeCompare([]byte(made), []byte(challenge)) == 0:
		return refuse("pkce_verification_failed")
	}
	return nil
}
