package oktasim

import (
	"maps"
	"time"
)

const refreshGrant = "refresh_token"

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
		return nil, refuse("invalid_refresh_token")
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
func (s *Server) renew(t *ticket, old *refreshToken, asked string, r *rule) string {
	now := s.now()
	maps.DeleteFunc(s.renewals, func(_ string, x *refreshToken) bool { return !now.Before(x.expires) })
	whole, idle := r.refreshLife()
	if old == nil {
		old = &refreshToken{ticket: t, id: "oar" + s.noise.Text(17)}
		if whole > 0 {
			old.ends = now.Add(whole)
		}
	} else if textAt(t.app.tree, oauthSettings+".refresh_token.rotation_type") == "ROTATE" {
		next := *old
		next.rotated = false
		if !old.rotated {
			leeway, _ := dig(t.app.tree, oauthSettings+".refresh_token.leeway")
			old.rotated, old.expires = true, now.Add(time.Duration(wholeNumber(leeway))*time.Second)
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
