package oktasim

import (
	"fmt"
	"net/http"
	"strings"
)

// userinfo tells who the visitor is to the bearer of an access token of the same server.
func (s *Server) userinfo(c *call) (any, error) {
	scheme, value, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	x := s.issued[value]
	switch {
	case !strings.EqualFold(scheme, bearerType), x == nil, x.ticket == nil, x.ticket.server != c.as, !s.now().Before(x.expires):
		return nil, c.unread(http.StatusUnauthorized, "invalid_token", "The access token is invalid")
	case !hasText(x.scopes, "openid"):
		return nil, c.unread(http.StatusForbidden, "insufficient_scope", "The access token must provide access to at least one of these scopes - profile, email, address or phone")
	}
	u := x.user
	answer := object{"sub": u.id}
	if hasText(x.scopes, "profile") {
		answer = merge(answer, object{
			"name": u.name(), "given_name": u.first, "family_name": u.last, "preferred_username": u.email,
			"locale": "en-US", "zoneinfo": "America/Los_Angeles", "updated_at": u.created.Unix(),
		})
	}
	if hasText(x.scopes, "email") {
		answer = merge(answer, object{"email": u.email, "email_verified": true})
	}
	return answer, nil
}

// unread refuses in the header alone (definition, operation userinfo).
func (c *call) unread(status int, code, description string) error {
	c.header.Set("WWW-Authenticate", fmt.Sprintf("%s error=%q, error_description=%q", bearerType, code, description))
	return &bare{status}
}
