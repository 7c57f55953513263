package genesyssim

import (
	"net/http"
	"slices"
	"strings"
)

// authenticate checks the bearer token and counts the call against its limit.
func (s *Server) authenticate(c *call, header http.Header) error {
	scheme, text, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") || text == "" {
		return refuse("authentication.required")
	}
	known, ok := s.tokens[text]
	if !ok || !c.now.Before(known.expires) {
		return refuse("bad.credentials")
	}
	c.token = known
	return known.window.count(c.now, s.callsPerMinute(), header)
}

// admit refuses a user's token whose client lacks the scope. Scopes do not apply to client credentials
// (contract genesys.md 6).
func (t *token) admit(op operation) error {
	wanted := scopesFor(op.pattern)
	if t.user == nil || len(wanted) == 0 || slices.ContainsFunc(wanted, func(s string) bool { return slices.Contains(t.client.scopes, s) }) {
		return nil
	}
	return refuse("app.not.authorized.for.scope", wanted[0])
}

// subject is who acts: the user, else the client itself.
func (t *token) subject() (id, name string) {
	if t.user != nil {
		return t.user.id, t.user.name
	}
	return t.client.id, t.client.name
}

// by is the id of who makes the call.
func (c *call) by() string {
	id, _ := c.token.subject()
	return id
}
