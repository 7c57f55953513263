package oktasim

import (
	"cmp"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/eventlog"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

const logAge = 7 * 24 * time.Hour // how far back the log is read without a wish (contract okta.md 11)

// log writes an event of each kind down. What every event says about the request is added to it.
func (s *Server) log(c *call, e eventlog.Event, kinds ...eventlog.Kind) {
	for _, kind := range kinds {
		e.ID, e.At, e.Kind, e.Custom = s.noise.UUID(), s.now(), kind, c.as != nil
		e.IP, e.Agent = clientIP(c.r), c.r.UserAgent()
		e.Request = c.header.Get("X-Okta-Request-Id")
		e.Debug = jsontree.Merge(object{"requestId": e.Request, "requestUri": c.r.URL.Path, "url": c.r.URL.RequestURI()}, e.Debug)
		s.events = append(s.events, e)
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

func (a *app) party() eventlog.Party {
	return eventlog.Party{ID: a.id, Kind: "AppInstance", Login: a.label(), Name: a.label()}
}

// clientParty is an OAuth client as an actor. One that the org does not have is known by what it calls itself.
func (s *Server) clientParty(id string) eventlog.Party {
	p := eventlog.Party{ID: id, Kind: "PublicClientApp", Login: id, Name: id}
	if a := s.client(id); a != nil {
		p.Name = a.label()
	}
	return p
}

var logListing = listing{
	filters:  map[string][]string{"filter": {"actor.id", "client.ipAddress", "eventType", "outcome.result", "target.id"}},
	standard: 100, most: 1000,
}

// listLogs reads the System Log up to a time, oldest first unless it is asked otherwise (contract okta.md 11). Polling,
// which goes on from the last page, is not played: nothing that calls the org does it.
func (s *Server) listLogs(c *call) (any, error) {
	query := c.r.URL.Query()
	now := s.now()
	since, err1 := timeIn(query, "since", now.Add(-logAge))
	until, err2 := timeIn(query, "until", now.Add(time.Millisecond))
	if err := cmp.Or(err1, err2); err != nil {
		return nil, err
	}
	docs := []object{}
	for _, e := range s.events {
		if !e.At.Add(s.opts.LogDelay).After(now) && !e.At.Before(since) && e.At.Before(until) {
			docs = append(docs, e.Document())
		}
	}
	switch query.Get("sortOrder") {
	case "", "ASCENDING":
	case "DESCENDING":
		slices.Reverse(docs)
	default:
		return nil, refusal.Field("sortOrder", "must be ASCENDING or DESCENDING")
	}
	return logListing.answer(c, docs)
}

// timeIn reads a time of the query (RFC 3339).
func timeIn(query url.Values, parameter string, otherwise time.Time) (time.Time, error) {
	if !query.Has(parameter) {
		return otherwise, nil
	}
	at, err := time.Parse(time.RFC3339, query.Get(parameter))
	if err != nil {
		return at, refusal.Field(parameter, "must be a time such as 2026-01-31T08:15:00.000Z")
	}
	return at, nil
}

// logDenied writes down why a visitor gets no code.
func (s *Server) logDenied(c *call, wish signIn, query url.Values, e *refusal.Error) {
	denied := eventlog.Event{Result: eventlog.Failure, Actor: s.clientParty(query.Get("client_id"))}
	if wish.user != nil {
		denied.Actor = wish.user.party()
	}
	if wish.app != nil {
		denied.Targets = []eventlog.Party{wish.app.party()}
	}
	kind, debug := eventlog.Authorize, asked(query)
	switch e.Name {
	case "user_not_assigned":
		s.log(c, denied, eventlog.NotAssigned)
	case "scope_denied":
		kind = eventlog.ScopeDenied
	case "illegal_redirect_uri":
		debug["redirectUri"] = query.Get("redirect_uri")
	}
	denied.Reason, denied.Debug = e.Name, debug
	s.log(c, denied, kind)
}

func asked(query url.Values) object {
	return object{"responseType": query.Get("response_type"), "requestedScopes": query.Get("scope")}
}

// logPolicy writes down what the app's sign-in policy came to: the user is allowed, or must show or set up one factor
// more.
func (s *Server) logPolicy(c *call, a *app, u *user, result string) {
	s.log(c, eventlog.Event{
		Result: result, Reason: "Sign-on policy evaluation resulted in " + result,
		Actor: u.party(), Targets: []eventlog.Party{a.party()},
	}, eventlog.SignOnPolicy)
}

// logTokens writes down which tokens a client has got for a user.
func (s *Server) logTokens(c *call, t ticket, made []string) {
	e := eventlog.Event{
		Result: eventlog.Success, Actor: s.clientParty(t.app.clientID),
		Targets: []eventlog.Party{t.app.party(), t.user.party()}, Debug: c.tokenDebug(),
	}
	s.log(c, e, eventlog.TokenGrant)
	for _, token := range made {
		of := e
		of.Targets = slices.Concat([]eventlog.Party{{Kind: token}}, e.Targets)
		s.log(c, of, eventlog.TokenGrant+eventlog.Kind("."+token))
	}
}

// logRefusedToken writes down why a client gets no tokens for a visitor. The actor is the client, and the address its
// own: the visitor has no part in it (contract okta.md 11).
func (s *Server) logRefusedToken(c *call, err error) {
	grant := c.form.Get("grant_type")
	if err == nil || grant == serviceGrant || grant == deviceGrant {
		return
	}
	said, _ := c.clientAuth() // a client that sends no credentials stays unknown
	kinds := []eventlog.Kind{eventlog.TokenGrant}
	e := refusal.From(err)
	reason := e.Name
	switch {
	case reason == "invalid_client_secret":
		kinds = []eventlog.Kind{eventlog.BadCredentials, eventlog.TokenGrant}
	case e.Code == "invalid_dpop_proof": // one internal code for all that can be wrong with a proof
		reason = e.Code
	}
	s.log(c, eventlog.Event{Result: eventlog.Failure, Reason: reason, Actor: s.clientParty(said.id), Debug: c.tokenDebug()}, kinds...)
}

func (c *call) tokenDebug() object {
	said, _ := c.clientAuth()
	return object{"grantType": c.form.Get("grant_type"), "clientAuthType": said.method}
}

// logRevoked writes down that a client revoked a token of that kind; empty: it was none any more. A sign-out at Genesys
// Cloud leaves one of each (contract okta.md 11).
func (s *Server) logRevoked(c *call, a *app, kind string) {
	e := eventlog.Event{Result: eventlog.Success, Actor: s.clientParty(a.clientID), Targets: []eventlog.Party{{Kind: kind}}}
	if kind == "" {
		e.Result, e.Reason, e.Targets = eventlog.Failure, "invalid_token", []eventlog.Party{{Kind: "AuthorizationServer"}}
	}
	s.log(c, e, eventlog.TokenRevoke)
}
