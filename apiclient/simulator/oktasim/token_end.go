package oktasim

import (
	"maps"
	"slices"
)

// revoke ends a token of the client that asks (RFC 7009). A refresh token takes its access tokens along. A token
// that is nobody's is answered in the same way, so that nothing is told.
func (s *Server) revoke(c *call) (any, error) {
	a, err := s.visitorClient(c)
	if err != nil {
		return nil, err
	}
	value := c.form.Get("token")
	if value == "" {
		return nil, refuse("missing_token")
	}
	if x := s.issued[value]; x != nil && x.app == a && x.ticket != nil && x.ticket.server == c.as {
		delete(s.issued, value)
	}
	if x := s.renewals[value]; x != nil && x.ticket.app == a && x.ticket.server == c.as {
		family := slices.Collect(maps.Keys(s.renewals))
		family = keep(family, func(other string) bool { return s.renewals[other].id == x.id })
		for _, other := range family {
			delete(s.renewals, other)
		}
		maps.DeleteFunc(s.issued, func(_ string, t *accessToken) bool { return t.refresh != "" && slices.Contains(family, t.refresh) })
	}
	return nothing{}, nil
}

// introspect tells a client about a token of its own (RFC 7662).
func (s *Server) introspect(c *call) (any, error) {
	a, err := s.visitorClient(c)
	if err != nil {
		return nil, err
	}
	value := c.form.Get("token")
	if value == "" {
		return nil, refuse("missing_token")
	}
	now := s.now()
	answer := func(t *ticket, expires int64) object {
		return object{
			"active": true, "token_type": bearerType, "scope": t.scope(), "client_id": a.clientID, "username": t.user.email,
			"sub": t.user.email, "exp": expires,
		}
	}
	if x := s.issued[value]; x != nil && x.ticket != nil && x.app == a && x.ticket.server == c.as && now.Before(x.expires) {
		return merge(answer(x.ticket, x.expires.Unix()), object{"iss": x.ticket.issuer, "jti": x.id, "uid": x.user.id}), nil
	}
	if x := s.renewals[value]; x != nil && x.ticket.app == a && x.ticket.server == c.as && now.Before(x.expires) {
		return answer(x.ticket, x.expires.Unix()), nil
	}
	return object{"active": false}, nil
}
