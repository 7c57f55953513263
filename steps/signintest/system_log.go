package signintest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/syslog"
)

// slack is what two clocks differ by when the difference is known to a second, and the moment before a test.
const slack = 2 * time.Second

// events are those of Okta's System Log since the test began. They come late, and by Okta's clock.
func (t *test) events(ctx context.Context) ([]okta.LogEvent, error) {
	skew, known := t.Okta.Skew()
	if !known { // any answer tells
		if _, err := t.Okta.Logs(ctx, okta.LogQuery{Since: t.begun, Limit: 1}); err != nil {
			return nil, err
		}
		skew, _ = t.Okta.Skew()
	}
	since := t.begun.Add(skew - slack)
	events, err := t.Okta.Logs(ctx, okta.LogQuery{Since: since, Until: time.Now().Add(skew + time.Minute), Filter: syslog.Filter, Limit: 1000})
	return slices.DeleteFunc(events, func(e okta.LogEvent) bool { return e.Published.Before(since) }), err
}

// refusals are what events say about the client.
func (t *test) refusals(events []okta.LogEvent) []syslog.Sentence {
	return syslog.Explain(events, t.ClientID, t.AppID)
}

// entry is an event as a row shows it.
func entry(s syslog.Sentence) string {
	text := fmt.Sprintf("%s: %q", s.At.Local().Format(time.TimeOnly), s.Code)
	if s.IP != "" {
		text += " from " + s.IP
	}
	return text
}

// searchLog reads the System Log until find has found what it looks for, at most as long as events come late, and tells
// what was seen. False: the log cannot be read.
func (t *test) searchLog(ctx context.Context, find func([]okta.LogEvent) (seen string, found bool)) bool {
	if t.Okta == nil {
		return false
	}
	t.report(Line{State: Working, Text: inLog})
	for start := time.Now(); ; {
		events, err := t.events(ctx)
		if err != nil {
			t.report(Line{State: Note, Text: inLog, Detail: "can't be read: " + said(err)})
			return false
		}
		seen, found := find(events)
		if !found && time.Since(start) < t.pace.late && apiclient.Sleep(ctx, t.pace.pause) == nil {
			continue
		}
		if !found {
			seen = "no entry yet"
		}
		t.report(Line{State: Note, Text: inLog, Detail: seen})
		return true
	}
}
