package signintest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"msgsso-wizard/apiclient"
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
