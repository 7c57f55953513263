package oktasim

import (
	"net/http"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// session is a browser in which a user is signed in at Okta.
type session struct {
	user     *user
	signedIn time.Time
}

const (
	sessionCookie = "sid"
	sessionLife   = 2 * time.Hour
)

// startSession signs a user in. Pages elsewhere must be able to send the cookie along (contract okta.md 5),
// which takes SameSite=None, and that takes Secure; browsers let loopback have such cookies without TLS.
func (s *Server) startSession(c *call, u *user) *session {
	now := s.now()
	s.endSession(c)
	value := s.noise.Text(43)
	x := &session{user: u, signedIn: now}
	s.sessions.Put(now, value, x, sessionLife)
	c.setSession(value, 0)
	return x
}

// session is the one that the browser's cookie names, nil without one. A user who may no longer sign in has none.
func (s *Server) session(c *call) *session {
	cookie, err := c.r.Cookie(sessionCookie)
	if err != nil {
		return nil
	}
	x := s.sessions.Get(s.now(), cookie.Value)
	if x == nil || !x.user.active() {
		return nil
	}
	return x
}

// endSession signs the browser's user out.
func (s *Server) endSession(c *call) {
	if cookie, err := c.r.Cookie(sessionCookie); err == nil {
		delete(s.sessions, cookie.Value)
	}
	c.setSession("", -1)
}

func (c *call) setSession(value string, maxAge int) {
	cookie := http.Cookie{
		Name: sessionCookie, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: true, SameSite: http.SameSiteNoneMode,
	}
	// The last word of an answer counts.
	c.header.Set("Set-Cookie", cookie.String())
}

// closeSession signs out a visitor at the wish of a page: okta-auth-js does that where it holds no ID token
// (contract okta.md 5). Only a page of a trusted origin may.
func (s *Server) closeSession(c *call) (any, error) {
	if from := c.r.Header.Get("Origin"); from != "" && !s.trusts(from) && !strings.EqualFold(from, "http://"+c.r.Host) {
		return nil, refusal.Of("E0000005")
	}
	if s.session(c) == nil {
		return nil, refusal.NotFound("me", "Session")
	}
	s.endSession(c)
	return nothing{}, nil
}

// allowOrigin lets a page of a trusted origin read the answer and send cookies along (contract okta.md 5).
func (s *Server) allowOrigin(c *call) {
	if from := c.r.Header.Get("Origin"); s.trusts(from) {
		c.header.Set("Access-Control-Allow-Origin", from)
		c.header.Set("Access-Control-Allow-Credentials", "true")
		c.header.Add("Vary", "Origin")
	}
}

// preflight answers what a browser asks before it lets a page make a call (Fetch standard, CORS protocol).
func (s *Server) preflight(c *call, asked route) (int, any, error) {
	switch {
	case asked.access == public:
		c.header.Set("Access-Control-Allow-Origin", "*")
	case !s.trusts(c.r.Header.Get("Origin")):
		return 0, nil, refusal.Bare(http.StatusForbidden)
	}
	c.header.Set("Access-Control-Allow-Methods", asked.method)
	c.header.Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
	return http.StatusNoContent, nothing{}, nil
}
