package tui

import (
	"context"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/verify"
)

const localPage = "http://localhost:8080/"

// start is what the page of a test tells.
var startAddress = signintest.Address{URL: localPage + "?start=7kq2mw", Forward: "ssh -L 8080:localhost:8080 USER@HOST"}

// fakeBench stands in for the proofs: each takes a second, a test waits for the browser to come back.
type fakeBench struct {
	*fake
	code     verify.Code
	codeErr  error
	found    *doctor.Report
	foundErr error
	lines    []signintest.Line // that come before the browser is sent away
	browser  chan struct{}     // closed when the browser is back
	result   signintest.Result
	testErr  error
	reject   error // of the first paste
	plan     setup.Plan
	planErr  error
	fixErr   error
	serveErr error

	tests    int
	reads    int
	site     string // the page that was checked
	fixed    [][]signintest.Fix
	assigned []string // the user that each plan names
	did      int
	old      []string // the status that each plan of a rotation wants
	rotated  oktasteps.Secrets
	pasted   []string
	taken    int // how often a test's tokens were revoked
	served   string
	serving  bool
}

func newFakeBench() *fakeBench {
	plugin := "<script>\n(function () {\n  // Only this part is yours to change.\n  const settings = {\n    issuer: 'https://acme.okta.com/oauth2/default',\n    clientId: '0oa1x2y3z4',\n    redirectUri: 'http://localhost:8080/'\n  };\n" + strings.Repeat("  // a step of the way to Okta and back, with a sentence that says what it does and is long\n", 30) + "})();\n</script>\n"
	secret := func(month time.Month) oktasteps.Secret {
		return oktasteps.Secret{AppSecret: okta.AppSecret{ID: "ocs1", Created: time.Date(2026, month, 5, 14, 2, 0, 0, time.UTC)}}
	}
	return &fakeBench{
		rotated: oktasteps.Secrets{Old: secret(time.January), New: secret(time.November)},
		browser: make(chan struct{}),
		code:    verify.Code{Plugin: plugin, Complete: "<!doctype html>\n" + plugin, RedirectURI: localPage},
		found: &doctor.Report{Chain: doctor.Chain{Deployment: "Web SSO", DeploymentID: "0f3c1a52"}, Findings: []doctor.Finding{
			{Check: "deployment", Area: doctor.AreaDeployment, What: "\"Web SSO\" is Active."},
			{Check: "pinned", Area: doctor.AreaConfiguration, What: "The deployment uses version 1, the newest."},
			{Check: "integration", Area: doctor.AreaIntegration, What: "\"Messenger SSO (Okta)\" is Active."},
			{Check: "assigned", Area: doctor.AreaApp, What: "The group Everyone is assigned."},
			{Check: "site", Area: doctor.AreaSite, State: doctor.Skipped, What: "No page was set.", Why: "Name it with --site."},
		}},
		lines: []signintest.Line{{State: signintest.Working, Text: "browser"}},
		result: signintest.Result{OK: true, Lines: []signintest.Line{
			{State: signintest.Passed, Text: "browser came back with a code", Detail: "alice@acme.test", Took: 11200 * time.Millisecond},
			{State: signintest.Passed, Text: "Okta gave an ID token", Detail: "issuer · audience · nonce · signature", Took: 300 * time.Millisecond},
			{State: signintest.Passed, Text: "Genesys Cloud redeemed a code", Detail: "for this deployment", Took: 400 * time.Millisecond},
		}, Claims: []signintest.Claim{{Name: "name", Value: "Alice Example"}, {Name: "email", Value: "alice@acme.test"}, {Name: "iss", Value: "https://acme.okta.com/oauth2/default"}}},
		plan: planOf(engine.Change{Verb: engine.Update, Kind: guide.KindCredential, Name: "client 0oa1x2y3z4", Why: "its newest secret"}),
	}
}

var refused = signintest.Result{
	Side: signintest.SideBetween, AutoFix: signintest.FixCredential,
	Lines: []signintest.Line{
		{State: signintest.Passed, Text: "browser came back with a code", Detail: "alice@acme.test", Took: 11200 * time.Millisecond},
		{State: signintest.Passed, Text: "Okta gave an ID token", Detail: "issuer · audience · nonce · signature"},
		{State: signintest.Failed, Text: "Genesys Cloud could not redeem a code", Detail: "401 · request 77ab2c31-0000-4000-8000-aaaabbbbcccc", Took: 500 * time.Millisecond},
	},
	Problem: &explain.Error{
		Class: explain.ClassTest, RequestID: "77ab2c31-0000-4000-8000-aaaabbbbcccc",
		Problem: "The fault is between Genesys Cloud and Okta. Likely cause: the client secret stored in the integration is outdated.",
		Fix:     "Send the credential again.",
	},
}

