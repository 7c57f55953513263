package oktasim

import (
	"net"
	"net/http"
	"strings"
	"time"
)

// event is an entry of the System Log (contract okta.md 11).
type event struct {
	id, kind, result, reason string
	at                       time.Time
	actor                    party
	targets                  []party // none: null
	ip, agent                string
	session, request         string
	debug                    object
}

func (e *event) key() string { return e.id }

// party is who did something, or what it was done to.
type party struct{ id, kind, login, name string }

func (u *user) party() party { return party{u.id, "User", u.email, u.name()} }
func (a *app) party() party  { return party{a.id, "AppInstance", a.label, a.label} }

// clientParty is an OAuth client as an actor. One that the org does not have is known by what it calls itself.
func (s *Server) clientParty(id string) party {
	p := party{id, "PublicClientApp", id, id}
	if a := s.client(id); a != nil {
		p.name = a.label
	}
	return p
}

// The outcomes of events.
const (
	success   = "SUCCESS"
	failure   = "FAILURE"
	challenge = "CHALLENGE"
	allow     = "ALLOW"
)

// mostEvents is how many the org remembers.
const mostEvents = 10000

// tell writes an event down. What every event says about the request is added to it.
func (s *Server) tell(c *call, e event) {
	e.id, e.at = s.noise.UUID(), s.now()
	e.ip, e.agent = clientIP(c.r), c.r.UserAgent()
	e.request = c.header.Get("X-Okta-Request-Id")
	e.debug = merge(object{"requestId": e.request, "requestUri": c.r.URL.Path, "url": c.r.URL.RequestURI()}, e.debug)
	s.events = append(s.events, &e)
	if len(s.events) > mostEvents {
		s.events = s.events[1:]
	}
}

// clientIP is where a request came from. Everything here comes from loopback, so a caller that stands for a machine
// elsewhere names it in X-Forwarded-For.
func clientIP(r *http.Request) string {
	if first, _, _ := strings.Cut(r.Header.Get("X-Forwarded-For"), ","); net.ParseIP(strings.TrimSpace(first)) != nil {
		return strings.TrimSpace(first)
	}
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	return host
}

// oauthKind is the type of an event at an authorization server; custom ones have types of their own.
func oauthKind(c *call, suffix string) string {
	if c.as != nil {
		return "app.oauth2.as." + suffix
	}
	return "app.oauth2." + suffix
}
