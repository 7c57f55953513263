package oktasim

import (
	"maps"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// The types of an access token, which are also the schemes of the Authorization header.
const (
	bearerType = "Bearer"
	dpopType   = "DPoP"
)

const (
	codeGrant    = "authorization_code"
	refreshGrant = "refresh_token"
	serviceGrant = "client_credentials"
	deviceGrant  = "urn:ietf:params:oauth:grant-type:device_code"

	tokenLife = time.Hour // one length for all (contract okta.md 3.2)
)

// ticket is what an app may have: a code stands for it, and then the tokens do.
type ticket struct {
	app      *app
	server   *authServer // nil: the org's own
	user     *user       // nil: a service app has it by itself
	scopes   []string
	nonce    string
	signedIn time.Time
	issuer   string
}

// accessToken is what an authorization server gave out: for the management API, or for a visitor.
type accessToken struct {
	ticket
	boundTo     string // thumbprint of the key (RFC 9449); empty: none
	id, refresh string // of a visitor's: its jti, and the refresh token that came with it
}

// grantToken plays the grants that are called for: tools sign in at the org's own server, visitors at any.
func (s *Server) grantToken(c *call) (any, error) {
	c.header.Set("Cache-Control", "no-store") // RFC 6749 5.1
	grants := map[string]handler{codeGrant: (*Server).redeemCode}
	if c.as == nil {
		grants[serviceGrant], grants[deviceGrant] = (*Server).grantToService, (*Server).grantToDevice
	}
	asked, known := c.form.Get("grant_type"), strings.Join(slices.Sorted(maps.Keys(grants)), ", ")
	var doc any
	err := refusal.OAuth("unsupported_grant_type", known)
	if asked == "" {
		err = refusal.OAuth("token_request_missing_grant_type", known)
	} else if grant := grants[asked]; grant != nil {
		doc, err = grant(s, c)
	}
	s.tellRefusedToken(c, err)
	return doc, err
}

// grantToService gives a service app a token.
func (s *Server) grantToService(c *call) (any, error) {
	a, err := s.provenClient(c)
	if err == nil {
		err = a.mayUse(serviceGrant)
	}
	if err != nil {
		return nil, err
	}
	key, err := s.keyToBind(c, a)
	if err != nil {
		return nil, err
	}
	scopes, err := scopesFor(c.form.Get("scope"), a.granted)
	if err != nil {
		return nil, err
	}
	return s.issue(&accessToken{ticket: ticket{app: a, scopes: scopes}, boundTo: key}, "", tokenLife), nil
}

// mayUse refuses a grant that the app is not configured for.
func (a *app) mayUse(grant string) error {
	if a.has("grant_types", grant) {
		return nil
	}
	return refusal.OAuth("unauthorized_client", strings.Join(a.settings("grant_types"), ", "))
}

// issue keeps an access token for that long and shows it; without a value it gets one that is opaque to everybody
// but the org.
func (s *Server) issue(t *accessToken, value string, life time.Duration) object {
	if value == "" {
		value = "ey" + s.noise.Text(80)
	}
	s.issued.Put(s.now(), value, t, life)
	kind := bearerType
	if t.boundTo != "" {
		kind = dpopType
	}
	return object{
		"token_type": kind, "expires_in": int(life.Seconds()), "access_token": value, "scope": strings.Join(t.scopes, " "),
	}
}

// once reports whether an id is new, and remembers it for that long.
func (s *Server) once(id string, life time.Duration) bool {
	if s.used.Get(s.now(), id) {
		return false
	}
	s.used.Put(s.now(), id, true, life)
	return true
}

const (
	proofHeader = "DPoP"
	nonceHeader = "DPoP-Nonce"

	nonceRenews = 24 * time.Hour     // contract okta.md 3.2
	nonceLives  = 3 * 24 * time.Hour // from the time that it was new
)

// address is what was called, without the query.
func (c *call) address() string { return simkit.Base(c.r) + c.r.URL.Path }

// readProof checks all of a proof but what it is for: its nonce, or the token that it goes with.
func (s *Server) readProof(c *call) (signing.Proof, error) {
	return signing.ReadProof(c.r.Header.Values(proofHeader), c.r.Method, c.address(), s.now(), func(id string) bool {
		return s.once(id, 2*signing.ProofAge)
	})
}

// keyToBind is the key that a new token of a is bound to: none if the app does not require one and no proof came. A
// proof needs the org's nonce, and another key than that of the assertion.
func (s *Server) keyToBind(c *call, a *app) (string, error) {
	if !a.flag(oauthSettings+".dpop_bound_access_tokens") && c.r.Header.Get(proofHeader) == "" {
		return "", nil
	}
	p, err := s.readProof(c)
	if err != nil {
		return "", err
	}
	if err := p.Differs(a.signer); err != nil {
		return "", err
	}
	now := s.now()
	if !now.Before(s.nonceRenews) {
		s.nonce, s.nonceRenews = s.noise.Text(32), now.Add(nonceRenews)
		s.nonces.Put(now, s.nonce, true, nonceLives)
	}
	if !s.nonces.Get(now, p.Nonce) {
		c.header.Set(nonceHeader, s.nonce)
		return "", refusal.OAuth("use_dpop_nonce")
	}
	return p.Thumbprint, nil
}
