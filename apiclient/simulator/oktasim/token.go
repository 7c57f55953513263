package oktasim

import (
	"crypto/subtle"
	"maps"
	"net/url"
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
	s.logRefusedToken(c, err)
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

// issue keeps an access token for that long and shows it; without a value it gets an opaque one.
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
	if a.signer != nil {
		if err := p.Differs(a.signer); err != nil {
			return "", err
		}
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

// clientAuth is how a request says which client it comes from (RFC 6749 2.3, RFC 7523).
type clientAuth struct {
	id, secret, method string
	assertion          signing.Assertion
}

// The ways in which a client says who it is, by their names in an app integration.
const (
	basicAuth = "client_secret_basic"
	postAuth  = "client_secret_post"
	keyAuth   = "private_key_jwt"
	noAuth    = "none"
)

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// clientAuth reads who the request says it is. Two ways at once are refused (definition, example
// MultipleClientCreds).
func (c *call) clientAuth() (clientAuth, error) {
	id, value, basic := c.r.BasicAuth()
	inForm, signed := c.form.Has("client_secret"), c.form.Get("client_assertion_type") == assertionType
	switch {
	case basic && (inForm || signed), inForm && signed:
		return clientAuth{}, refusal.OAuth("several_credentials")
	case signed:
		a, err := signing.ReadAssertion(c.form.Get("client_assertion"))
		return clientAuth{id: a.Subject, method: keyAuth, assertion: a}, err
	case basic:
		return clientAuth{id: unescaped(id), secret: unescaped(value), method: basicAuth}, nil // RFC 6749 2.3.1
	case inForm:
		return clientAuth{id: c.form.Get("client_id"), secret: c.form.Get("client_secret"), method: postAuth}, nil
	case c.form.Get("client_id") == "":
		return clientAuth{}, refusal.OAuth("no_credentials")
	}
	return clientAuth{id: c.form.Get("client_id"), method: noAuth}, nil
}

// provenClient is the app that a request proves to come from, in the one way that the app is set to. Services have no
// other way than their key (contract okta.md 3.2).
func (s *Server) provenClient(c *call) (*app, error) {
	said, err := c.clientAuth()
	if err != nil {
		return nil, err
	}
	a := s.client(said.id)
	switch {
	case c.form.Get("grant_type") == serviceGrant && said.method != keyAuth:
		return nil, refusal.OAuth("unsupported_auth_method_client_creds")
	case a == nil || !a.active() || said.method == keyAuth && a.signer == nil:
		return nil, refusal.OAuth("invalid_client_id")
	}
	fits := func(x *entry) bool {
		return x.active() && subtle.ConstantTimeCompare([]byte(x.text("client_secret")), []byte(said.secret)) == 1
	}
	switch wanted := a.text(oauthCredentials + ".token_endpoint_auth_method"); {
	case said.method == noAuth && wanted != noAuth:
		return nil, refusal.OAuth("invalid_client_secret")
	case said.method != wanted:
		return nil, refusal.OAuth("wrong_auth_method", wanted)
	case !s.fromZone(c, a):
		return nil, refusal.OAuth("disallowed_network_zone")
	case wanted == keyAuth:
		// The assertion is used up, also when what comes after it is refused (contract okta.md 3.2).
		err := said.assertion.Check(a.signer, c.address(), s.now())
		if err == nil && !s.once("assertion "+said.id+" "+said.assertion.ID, signing.AssertionLife) {
			err = refusal.OAuth("client_assertion_already_used")
		}
		return a, err
	case wanted != noAuth && !slices.ContainsFunc(a.secrets, fits):
		return nil, refusal.OAuth("invalid_client_secret")
	}
	return a, nil
}

// fromZone reports whether the network restriction of an app lets a request in (contract okta.md 1.1). This computer is in
// the org's one zone, and no other address is in any.
func (s *Server) fromZone(c *call, a *app) bool {
	if a.setting("network.connection") != "ZONE" {
		return true
	}
	in := func(list string) bool {
		return simkit.IsLoopback(clientIP(c.r)) && (a.has(list, "ALL_IP_ZONES") || a.has(list, s.office))
	}
	return !in("network.exclude") && (in("network.include") || len(a.settings("network.include")) == 0)
}

// OfficeZone returns the ID of the network zone that this computer is in, and Genesys Cloud isn't.
func (s *Server) OfficeZone() string { return s.office }

func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}
