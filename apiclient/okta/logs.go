package okta

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/jsontree"
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
	Published  time.Time         `api:"published"`
	Type       string            `api:"eventType,required"`
	Message    string            `api:"displayMessage"`
	Result     string            `api:"outcome.result"` // SUCCESS, FAILURE and others
	Reason     string            `api:"outcome.reason"` // Okta's word for the cause
	Actor      string            `api:"actor.id"`       // in a failed token step the client, of type PublicClientApp
	ActorType  string            `api:"actor.type"`
	ActorLogin string            `api:"actor.alternateId"`
	IP         string            `api:"client.ipAddress"`
	Agent      string            `api:"client.userAgent.rawUserAgent"`
	Targets    []LogTarget       `api:"target"`
	Debug      map[string]string // debugContext.debugData; what is no text is kept as JSON
}

// LogTarget is what an event was about.
type LogTarget struct {
	ID    string `api:"id"`
	Type  string `api:"type"`
	Login string `api:"alternateId"`
}

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
	events, _, err := page[LogEvent](ctx, c, apiclient.Get("listLogEvents", apiPath("logs"), query))
	slices.Reverse(events)
	return events, err
}

// FillFrom also reads the data for debugging, of which any form is taken.
func (e *LogEvent) FillFrom(whole apiclient.Object) error {
	e.Debug = map[string]string{}
	for name, value := range jsontree.Sub(whole, "debugContext.debugData") {
		text, isText := value.(string)
		if !isText && value != nil {
			raw, _ := json.Marshal(value) // it was read from JSON
			text = string(raw)
		}
		e.Debug[apiclient.Clean(name)] = apiclient.Clean(text)
	}
	return apiclient.FillFields(e, whole)
}
