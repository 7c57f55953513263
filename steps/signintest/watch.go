package signintest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/syslog"
)

// loggedFault ends the wait for a browser that Okta never sends back.
type loggedFault struct{ fault }

func (loggedFault) Error() string { return "Okta doesn't send the browser back" }

// watch reads Okta's System Log while the browser is away for long, with growing pauses, and tells what is new. It
// ends with ctx, and it ends the flow where Okta says that the browser cannot come back.
func (t *test) watch(ctx context.Context) {
	if t.Okta == nil {
		return
	}
	var known []string
	pause := t.pace.silence
	for apiclient.Sleep(ctx, pause) == nil {
		t.mu.Lock()
		away := t.away
		t.mu.Unlock()
		if gone := time.Since(away); away.IsZero() || gone < t.pace.silence {
			pause = t.pace.silence
			if !away.IsZero() {
				pause -= gone
			}
			continue
		}
		events, err := t.events(ctx)
		if err != nil {
			if ctx.Err() == nil {
				t.report(Line{State: Note, Text: inLog, Detail: "can't be read: " + said(err)})
			}
			return
		}
		for _, s := range slices.Backward(t.refusals(events)) {
			if key := fmt.Sprint(s.At, s.Code, s.Who, s.Sent); !slices.Contains(known, key) {
				known = append(known, key)
				t.hear(s)
			}
		}
		pause = min(pause*2, t.pace.silence*3)
	}
}

// hear takes in what the System Log says while the browser is away.
func (t *test) hear(s syslog.Sentence) {
	t.report(Line{State: Note, Text: inLog, Detail: entry(s) + " · " + s.Problem})
	t.mu.Lock()
	defer t.mu.Unlock()
	t.heard = &s
	if s.Silent && (s.Sent == "" || s.Sent == t.RedirectURI) {
		t.end(loggedFault{faultOf(s)})
	}
}

// unfinished is why a test ended without a fault that was found on the way.
func (t *test) unfinished(err error) fault {
	var silent loggedFault
	f := interrupted(err)
	switch {
	case errors.As(err, &silent):
		f = silent.fault
	case errors.Is(err, errTimedOut):
		f = fault{
			problem: fmt.Sprintf("The browser didn't return within %s.", apiclient.Spell(t.pace.limit)),
			fix:     "Test again and finish the sign-in. If Okta's page shows an error, doctor finds more.",
		}
	case err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded):
		return elsewhere(err)
	}
	if t.heard != nil && f.autoFix == "" {
		f.problem += " Okta's System Log says: " + t.heard.Problem
		f.fix, f.doc, f.autoFix, f.user = t.heard.Fix, t.heard.DocURL, t.heard.AutoFix, t.heard.Who
	}
	f.err = err
	return f
}

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
