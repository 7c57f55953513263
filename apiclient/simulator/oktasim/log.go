package oktasim

import (
	"encoding/json"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/eventlog"
	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

const (
	mostEvents = 10000              // that the org remembers
	logAge     = 7 * 24 * time.Hour // how far back the log is read without a wish (contract okta.md 11)
)

// tell writes an event down. What every event says about the request is added to it.
func (s *Server) tell(c *call, e eventlog.Event) {
	e.ID, e.At = s.noise.UUID(), s.now()
	e.IP, e.Agent = clientIP(c.r), c.r.UserAgent()
	e.Request = c.header.Get("X-Okta-Request-Id")
	e.Debug = jsontree.Merge(object{"requestId": e.Request, "requestUri": c.r.URL.Path, "url": c.r.URL.RequestURI()}, e.Debug)
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
	filters: map[string][]string{"filter": {"actor.id", "client.ipAddress", "eventType", "outcome.result", "target.id"}},
	keeps: func(c *call) func(object) bool {
		words := strings.Fields(strings.ToLower(c.r.URL.Query().Get("q")))
		return func(doc object) bool {
			raw, _ := json.Marshal(doc) // texts and lists of texts
			text := strings.ToLower(string(raw))
			return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
		}
	},
	standard: 100, most: 1000,
}

// listLogs reads the System Log. Without an end, oldest first, it is a polling query: it goes by the time at which
// events came in, and there is always a next page (contract okta.md 11).
func (s *Server) listLogs(c *call) (any, error) {
	query := c.r.URL.Query()
	now := s.now()
	since, err := timeIn(query.Get("since"), "since", now.Add(-logAge))
	if err != nil {
		return nil, err
	}
	until, err := timeIn(query.Get("until"), "until", now.Add(time.Millisecond))
	if err != nil {
		return nil, err
	}
	order := query.Get("sortOrder")
	if order != "" && order != "ASCENDING" && order != "DESCENDING" {
		return nil, refusal.Invalid("sortOrder", "sortOrder: must be ASCENDING or DESCENDING")
	}
	polling := !query.Has("until") && order != "DESCENDING"
	docs := []object{}
	for _, e := range s.events {
		at, here := e.At, e.At.Add(s.opts.LogDelay)
		if polling {
			at = here
		}
		if !here.After(now) && !at.Before(since) && at.Before(until) {
			docs = append(docs, e.Document())
		}
	}
	if order == "DESCENDING" {
		slices.Reverse(docs)
	}
	if docs, err = logListing.answer(c, docs); err != nil {
		return nil, err
	}
	if polling && !slices.ContainsFunc(c.header.Values("Link"), func(line string) bool { return strings.HasSuffix(line, `rel="next"`) }) {
		if len(docs) > 0 {
			query.Set("after", cursor(docs[len(docs)-1]))
		}
		c.link(query, "next")
	}
	return docs, nil
}

// timeIn reads a time of the query (RFC 3339).
func timeIn(text, parameter string, otherwise time.Time) (time.Time, error) {
	if text == "" {
		return otherwise, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, refusal.Invalid(parameter, parameter+": must be a time such as 2026-01-31T08:15:00.000Z")
	}
	return at, nil
}
