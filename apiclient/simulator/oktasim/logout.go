package oktasim

import (
	"errors"
	"net/url"
)

// logout ends the session of the person that an ID token of the app names, and sends the browser to an address
// that the app has registered for it. The ID token may have ended (OpenID Connect RP-Initiated Logout 1.0, 2).
func (s *Server) logout(c *call) (any, error) {
	wish := c.form
	if wish == nil {
		wish = c.r.URL.Query()
	}
	to, err := s.readLogout(c, wish)
	if err != nil {
		var e *oauthError
		if errors.As(err, &e) {
			return errorPage(e), nil
		}
		return nil, err
	}
	s.endSession(c)
	if to == "" {
		return document("Signed out", "<p>You are signed out. You can close this page.</p>"), nil
	}
	answer := url.Values{}
	if state := wish.Get("state"); state != "" {
		answer.Set("state", state)
	}
	return back(to, answer), nil
}

// readLogout is where the browser goes after a sign-out; empty: nowhere.
func (s *Server) readLogout(c *call, wish url.Values) (string, error) {
	if wish.Get("id_token_hint") == "" {
		return "", refuse("missing_id_token_hint")
	}
	said := s.keyOf(c.as).read(wish.Get("id_token_hint"))
	a := s.client(textAt(said, "aud"))
	if a == nil || a.status != active || textAt(said, "iss") != s.issuerAt(c, a) {
		return "", refuse("invalid_id_token_hint")
	}
	if x := s.session(c); x != nil && x.user.id != textAt(said, "sub") {
		return "", refuse("invalid_id_token_hint") // definition: the subject matches the current session
	}
	to := wish.Get("post_logout_redirect_uri")
	if to != "" && !hasText(textsAt(a.tree, oauthSettings+".post_logout_redirect_uris"), to) {
		return "", refuse("illegal_post_logout_redirect_uri")
	}
	return to, nil
}
