package signintest

import (
	"context"
	"slices"
	"time"

	"msgsso-wizard/apiclient/callback"
	"msgsso-wizard/apiclient/oidc"
)

// flow is what the browser does: a code for this program, a second one without a question, and that one with a
// question where Okta keeps no session.
func (t *test) flow() *callback.Flow {
	return &callback.Flow{
		RedirectURI: t.RedirectURI,
		RoundTrips: []callback.RoundTrip{
			t.leg(comesBack, "", t.scopes(), t.redeem),
			t.leg(comesTwice, "none", identity, t.exchangeSilently),
			t.leg(comesTwice, "", identity, t.exchange),
		},
		Show: func(a callback.Address) {
			t.mu.Lock()
			defer t.mu.Unlock()
			t.front.Open(a)
		},
		Paste:  t.front.Paste,
		Reject: t.front.Reject,
		Result: t.page,
	}
}

// leg sends the browser to Okta with its own values, and hands on what it brings back.
func (t *test) leg(what, prompt string, scopes []string, came func(context.Context, callback.Response, oidc.Attempt) bool) callback.RoundTrip {
	return callback.RoundTrip{
		Begin: func(otherUser bool) (string, string, error) {
			prompt := prompt
			if otherUser {
				prompt = "login"
			}
			t.report(Line{State: Working, Text: what})
			try := oidc.NewAttempt()
			to, err := t.Document.AuthorizeURL(oidc.AuthRequest{
				ClientID: t.ClientID, RedirectURI: t.RedirectURI, Prompt: prompt, Scopes: scopes, Attempt: try,
			})
			t.mu.Lock()
			defer t.mu.Unlock()
			t.try, t.away = try, time.Now()
			return to, try.State, err
		},
		Received: func(ctx context.Context, back callback.Response) bool {
			t.mu.Lock()
			try := t.try
			t.mu.Unlock()
			return came(ctx, back, try)
		},
	}
}

// identity is who the user is, which is all that Genesys Cloud is given in leg 2: what it gets from Okta cannot be
// revoked, so it gets no refresh token.
var identity = []string{"openid", "email", "profile"}

// scopes are what a page asks for.
func (t *test) scopes() []string {
	if t.Refresh {
		return append(slices.Clone(identity), "offline_access")
	}
	return identity
}

// back is how long the browser was away, which it is no more.
func (t *test) back() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	took := time.Since(t.away)
	t.away = time.Time{}
	return took
}
