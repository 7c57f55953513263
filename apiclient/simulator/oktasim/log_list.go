package oktasim

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

const logAge = 7 * 24 * time.Hour // how far back the log is read without a wish (contract okta.md 11)

// listLogs reads the System Log. Without an end, oldest first, it is a polling query: it goes by the time at which
// events came in, and there is always a next page (contract okta.md 11).
func (s *Server) listLogs(c *call) (any, error) {
	query := c.r.URL.Query()
	now := s.now()
	f, err1 := c.parseFilter("filter", "actor.id", "client.ipAddress", "eventType", "outcome.result", "target.id")
	since, err2 := c.time("since", now.Add(-logAge))
	until, err3 := c.time("until", now.Add(time.Millisecond))
	for _, err := range []error{err1, err2, err3} {
		if err != nil {
			return nil, err
		}
	}
	order := query.Get("sortOrder")
	if order != "" && order != "ASCENDING" && order != "DESCENDING" {
		return nil, invalid("sortOrder", "sortOrder: must be ASCENDING or DESCENDING")
	}
	polling := !query.Has("until") && order != "DESCENDING"
	words := strings.Fields(strings.ToLower(query.Get("q")))
	found := keep(s.events, func(e *event) bool {
		at, here := e.at, e.at.Add(s.opts.LogDelay)
		if polling {
			at = here
		}
		return !here.After(now) && !at.Before(since) && at.Before(until) && e.fits(f) && e.tells(words)
	})
	if order == "DESCENDING" {
		slices.Reverse(found)
	}
	found, err := page(c, found, paging{standard: 100, most: 1000})
	if err == nil && polling && !slices.ContainsFunc(c.header.Values("Link"), func(line string) bool { return strings.HasSuffix(line, `rel="next"`) }) {
		if len(found) > 0 {
			query.Set("after", found[len(found)-1].id)
		}
		c.link(query, "next")
	}
	return render(found, (*event).document), err
}

// time reads a time of the query (RFC 3339).
func (c *call) time(parameter string, otherwise time.Time) (time.Time, error) {
	text := c.r.URL.Query().Get(parameter)
	if text == "" {
		return otherwise, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, invalid(parameter, parameter+": must be a time such as 2026-01-31T08:15:00.000Z")
	}
	return at, nil
}

// fits reports whether the filter lets the event through. A comparison with a target holds when it does for one.
func (e *event) fits(f filter) bool {
	targets := e.targets
	if len(targets) == 0 {
		targets = []party{{}}
	}
	return slices.ContainsFunc(targets, func(target party) bool {
		return f.holds(func(member string) string {
			return map[string]string{
				"actor.id": e.actor.id, "client.ipAddress": e.ip, "eventType": e.kind, "outcome.result": e.result, "target.id": target.id,
			}[member]
		})
	})
}

// tells reports whether all the words are somewhere in the event.
func (e *event) tells(words []string) bool {
	if len(words) == 0 {
		return true
	}
	doc, _ := json.Marshal(e.document()) // texts and lists of texts
	text := strings.ToLower(string(doc))
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}
