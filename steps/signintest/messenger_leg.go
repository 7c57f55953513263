package signintest

import (
	"context"
	"errors"
	"slices"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/callback"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
)

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
