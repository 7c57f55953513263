package signintest

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/callback"
	"msgsso-wizard/apiclient/loopback"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/syslog"
)

// outOfOrder is the lowest status of a service's own problems (RFC 9110 15.6).
const outOfOrder = 500

// fault is why a test failed.
type fault struct {
	side         Side
	problem, fix string
	doc, request string
	autoFix      Fix
	user         string        // the login of the user whom it is about; empty: not known
	class        explain.Class // 0: the test's
	err          error
}

// leads begin the result's sentence.
var leads = map[Side]string{
	SideNone:    "",
	SideHere:    "The error is on this computer. ",
	SideOkta:    "The error is at Okta. ",
	SideGenesys: "Okta works. The error is at Genesys Cloud: ",
	SideBetween: "Okta works. The error is between Genesys Cloud and Okta: ",
}

// error is the fault in the words of an admin.
func (f fault) error() *explain.Error {
	return &explain.Error{
		Step: "test", Class: cmp.Or(f.class, explain.ClassTest), Retry: true, Err: f.err,
		Problem: leads[f.side] + f.problem, Fix: f.fix, DocURL: f.doc, RequestID: f.request,
	}
}

// AtOkta is why a test can't pass, where that is known before it begins.
func AtOkta(problem, fix string) *explain.Error {
	return fault{side: SideOkta, problem: problem, fix: fix}.error()
}

// fails is the result of a test with the fault.
func (t *test) fails(f fault) Result {
	t.result.Side, t.result.AutoFix, t.result.Problem = f.side, f.autoFix, f.error()
	t.result.User = cmp.Or(f.user, t.result.User)
	return t.result
}

// faultOf is a refusal by Okta as a fault.
func faultOf(s syslog.Sentence) fault {
	f := fault{side: SideOkta, problem: s.Problem, fix: s.Fix, doc: s.DocURL, autoFix: s.AutoFix, user: s.Who}
	if s.Code == "access_denied" { // by the user, or by Okta
		f.side = SideNone
	}
	return f
}

// unanswered are calls that got no answer of the service itself; no setting is wrong.
func unanswered(side Side, err error) (fault, bool) {
	e, ok := apiclient.AsError(err)
	if !ok || e.Err == nil {
		return fault{}, false
	}
	f := fault{side: side, class: explain.ClassNetwork, request: e.RequestID, err: err}
	switch {
	case errors.Is(e.Err, context.Canceled), errors.Is(e.Err, context.DeadlineExceeded):
		return interrupted(err), true
	case errors.Is(e.Err, apiclient.ErrUnreachable), errors.Is(e.Err, apiclient.ErrTimeout):
		f.problem = e.Host + " " + e.Err.Error() + "."
		f.fix = "Check your network and proxy (HTTPS_PROXY), then test again."
	default:
		f.problem = explain.Sentence(e.Error())
		f.fix = "Check the network and proxies between this computer and " + e.Host + ", then test again."
	}
	return f, true
}

// elsewhere is a browser that cannot come back to this computer.
func elsewhere(err error) fault {
	f := fault{side: SideHere, class: explain.ClassUsage, problem: explain.Sentence(err.Error()), fix: "Correct it, then try again.", err: err}
	if errors.Is(err, loopback.ErrPortTaken) {
		f.fix = "Free the port, or use another port and register its redirect URI. Then try again."
	}
	return f
}

func interrupted(err error) fault {
	return fault{problem: "The test was stopped before it ended.", fix: "Test again when you are ready.", err: err}
}

// page is what the browser sees last. The reason is looked for after that, because Okta's System Log takes its time.
func (t *test) page() callback.Page {
	t.mu.Lock()
	defer t.mu.Unlock()
	page := callback.Page{Title: "Sign-in works", Note: "Genesys Cloud accepted the sign-in."}
	if !t.proven {
		page.Title, page.Note = "Sign-in doesn't work yet", "The terminal shows which side fails and what to do."
	}
	for _, l := range t.result.Lines {
		if l.State == Passed || l.State == Failed {
			page.Lines = append(page.Lines, callback.Line{OK: l.State == Passed, Text: strings.TrimSuffix(l.Text+" · "+l.Detail, " · ")})
		}
	}
	return page
}

// The fixes; see package syslog.
const (
	FixCredential   = syslog.FixCredential
	FixDiscovery    = syslog.FixDiscovery
	FixIntegration  = syslog.FixIntegration
	FixPublish      = syslog.FixPublish
	FixRedirect     = syslog.FixRedirect
	FixAssignUser   = syslog.FixAssignUser
	FixAccessPolicy = syslog.FixAccessPolicy
	FixActivateApp  = syslog.FixActivateApp
)

// The fixes of what Okta's System Log doesn't show.
const (
	FixDomains    Fix = "allowed-domains"       // add the page's host to the deployment's allowed domains
	FixAuthMethod Fix = "client-authentication" // set the app's client authentication to client_secret_basic
)
