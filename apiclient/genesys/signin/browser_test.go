package signin

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/loopback"
	"msgsso-wizard/apiclient/oidc"
)

func TestAsk(t *testing.T) {
	t.Parallel()
	a := ask(t.Context(), t, nil)
	redirect := fmt.Sprintf("http://localhost:%d/callback", a.port)
	assert.Check(t, is.Equal(a.RedirectURI, redirect))
	assert.Check(t, is.Equal(a.Forward, fmt.Sprintf("ssh -L %d:localhost:%d USER@HOST", a.port, a.port)))
	state, challenged := a.query.Get("state"), a.query.Get("code_challenge")
	assert.Check(t, is.Equal(a.URL, "https://login.example/oauth/authorize?client_id=client-1&code_challenge="+challenged+
		"&code_challenge_method=S256&redirect_uri="+url.QueryEscape(redirect)+"&response_type=code&state="+state))
	assert.Check(t, is.DeepEqual([]int{len(state), len(challenged)}, []int{43, 43}))

	status, body := fetch(t, "GET", a.redirected("code=c0de-canary"), "")
	assert.Check(t, is.Equal(status, 200))
	assert.Check(t, strings.Contains(body, "Return to the terminal") && !strings.Contains(body, "canary"),
		"page: %s", body)
	got := a.wait(t)
	assert.NilError(t, got.err)
	form := got.code.Form()
	verifier := form.Get("code_verifier")
	assert.Check(t, is.DeepEqual([]any{len(verifier), oidc.CodeChallenge(verifier)}, []any{64, challenged}))
	assert.Check(t, is.DeepEqual(form, url.Values{
		"grant_type": {"authorization_code"}, "code": {"c0de-canary"}, "code_verifier": {verifier},
		"client_id": {"client-1"}, "redirect_uri": {redirect},
	}))
	printed := fmt.Sprintf("%v %+v %#v %v", got.code, got.code, got.code, got.code.Secrets())
	for _, secret := range []string{"c0de-canary", verifier} {
		assert.Check(t, !strings.Contains(printed, secret), "%s is in %s", secret, printed)
	}
	again, err := loopback.Listen(t.Context(), a.port)
	assert.Check(t, err, "the port isn't free again")
	loopback.Close(again)
}

func TestChallengeIsTheRFCs(t *testing.T) {
	t.Parallel()
	// RFC 7636, appendix B.
	assert.Check(t, is.Equal(oidc.CodeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"))
}

func TestAttemptsShareNothing(t *testing.T) {
	t.Parallel()
	a, b := newAttempt(""), newAttempt("")
	assert.Check(t, a.state != b.state && a.verifier != b.verifier && a.state != a.verifier, "%+v %+v", a, b)
}

func TestAskRefused(t *testing.T) {
	t.Parallel()
	a := ask(t.Context(), t, nil)
	_, body := fetch(t, "GET", a.redirected("error=access_denied&error_description=%1b%5b2JNo+%3Cimg+src%3Dx%3E"), "")
	if !strings.Contains(body, "The terminal shows the reason") || strings.ContainsAny(body, "\x1b") || strings.Contains(body, "img") {
		t.Errorf("page: %s", body)
	}
	got := a.wait(t)
	e, ok := apiclient.AsError(got.err)
	assert.Assert(t, ok, got.err)
	assert.Check(t, is.DeepEqual(*e, apiclient.Error{
		Service: "Genesys Cloud", Op: "getOauthAuthorize", Method: "GET", Path: "/oauth/authorize", Host: "login.example",
		Code: "access_denied", Summary: "‹U+001B›[2JNo <img src=x>",
	}))
	assert.Check(t, is.Equal(got.err.Error(), "Genesys Cloud refused getOauthAuthorize: access_denied ‹U+001B›[2JNo <img src=x>"))
}

func TestAskEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	a := ask(ctx, t, nil)
	cancel()
	assert.Check(t, is.ErrorIs(a.wait(t).err, context.Canceled))
	a = ask(t.Context(), t, func(b *Browser) { b.limit = time.Millisecond })
	assert.Check(t, is.ErrorIs(a.wait(t).err, ErrSignInTimeout))
	never := &Browser{Port: a.port, Show: func(Authorization) { t.Error("shown") }}
	_, err := never.Ask(ctx, &url.URL{})
	assert.Check(t, is.ErrorIs(err, context.Canceled))
}

func TestDefaultPort(t *testing.T) {
	t.Parallel()
	assert.Check(t, is.Equal((&Browser{}).RedirectURI(), "http://localhost:8085/callback"))
}
