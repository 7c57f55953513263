package oktasim

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"maps"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

const (
	codeGrant    = "authorization_code"
	refreshGrant = "refresh_token"
)

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
		return nil, refusal.OAuth("invalid_authorization_code")
	case code.app != a:
		return nil, refusal.OAuth("another_client")
	}
	delete(s.codes, value)
	if c.form.Get("redirect_uri") != code.redirect {
		return nil, refusal.OAuth("mismatched_redirect_uri")
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
		return refusal.OAuth("pkce_missing_challenge_verifier_present")
	case challenge == "" && a.flag(oauthCredentials+".pkce_required"):
		return refusal.OAuth("pkce_missing_challenge") // it became required after the code was given
	case challenge == "":
		return nil
	case verifier == "":
		return refusal.OAuth("pkce_missing_verifier")
	case subtle.ConstantTimeCompare([]byte(made), []byte(challenge)) == 0:
		return refusal.OAuth("pkce_verification_failed")
	}
	return nil
}

// refreshToken lets a client have new tokens for the same visitor.
type refreshToken struct {
	ticket  *ticket
	id      string
	ends    time.Time // zero: it lives as long as it is used
	expires time.Time
	rotated bool // another one has taken its place; it is good for the app's leeway only
}

// refresh gives new tokens for a refresh token; with rotation, a new refresh token, too (contract okta.md 1.1).
func (s *Server) refresh(c *call) (any, error) {
	a, err := s.visitorClient(c)
	if err != nil {
		return nil, err
	}
	if err := a.mayUse(refreshGrant); err != nil {
		return nil, err
	}
	old := s.renewals[c.form.Get("refresh_token")]
	if old == nil || old.ticket.app != a || old.ticket.server != c.as || !s.now().Before(old.expires) {
		return nil, refusal.OAuth("invalid_refresh_token")
	}
	t := *old.ticket
	t.nonce = "" // it was the page's
	if c.form.Has("scope") {
		if t.scopes, err = scopesFor(c.form.Get("scope"), old.ticket.scopes); err != nil {
			return nil, err
		}
	}
	return s.tokens(c, &t, old)
}

// renew returns the refresh token that goes with new tokens: the one that they were asked for with, or a new one.
func (s *Server) renew(t *ticket, old *refreshToken, asked string, whole, idle time.Duration) string {
	now := s.now()
	maps.DeleteFunc(s.renewals, func(_ string, x *refreshToken) bool { return !now.Before(x.expires) })
	if old == nil {
		old = &refreshToken{ticket: t, id: "oar" + s.noise.Text(17)}
		if whole > 0 {
			old.ends = now.Add(whole)
		}
	} else if t.app.text(oauthSettings+".refresh_token.rotation_type") == "ROTATE" {
		next := *old
		next.rotated = false
		if !old.rotated {
			leeway := jsontree.Whole(t.app.tree, oauthSettings+".refresh_token.leeway")
			old.rotated, old.expires = true, now.Add(time.Duration(leeway)*time.Second)
		}
		old, asked = &next, ""
	}
	old.expires = now.Add(idle)
	if !old.ends.IsZero() && old.ends.Before(old.expires) {
		old.expires = old.ends
	}
	if asked == "" {
		asked = s.noise.Text(43)
	}
	s.renewals[asked] = old
	return asked
}

// revoke ends a token of the client that asks (RFC 7009). A refresh token takes its access tokens along. A token
// that is nobody's is answered in the same way, so that nothing is told.
func (s *Server) revoke(c *call) (any, error) {
	a, err := s.visitorClient(c)
	if err != nil {
		return nil, err
	}
	value := c.form.Get("token")
	if value == "" {
		return nil, refusal.OAuth("missing_token")
	}
	if x := s.issued[value]; x != nil && x.app == a && x.ticket != nil && x.ticket.server == c.as {
		delete(s.issued, value)
	}
	if x := s.renewals[value]; x != nil && x.ticket.app == a && x.ticket.server == c.as {
		maps.DeleteFunc(s.issued, func(_ string, t *accessToken) bool {
			of := s.renewals[t.refresh]
			return of != nil && of.id == x.id
		})
		maps.DeleteFunc(s.renewals, func(_ string, other *refreshToken) bool { return other.id == x.id })
	}
	return nothing{}, nil
}
