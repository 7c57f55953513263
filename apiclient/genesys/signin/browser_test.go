package signin

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/loopback"
)

func TestAsk(t *testing.T) {
	t.Parallel()
	a := ask(t.Context(), t, nil)
	redirect := fmt.Sprintf("http://localhost:%d/callback", a.port)
	same(t, a.RedirectURI, redirect)
	same(t, a.Forward, fmt.Sprintf("ssh -L %d:localhost:%d", a.port, a.port))
	state, challenged := a.query.Get("state"), a.query.Get("code_challenge")
	same(t, a.URL, "https://login.example/oauth/authorize?client_id=client-1&code_challenge="+challenged+
		"&code_challenge_method=S256&redirect_uri="+url.QueryEscape(redirect)+"&response_type=code&state="+state)
	same(t, []int{len(state), len(challenged)}, []int{43, 43})

	status, _, body := fetch(t, "GET", a.redirected("code=c0de-canary"), "")
	same(t, status, 200)
	if !strings.Contains(body, "Go back to the terminal") || strings.Contains(body, "canary") {
		t.Errorf("page: %s", body)
	}
	got := a.wait(t)
	if got.err != nil {
		t.Fatal(got.err)
	}
	form := got.code.Form()
	verifier := form.Get("code_verifier")
	same(t, []any{len(verifier), apiclient.CodeChallenge(verifier)}, []any{64, challenged})
	same(t, form, url.Values{
		"grant_type": {"authorization_code"}, "code": {"c0de-canary"}, "code_verifier": {verifier},
		"client_id": {"client-1"}, "redirect_uri": {redirect},
	})
	printed := fmt.Sprintf("%v %+v %#v %v", got.code, got.code, got.code, got.code.Secrets())
	for _, secret := range []string{"c0de-canary", verifier} {
		if strings.Contains(printed, secret) {
			t.Errorf("%s is in %s", secret, printed)
		}
	}
	again, err := loopback.Listen(t.Context(), a.port)
	if err != nil {
		t.Errorf("the port is not free again: %v", err)
	}
	loopback.Close(again)
}

func TestChallengeIsTheRFCs(t *testing.T) {
	t.Parallel()
	// RFC 7636, appendix B.
	same(t, apiclient.CodeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
}

func TestAttemptsShareNothing(t *testing.T) {
	t.Parallel()
	a, b := newAttempt(""), newAttempt("")
	if a.state == b.state || a.verifier == b.verifier || a.state == a.verifier {
		t.Errorf("%+v %+v", a, b)
	}
}

func TestAskRefused(t *testing.T) {
	t.Parallel()
	a := ask(t.Context(), t, nil)
	_, _, body := fetch(t, "GET", a.redirected("error=access_denied&error_description=%1b%5b2JNo+%3Cimg+src%3Dx%3E"), "")
	if !strings.Contains(body, "The terminal says why") || strings.ContainsAny(body, "\x1b") || strings.Contains(body, "img") {
		t.Errorf("page: %s", body)
	}
	got := a.wait(t)
	e, ok := apiclient.AsError(got.err)
	if !ok {
		t.Fatal(got.err)
	}
	same(t, *e, apiclient.Error{
		Service: "Genesys Cloud", Op: "getOauthAuthorize", Method: "GET", Path: "/oauth/authorize", Host: "login.example",
		Code: "access_denied", Summary: "‹U+001B›[2JNo <img src=x>",
	})
	same(t, got.err.Error(), "Genesys Cloud refused getOauthAuthorize: access_denied ‹U+001B›[2JNo <img src=x>")
}

func TestAskInEitherFamily(t *testing.T) {
	t.Parallel()
	for _, ip := range []string{"127.0.0.1", "::1"} {
		a := ask(t.Context(), t, nil)
		address := net.JoinHostPort(ip, strconv.Itoa(a.port))
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Logf("this computer has no %s", ip)
			address = "localhost:" + strconv.Itoa(a.port)
		} else {
			// A connection that a browser opens in advance must not hold up the end.
			defer conn.Close() //nolint:errcheck // never used
		}
		status, _, _ := fetch(t, "GET", "http://"+address+"/callback?code=c&state="+a.query.Get("state"), "")
		same(t, status, 200)
		if got := a.wait(t); got.err != nil {
			t.Error(got.err)
		}
	}
}

func TestAskEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	a := ask(ctx, t, nil)
	cancel()
	if got := a.wait(t); !errors.Is(got.err, context.Canceled) {
		t.Errorf("got %v", got.err)
	}
	a = ask(t.Context(), t, func(b *Browser) { b.limit = time.Millisecond })
	if got := a.wait(t); !errors.Is(got.err, ErrSignInTimeout) {
		t.Errorf("got %v", got.err)
	}
	never := &Browser{Port: a.port, Show: func(Authorization) { t.Error("shown") }}
	if _, err := never.Ask(ctx, &url.URL{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestDefaultPort(t *testing.T) {
	t.Parallel()
	same(t, (&Browser{}).RedirectURI(), "http://localhost:8085/callback")
}
