package signintest

import (
	"context"
	"errors"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/callback"
	"msgsso-wizard/apiclient/loopback"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/syslog"
	"msgsso-wizard/steps/taskgroup"
)

// pace is how long things may take.
type pace struct {
	limit   time.Duration // for the user
	silence time.Duration // without the browser, before the System Log is read
	late    time.Duration // for an event to show in the System Log
	pause   time.Duration // between two reads of it
	revoke  time.Duration // for taking everything back
}

var usual = pace{limit: 10 * time.Minute, silence: 20 * time.Second, late: 10 * time.Second, pause: 2 * time.Second, revoke: 5 * time.Second}

// errTimedOut ends the wait for a user.
var errTimedOut = errors.New("the sign-in timed out")

// test is one run. Its legs, its watch and its end speak to the Front one at a time.
type test struct {
	Setup
	front Front
	pace  pace
	begun time.Time
	end   context.CancelCauseFunc // ends the flow

	mu     sync.Mutex
	result Result
	try    oidc.Attempt     // what the browser was sent away with last
	away   time.Time        // since when it is away; zero: it is not
	heard  *syslog.Sentence // what the System Log said last; nil: nothing

	// Written by the round trips, one after the other, and read when the flow is over.
	tokens  oidc.Tokens                     // of leg 1
	visitor string                          // the subject of leg 1's ID token
	jwt     apiclient.Secret                // of leg 2
	unsure  []string                        // what may exist because an answer was lost
	why     func(ctx context.Context) fault // looks for the reason of what went wrong; nil: nothing did
	proven  bool                            // both legs went well

	rightURI bool // the integration has the page's Discovery URI
}

// Run signs a user in twice, once at Okta and once through Genesys Cloud, and says which of the two failed and
// why. It ends with its result, after 10 minutes without a sign-in, or with ctx. In each case, the port is free
// when it returns, and its tokens are revoked, for which it takes up to 5 s more. What could not be revoked is
// in the result. The access token that Genesys Cloud got from Okta in leg 2 stays there, as every visitor's does, and
// ends by itself.
func Run(ctx context.Context, s Setup, front Front) Result { return run(ctx, s, front, usual) }

func run(ctx context.Context, s Setup, front Front, pace pace) Result {
	t := &test{Setup: s, front: front, pace: pace, begun: time.Now()}
	if f := t.preflight(); f != nil {
		return t.fails(*f)
	}
	within, stop := context.WithTimeoutCause(ctx, pace.limit, errTimedOut)
	defer stop()
	visiting, end := context.WithCancelCause(within)
	t.end = end
	var watching taskgroup.Group
	watching.Go(func() { t.watch(visiting) })
	err := t.flow().Run(visiting)
	if cause := context.Cause(visiting); cause != nil && err != nil {
		err = cause
	}
	end(nil)
	watching.Wait()
	t.revokeTokens(ctx)
	switch {
	case t.why != nil:
		return t.fails(t.why(ctx))
	case t.proven:
		t.result.OK = true
		return t.result
	default:
		return t.fails(t.unfinished(err))
	}
}

// preflight is what would keep the browser from coming back, before the user is asked to sign in.
func (t *test) preflight() *fault {
	if !callback.CanListen(t.RedirectURI) && t.front.Paste == nil {
		return &fault{
			side: SideHere, class: explain.ClassUsage,
			problem: "This computer can't receive " + t.RedirectURI + ", and there is no terminal to paste the URL that the browser is sent to.",
			fix:     "Register http://localhost:8080/ in the app and test with it, or run the test in a terminal.",
		}
	}
	d := t.Document
	if err := d.Trusted(); err != nil {
		return &fault{side: SideOkta, problem: explain.Sentence(err.Error()), fix: "Correct the Discovery URI."}
	}
	if d.AuthorizationEndpoint == "" || d.TokenEndpoint == "" || d.JWKSURI == "" {
		return &fault{
			side:    SideOkta,
			problem: "The discovery document at " + d.URI + " must name authorization_endpoint, token_endpoint, and jwks_uri.",
			fix:     "Check the Discovery URI. Doctor shows what is wrong with the document.",
		}
	}
	return nil
}

// report shows a line, and keeps it unless it only says what is being done.
func (t *test) report(l Line) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l.State != Working {
		t.result.Lines = append(t.result.Lines, l)
	}
	if t.front.Line != nil {
		t.front.Line(l)
	}
}

// stop ends the way here: the reason is looked for when the browser has its page.
func (t *test) stop(l Line, why func(ctx context.Context) fault) {
	l.State = Failed
	t.report(l)
	t.why = why
}

// PreviewClears says what a preview's page does to the browser that opens it, before it is opened.
const PreviewClears = "The page clears what the browser keeps for its origin when it opens, and the visitor's tokens when it closes."

// Preview serves a page at the redirect URI, so that it can be tried in a browser, until ctx ends; then open pages
// forget what Messenger kept for them. open gets the address where the browser starts. A redirect URI that this computer
// cannot be at, or whose port is taken, is a *explain.Error.
func Preview(ctx context.Context, html, redirectURI string, open func(Address)) error {
	err := (&callback.Preview{RedirectURI: redirectURI, HTML: html, Show: open}).Run(ctx)
	if err == nil || ctx.Err() != nil {
		return nil
	}
	return elsewhere(err).error()
}

// Once returns an address that leads to one with a query once, and to no more than one browser: all users of this
// computer can read what a browser is started with.
func Once(ctx context.Context, address string) (string, error) { return loopback.Once(ctx, address) }
