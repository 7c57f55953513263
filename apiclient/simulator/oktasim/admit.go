package oktasim

import (
	"crypto/subtle"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// caller is who makes a management call.
type caller struct {
	user   *user    // nil: a service app
	roles  []string // admin roles; nil: none
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
	if rt.access == licensed && s.profile.noAPIAM {
		return refusal.Of("E0000015")
	}
	if rt.access != owner && !slices.ContainsFunc(c.who.roles, c.isAssigned) {
		return refusal.Of("E0000006")
	}
	return nil
}

// isAssigned reports whether an admin role allows the call.
func (c *call) isAssigned(name string) bool {
	role, known := roles[name]
	return known && (!c.writes() || role.writes == nil || slices.Contains(role.writes, c.resource()))
}

// resource is the first name below the management API's path; empty: the call is none of it.
func (c *call) resource() string {
	below, _ := strings.CutPrefix(c.r.URL.Path, "/api/v1/")
	first, _, _ := strings.Cut(below, "/")
	return first
}

// identify finds out who calls, by the scheme of the Authorization header.
func (s *Server) identify(c *call) error {
	scheme, given, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	switch {
	case strings.EqualFold(scheme, "SSWS"):
		u := s.tokenOwner(given)
		if u == nil {
			return refusal.Of("E0000011")
		}
		c.who = caller{user: u, roles: u.roles}
		return nil
	case strings.EqualFold(scheme, bearerType), strings.EqualFold(scheme, dpopType):
		return s.identifyToken(c, given, strings.EqualFold(scheme, dpopType))
	}
	return refusal.Of("E0000005")
}

// tokenOwner is the admin whose API token was given; nil: no admin's.
func (s *Server) tokenOwner(given string) *user {
	switch {
	case s.revoked || given == "" || given == s.opts.OthersBut:
		return nil
	case subtle.ConstantTimeCompare([]byte(given), []byte(s.token)) == 1:
		return s.admin
	}
	return s.super
}

// identifyToken takes an access token. One that is bound to a key comes with a proof of that key.
func (s *Server) identifyToken(c *call, given string, proven bool) error {
	t := s.issued.Get(s.now(), given)
	if t == nil || t.server != nil || !t.app.active() || proven != (t.boundTo != "") {
		c.challenge(proven, "invalid_token", "The access token is invalid.")
		return refusal.Of("E0000011")
	}
	if proven {
		p, err := s.readProof(c)
		if err == nil {
			err = p.Covers(given, t.boundTo)
		}
		if err != nil {
			return c.challengeWith(err)
		}
	}
	c.who = caller{user: t.user, roles: t.app.roles, scopes: t.scopes, oauth: true}
	if t.user != nil {
		c.who.roles = t.user.roles
	}
	return nil
}

// scoped refuses an OAuth token on an endpoint that it cannot open, or that it has no scope for.
func (s *Server) scoped(c *call, rt route) error {
	if !c.who.oauth {
		return nil
	}
	needed := c.neededScope()
	if rt.access == owner || needed == "" {
		return refusal.Of("E0000005") // contract okta.md 1.7
	}
	if slices.Contains(c.who.scopes, needed) || slices.Contains(c.who.scopes, strings.TrimSuffix(needed, ".read")+".manage") {
		return nil
	}
	proven := strings.EqualFold(strings.Fields(c.r.Header.Get("Authorization"))[0], dpopType)
	c.challenge(proven, "insufficient_scope", "The access token provided does not contain the required scopes.")
	return refusal.Bare(http.StatusForbidden)
}

// scopeNames say which scope the management calls below a path need. Reading needs .read, writing .manage, and who may
// write may read (contract okta.md 3.5).
var scopeNames = map[string]string{
	"apps": "apps", "internal": "apps", "groups": "groups", "trustedOrigins": "trustedOrigins", "authorizationServers": "authorizationServers",
	"policies": "policies", "users": "users", "roles": "roles", "grants": "appGrants", "logs": "logs", "org": "orgs", "domains": "domains",
}

// neededScope is the scope that a call needs; empty: no OAuth token opens it.
func (c *call) neededScope() string {
	name := scopeNames[c.resource()]
	if last := path.Base(c.r.URL.Path); last == "roles" || last == "grants" {
		name = scopeNames[last]
	}
	switch {
	case name == "":
		return ""
	case c.writes():
		return "okta." + name + ".manage"
	}
	return "okta." + name + ".read"
}

// scopesFor are the scopes that a request asks for, all of which must be allowed; at least one is needed.
func scopesFor(asked string, allowed ...[]string) ([]string, error) {
	scopes := strings.Fields(asked)
	all := slices.Concat(allowed...)
	if len(scopes) == 0 || slices.ContainsFunc(scopes, func(x string) bool { return !slices.Contains(all, x) }) {
		return nil, refusal.OAuth("invalid_scope")
	}
	return scopes, nil
}

// challenge writes the header that says why an access token was refused (contract okta.md 1.7).
func (c *call) challenge(proven bool, code, description string) {
	start, base := bearerType+" ", simkit.Base(c.r)
	if proven {
		start = fmt.Sprintf("%s algs=%q, ", dpopType, signing.Algorithms())
	}
	c.header.Set("WWW-Authenticate", start+fmt.Sprintf("authorization_uri=%q, realm=%q, scope=%q, error=%q, error_description=%q, resource=%q",
		base+"/oauth2/v1/authorize", base, c.neededScope(), code, description, c.r.URL.Path))
}

// challengeWith puts an OAuth error into the header alone.
func (c *call) challengeWith(err error) error {
	e := refusal.From(err)
	c.challenge(true, e.Code, e.Words)
	return refusal.Bare(e.Status)
}
