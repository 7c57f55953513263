package okta

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"msgsso-wizard/apiclient"
)

// maxEvents is what is asked for at most. Okta gives 1000, but an event is a few kilobytes and an answer may have 1 MiB.
const maxEvents = 300

// LogQuery says which events of the System Log are wanted, by the org's clock (contract okta.md 11).
type LogQuery struct {
	Since  time.Time // zero: as far back as Okta goes by itself, seven days
	Until  time.Time // zero: now
	Filter string    // SCIM, such as `target.id eq "0oa..." and outcome.result eq "FAILURE"`; empty: all
	Limit  int       // of the newest events; 0 or more than 300: 300
}

// LogEvent is an event of the System Log, cleaned; what Okta left out or sent as null is empty (contract okta.md 11).
type LogEvent struct {
	Published                  time.Time
	Type, Message              string // eventType, displayMessage
	Result, Reason             string // outcome: SUCCESS, FAILURE and others; Okta's word for the cause
	Actor, ActorType           string // actor.id; in a failed token step the client, of type PublicClientApp
	ActorLogin, ActorName      string
	IP, UserAgent, Transaction string
	Targets                    []LogTarget
	Debug                      map[string]string // debugContext.debugData; what is no text is kept as JSON
}

// LogTarget is what an event was about.
type LogTarget struct{ ID, Type, Name, Login string }

// logTime is how a query spells a time: by the millisecond, as events do.
const logTime = "2006-01-02T15:04:05.000Z"

// Logs reads the newest events that a query fits, the newest last. An event comes a little later than what it tells of.
// Operation listLogEvents, contract okta.md 11.
func (c *Client) Logs(ctx context.Context, q LogQuery) ([]LogEvent, error) {
	if q.Until.IsZero() {
		q.Until = time.Now()
	}
	if q.Limit <= 0 || q.Limit > maxEvents {
		q.Limit = maxEvents
	}
	query := url.Values{"until": {q.Until.UTC().Format(logTime)}, "sortOrder": {"DESCENDING"}, "limit": {strconv.Itoa(q.Limit)}}
	if !q.Since.IsZero() {
		query.Set("since", q.Since.UTC().Format(logTime))
	}
	if q.Filter != "" {
		query.Set("filter", q.Filter)
	}
	events, _, err := page[logWire](ctx, c, apiclient.Request{Op: "listLogEvents", Method: http.MethodGet, Path: apiPath("logs"), Query: query})
	slices.Reverse(events)
	return events, err
}

type logWire struct {
	Published                 time.Time
	EventType, DisplayMessage apiclient.Text
	Outcome                   struct{ Result, Reason apiclient.Text }
	Actor                     logParty
	Client                    struct {
		IPAddress apiclient.Text
		UserAgent struct{ RawUserAgent apiclient.Text }
	}
	Transaction  struct{ ID apiclient.Text }
	Target       []logParty
	DebugContext struct{ DebugData map[string]json.RawMessage }
}

// logParty is an actor or a target that takes part in an event.
type logParty struct{ ID, Type, AlternateID, DisplayName apiclient.Text }

func (w logWire) value() (LogEvent, string) {
	if w.EventType == "" {
		return LogEvent{}, "eventType"
	}
	e := LogEvent{
		Published: w.Published, Type: string(w.EventType), Message: string(w.DisplayMessage),
		Result: string(w.Outcome.Result), Reason: string(w.Outcome.Reason),
		Actor: string(w.Actor.ID), ActorType: string(w.Actor.Type), ActorLogin: string(w.Actor.AlternateID), ActorName: string(w.Actor.DisplayName),
		IP: string(w.Client.IPAddress), UserAgent: string(w.Client.UserAgent.RawUserAgent), Transaction: string(w.Transaction.ID),
		Debug: map[string]string{},
	}
	for _, t := range w.Target {
		e.Targets = append(e.Targets, LogTarget{ID: string(t.ID), Type: string(t.Type), Name: string(t.DisplayName), Login: string(t.AlternateID)})
	}
	for name, raw := range w.DebugContext.DebugData {
		var text apiclient.Text
		if json.Unmarshal(raw, &text) != nil {
			text = apiclient.Text(apiclient.Clean(string(raw)))
		}
		e.Debug[apiclient.Clean(name)] = string(text)
	}
	return e, ""
}
