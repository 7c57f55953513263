package signintest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/callback"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/taskgroup"
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

// needsVisitor are the answers to a request that may not ask the user anything: Okta keeps no session, or wants a
// factor each time (OpenID Connect Core 1.0 3.1.2.6).
var needsVisitor = []string{"login_required", "interaction_required", "consent_required", "account_selection_required"}

// exchangeSilently is leg 2, without a question to the user. True: Okta has to ask, in one leg more.
func (t *test) exchangeSilently(ctx context.Context, back callback.Response, try oidc.Attempt) bool {
	if slices.Contains(needsVisitor, back.Error) {
		t.back()
		t.report(Line{State: Note, Text: "Okta asks the user again", Detail: back.Error})
		return true
	}
	return t.exchange(ctx, back, try)
}

// exchange has Genesys Cloud redeem a code, as Messenger does. A JWT proves that the integration, its credential
// and the deployment fit together (contract genesys.md 4).
func (t *test) exchange(ctx context.Context, back callback.Response, try oidc.Attempt) bool {
	if !t.arrived(comesTwice, back) {
		return false
	}
	t.report(Line{State: Working, Text: givesJWT})
	began := time.Now()
	tokens, err := t.Messenger.Exchange(ctx, genesys.SignInCode{
		DeploymentID: t.DeploymentID, RedirectURI: t.RedirectURI, Nonce: try.Nonce, Issuer: back.Issuer,
		Code: back.Code, Verifier: try.Verifier,
	})
	t.jwt = tokens.JWT
	if err != nil {
		t.lostAnswer(err, "Genesys Cloud may have issued a token, but its response was lost. The token expires within 15 minutes.")
		t.stop(Line{Text: givesJWT, Detail: said(err), Took: time.Since(began)}, func(ctx context.Context) fault { return t.diagnose(ctx, err) })
		return false
	}
	t.report(Line{State: Passed, Text: givesJWT, Detail: "integration, credential and deployment fit", Took: time.Since(began)})
	t.proven = true
	return false
}

// lostAnswer remembers what may exist because a request went out and no answer came.
func (t *test) lostAnswer(err error, left string) {
	if e, ok := apiclient.AsError(err); ok && e.Err != nil && !errors.Is(e.Err, apiclient.ErrTLS) {
		t.unsure = append(t.unsure, left)
	}
}

// held is a token that the test was given.
type held struct {
	what, from string
	ends       string // when it ends by itself
	token      apiclient.Secret
	revoke     func(ctx context.Context, token apiclient.Secret) error
}

// revokeTokens revokes what the test was given, also when the run was stopped: it has its own time limit.
func (t *test) revokeTokens(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), t.pace.revoke)
	defer cancel()
	atOkta := func(ctx context.Context, token apiclient.Secret) error {
		return t.Discovery.Revoke(ctx, t.Document, t.ClientID, t.Secret, token)
	}
	all := slices.DeleteFunc([]held{
		{"JWT", "Genesys Cloud", "within 15 minutes", t.jwt, t.Messenger.Revoke},
		{"refresh token", "Okta", "as set in the access policy's rule", t.tokens.Refresh, atOkta},
		{"access token", "Okta", fmt.Sprintf("within %d minutes", max(int(t.tokens.Life.Minutes()), 1)), t.tokens.Access, atOkta},
	}, func(h held) bool { return h.token.Empty() })
	t.result.Left = t.unsure
	if len(all) == 0 {
		return
	}
	t.report(Line{State: Working, Text: revoked})
	began := time.Now()
	failed := make([]error, len(all))
	var revoking taskgroup.Group
	for i, h := range all {
		revoking.Go(func() { failed[i] = h.revoke(ctx, h.token) })
	}
	revoking.Wait()
	l := Line{State: Passed, Text: revoked, Took: time.Since(began)}
	var from, not []string
	for i, h := range all {
		if failed[i] == nil {
			from = append(from, h.from)
			continue
		}
		not = append(not, h.what)
		t.result.Left = append(t.result.Left, fmt.Sprintf("The %s of %s couldn't be revoked (%s). It expires %s.", h.what, h.from, said(failed[i]), h.ends))
	}
	l.Detail = strings.Join(slices.Compact(from), " · ")
	if len(not) > 0 {
		l.State, l.Detail = Failed, "not the "+strings.Join(not, ", not the ")
	}
	t.report(l)
}