var broken = []doctor.Finding{
	{
		Check: "credential", Area: doctor.AreaIntegration, State: doctor.Fail, What: "The stored credential is older than every active secret of the app.",
		Why: "Genesys Cloud cannot redeem a visitor's code with it.", Fix: "Send it again (f).", AutoFix: signintest.FixCredential,
	},
	{Check: "life", Area: doctor.AreaAccess, State: doctor.Warn, What: "An access token lives 5 minutes.", Why: "Messenger asks visitors to sign in again that often."},
}

// breakIt has doctor find faults.
func (b *fakeBench) breakIt() {
	findings := slices.Clone(b.found.Findings)
	b.found = &doctor.Report{Chain: b.found.Chain, Findings: append(findings, broken...)}
}

func (b *fakeBench) Code(ctx context.Context) (verify.Code, error) {
	screen.Pause(ctx, time.Second)
	return b.code, b.codeErr
}

func (b *fakeBench) Examine(ctx context.Context, site string) (*doctor.Report, error) {
	b.site = site
	b.reads++
	screen.Pause(ctx, time.Second)
	if b.foundErr != nil {
		return nil, b.foundErr
	}
	return b.found, nil
}

func (b *fakeBench) Test(ctx context.Context, front signintest.Front) (signintest.Result, error) {
	b.tests++
	screen.Pause(ctx, time.Second)
	if b.testErr != nil || ctx.Err() != nil {
		return signintest.Result{}, b.testErr
	}
	front.Open(startAddress)
	for _, l := range b.lines {
		front.Line(l)
	}
	for ctx.Err() == nil {
		text, err := b.Paste(ctx, front)
		if err != nil {
			break
		}
		b.pasted = append(b.pasted, text)
		if b.reject != nil {
			front.Reject(b.reject)
			b.reject = nil
			continue
		}
		return b.result, nil
	}
	select {
	case <-b.browser:
		return b.result, nil
	default:
	}
	screen.Pause(context.Background(), 2*time.Second)
	b.taken++
	return signintest.Result{Left: b.result.Left}, context.Cause(ctx)
}

// Paste waits for a pasted address until the browser is back.
func (b *fakeBench) Paste(ctx context.Context, front signintest.Front) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		select {
		case <-b.browser:
			cancel()
		case <-stop:
		}
	}()
	return front.Paste(ctx)
}

// planOf is a plan of these changes.
func planOf(changes ...engine.Change) setup.Plan {
	return setup.Plan{Plan: engine.Plan{Changes: changes}}
}

func (b *fakeBench) PlanFix(ctx context.Context, user string, fixes ...signintest.Fix) (setup.Plan, error) {
	b.assigned = append(b.assigned, user)
	b.fixed = append(b.fixed, fixes)
	screen.Pause(ctx, time.Second)
	if user == "nobody" {
		return setup.Plan{}, &explain.Error{Step: guide.StepAssignUser, Problem: "Okta has no user with the login nobody."}
	}
	return b.plan, b.planErr
}

func (b *fakeBench) PlanRotation(ctx context.Context, old string) (setup.Plan, error) {
	b.old = append(b.old, old)
	screen.Pause(ctx, time.Second)
	b.rotated.Old.Status = old
	return b.plan, b.planErr
}

func (b *fakeBench) Rotated() verify.Rotated {
	return verify.Rotated{Secrets: b.rotated, Undo: b.undo}
}

func (b *fakeBench) Fix(ctx context.Context, plan setup.Plan, stop *engine.Stop) error {
	b.did++
	for _, c := range plan.Changes {
		if stop.Stopped() {
			return engine.ErrStopped
		}
		b.emit(engine.Event{Phase: engine.Working, Change: c})
		screen.Pause(ctx, b.pace)
		if b.fixErr != nil {
			b.emit(engine.Event{Phase: engine.Failed, Change: c, Elapsed: b.pace})
			return b.fixErr
		}
		b.emit(engine.Event{Phase: engine.Finished, Change: c, Elapsed: b.pace})
	}
	return nil
}

func (b *fakeBench) Preview(ctx context.Context, code verify.Code, show func(signintest.Address)) error {
	if b.serveErr != nil {
		return b.serveErr
	}
	b.served, b.serving = code.Complete, true
	show(signintest.Address{URL: localPage, Forward: startAddress.Forward})
	<-ctx.Done()
	screen.Pause(context.Background(), time.Second)
	b.serving = false
	return nil
}
