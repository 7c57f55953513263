package oktasim

import (
	"crypto/subtle"
	"net/http"
	"strings"
	"time"
)

// caller is who makes a management call.
type caller struct {
	user   *user    // nil: a service app
	role   string   // admin role; empty: none
	scopes []string // of an OAuth token
	oauth  bool
}

// admit checks everything about a call that does not depend on its body.
func (s *Server) admit(c *call, rt route) error {
	if rt.access == public && c.header.Get("Access-Control-Allow-Origin") == "" {
		// These documents are open to pages of every origin.
		c.header.Set("Access-Control-Allow-Origin", "*")
	}
	if rt.access == public || rt.access == anyone {
		return nil
	}
	if err := s.identify(c); err != nil {
		return err
	}
	if err := s.scoped(c, rt); err != nil {
		return err
	}
	if rt.access == licensed && s.opts.NoAPIAccessManagement {
		return fail("E0000015")
	}
	role, known := roles[c.who.role]
	if rt.access != owner && (!known || c.writes() && !role.writes) {
		return fail("E0000006")
	}
	return nil
}

// identify finds out who calls, by the scheme of the Authorization header.
func (s *Server) identify(c *call) error {
	scheme, given, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	switch {
	case strings.EqualFold(scheme, "SSWS"):
		if s.revoked || subtle.ConstantTimeCompare([]byte(given), []byte(s.token)) == 0 {
			return fail("E0000011")
		}
		c.who = caller{user: s.admin, role: s.admin.role}
		return nil
	case strings.EqualFold(scheme, bearerType), strings.EqualFold(scheme, dpopType):
		return s.identifyToken(c, given, strings.EqualFold(scheme, dpopType))
	}
	return fail("E0000005")
}

// identifyToken takes an access token. One that is bound to a key comes with a proof of that key.
func (s *Server) identifyToken(c *call, given string, proven bool) error {
	t := s.issued[given]
	if t == nil || t.ticket != nil && t.ticket.server != nil || !s.now().Before(t.expires) || t.app.status != active || proven != (t.boundTo != "") {
		c.challenge(proven, "", "invalid_token", "The access token is invalid.")
		return fail("E0000011")
	}
	if proven {
		p, err := s.readProof(c)
		if err == nil {
			err = p.covers(given, t.boundTo)
		}
		if err != nil {
			return c.challengeWith(err)
		}
	}
	c.who = caller{user: t.user, role: t.app.role, scopes: t.scopes, oauth: true}
	if t.user != nil {
		c.who.role = t.user.role
	}
	return nil
}

// scoped refuses an OAuth token on an end point that it cannot open, or that it has no scope for.
func (s *Server) scoped(c *call, rt route) error {
	if !c.who.oauth {
		return nil
	}
	needed := c.neededScope()
	if rt.access == owner || needed == "" {
		return fail("E0000005") // contract okta.md 1.7
	}
	if allows(c.who.scopes, needed) {
		return nil
	}
	proven := strings.EqualFold(strings.Fields(c.r.Header.Get("Authorization"))[0], dpopType)
	c.challenge(proven, needed, "insufficient_scope", "The access token provided does not contain the required scopes.")
	return &bare{http.StatusForbidden}
}

// bare is a refusal that says everything in its headers. Okta refuses a scope that way (contract okta.md 1.7).
type bare struct{ status int }

func (b *bare) Error() string { return http.StatusText(b.status) }

// accessToken is what an authorization server gave out: for the management API, or for a visitor.
type accessToken struct {
	app     *app
	user    *user // nil: a service app's own
	scopes  []string
	boundTo string // thumbprint of the key (RFC 9449); empty: none
	expires time.Time

	ticket      *ticket // a visitor's; nil: of a service or a device
	id, refresh string  // of a visitor's: its jti, and the refresh token that came with it
}
