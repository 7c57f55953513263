package callback

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/loopback"
)

func TestFlow(t *testing.T) {
	t.Parallel()
	for _, redirectURI := range []string{
		"http://localhost:PORT/", "http://localhost:PORT", "http://127.0.0.1:PORT/chat/", "http://localhost:PORT/a/b?site=1&x=code", "http://[::1]:PORT/cb",
	} {
		t.Run(redirectURI, func(t *testing.T) {
			t.Parallel()
			w := set(t, redirectURI)
			a := w.run(t)
			base, _, _ := strings.Cut(w.flow.RedirectURI, "?")
			clean := base
			if strings.HasSuffix(redirectURI, "PORT") {
				clean += "/"
			}
			assert.Check(t, is.Equal(a.URL[:len(a.URL)-keyLength], clean+"?start="))
			assert.Check(t, is.DeepEqual([]string{a.Forward, a.Direct}, []string{fmt.Sprintf("ssh -L %[1]d:localhost:%[1]d USER@HOST", w.port), ""}))

			browser := newBrowser(t)
			r := get(t, browser, a.URL)
			assert.Check(t, is.DeepEqual([]any{r.status, r.location}, []any{303, "https://idp.example/authorize?trip=1&other=false&state=s1-tail"}))
			assert.Check(t, is.Equal(r.body, ""))
			cookie := r.header.Get("Set-Cookie")
			for _, attribute := range []string{fmt.Sprintf("msgsso_callback_%d=", w.port), "; Path=/", "; Max-Age=900", "; HttpOnly", "; SameSite=Lax"} {
				assert.Check(t, is.Contains(cookie, attribute))
			}
			back := func(query string) string {
				if strings.Contains(w.flow.RedirectURI, "?") {
					return w.flow.RedirectURI + "&" + query
				}
				return w.flow.RedirectURI + "?" + query
			}
			r = get(t, browser, back("code=c1&state=s1-tail&iss=https%3A%2F%2Fidp.example"))
			assert.Check(t, is.DeepEqual([]any{r.status, r.location}, []any{303, "https://idp.example/authorize?trip=2&other=false&state=s2-tail"}))
			r = get(t, browser, back("state=s2-tail&code=c2"))
			assert.Check(t, is.DeepEqual([]any{r.status, r.location}, []any{303, clean}))
			r = get(t, browser, r.location)
			assert.Check(t, is.Equal(r.status, 200))
			assert.Check(t, w.wait(t))
			assert.Check(t, is.DeepEqual(w.came, []string{"1|c1|https://idp.example||", "2|c2|||"}))
			isFree(t, w.port)
		})
	}
}

func TestResultPage(t *testing.T) {
	t.Parallel()
	w, _, browser := begun(t, func(w *walk) { w.stop = true }) // the second trip is not wanted
	const markup = "%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%1b%5b2J%E2%80%AE"
	r := get(t, browser, w.flow.RedirectURI+"?error=access_denied&state=s1-tail&error_description="+markup)
	r = get(t, browser, r.location)
	assert.Check(t, w.wait(t))
	assert.Check(t, is.DeepEqual(w.came, []string{"1|||access_denied|<img src=x onerror=alert(1)>‹U+001B›[2J‹U+202E›"}))
	for _, want := range []string{
		"<h1>Sign-in works</h1>", "✓ passed</b> <span>Okta<", "✗ failed</b> <span>&lt;b&gt;Genesys&lt;/b&gt;<",
		"You can close this page. The terminal has the details.", `name="viewport" content="width=device-width`,
	} {
		assert.Check(t, is.Contains(r.body, want))
	}
	assert.Check(t, !strings.Contains(r.body, "<script") && !strings.Contains(r.body, "start="), "page: %s", r.body)
	style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(r.body)
	sum := sha256.Sum256([]byte(style[1]))
	assert.Check(t, is.Equal(r.header.Get("Content-Security-Policy"), "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-"+
		base64.StdEncoding.EncodeToString(sum[:])+"'"))
	assert.Check(t, is.DeepEqual([]string{r.header.Get("Cache-Control"), r.header.Get("Referrer-Policy"), r.header.Get("X-Frame-Options")}, []string{"no-store", "no-referrer", "DENY"}))
	assert.Check(t, is.Contains(r.header.Get("Set-Cookie"), "Max-Age=0"), "the cookie stays")
}

// Opening the address again resumes the same try; only another user gets a new one, and only before
// a user has signed in.
func TestStartAgain(t *testing.T) {
	t.Parallel()
	w := set(t, "http://localhost:PORT/")
	a, browser := w.run(t), newBrowser(t)
	for _, tt := range []struct{ query, want string }{
		{"", "trip=1&other=false&state=s1-tail"},
		{"", "trip=1&other=false&state=s1-tail"},
		{"&other=1", "trip=1&other=true&state=s2-tail"},
		{"&other=1", "trip=1&other=true&state=s2-tail"},
		{"", "trip=1&other=true&state=s2-tail"},
	} {
		assert.Check(t, is.Equal(get(t, browser, a.URL+tt.query).location, "https://idp.example/authorize?"+tt.want))
	}
	if r := get(t, browser, w.flow.RedirectURI+"?code=old&state=s1-tail"); r.status != 400 || !strings.Contains(r.body, "other=1") {
		t.Errorf("the first try: %d %s", r.status, r.body)
	}
	r := get(t, browser, w.flow.RedirectURI+"?code=new&state=s2-tail")
	assert.Check(t, is.Equal(state(t, r.location), "s3-tail"))
	assert.Check(t, is.Equal(state(t, get(t, browser, a.URL+"&other=1").location), "s3-tail"))
	assert.Check(t, is.DeepEqual(w.came, []string{"1|new|||"}))
	if r := get(t, browser, w.flow.RedirectURI); !strings.Contains(r.body, "in progress") || strings.Contains(r.body, "other=1") {
		t.Errorf("page: %s", r.body)
	}
}

// While an answer is being checked, the browser may ask for anything: there is one Received, and it sees the flow's end.
func TestCtrlCWhileExchanging(t *testing.T) {
	t.Parallel()
	reading, left := make(chan struct{}), false
	w, a, browser := begun(t, func(w *walk) {
		w.hold = func(ctx context.Context) {
			close(reading)
			<-ctx.Done()
			time.Sleep(400 * time.Millisecond) // as taking tokens back takes a moment
			left = true
		}
	})
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		req, _ := http.NewRequestWithContext(context.WithoutCancel(t.Context()), "GET", w.flow.RedirectURI+"?code=c&state=s1-tail", nil)
		if resp, err := browser.Do(req); err == nil {
			_ = resp.Body.Close()
		}
	}()
	<-reading
	assert.Check(t, is.Equal(get(t, browser, w.flow.RedirectURI+"?code=c&state=s1-tail").status, 400))
	assert.Check(t, is.Equal(get(t, browser, a.URL).location, w.flow.RedirectURI))
	assert.Check(t, is.Contains(get(t, browser, w.flow.RedirectURI).body, "Checking the response"), "page")
	w.end()
	err := w.wait(t)
	assert.Check(t, errors.Is(err, context.Canceled) && left, "got %v; Received has returned: %t", err, left)
	isFree(t, w.port)
	<-answered
}

func TestCtrlCWhileTheBrowserIsAway(t *testing.T) {
	t.Parallel()
	w, _, _ := begun(t, asItIs)
	w.end()
	assert.Check(t, is.ErrorIs(w.wait(t), context.Canceled))
	isFree(t, w.port)
	ended, cancel := context.WithCancelCause(t.Context())
	cancel(errBoom)
	assert.Check(t, is.ErrorIs(w.flow.Run(ended), errBoom))
}

// A browser that was closed does not hold up the end for ever.
func TestResultIsNotFetched(t *testing.T) {
	t.Parallel()
	w, _, browser := begun(t, func(w *walk) { w.stop, w.flow.resultTimeout = true, time.Millisecond })
	get(t, browser, w.flow.RedirectURI+"?code=c&state=s1-tail")
	assert.Check(t, w.wait(t))
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		(&Flow{}).waitFor(t.Context(), nil)
		assert.Check(t, is.Equal(time.Since(began), 5*time.Second))
	})
}

func TestSecondBeginFails(t *testing.T) {
	t.Parallel()
	w, _, browser := begun(t, func(w *walk) { w.flow.RoundTrips[1].Begin = fails })
	r := get(t, browser, w.flow.RedirectURI+"?code=c&state=s1-tail")
	r = get(t, browser, r.location)
	assert.Check(t, strings.Contains(r.body, "The terminal shows the reason.") && !strings.Contains(r.body, "boom"), "page: %s", r.body)
	assert.Check(t, is.ErrorIs(w.wait(t), errBoom))
}

func fails(bool) (string, string, error) { return "", "", errBoom }

func TestCannotBegin(t *testing.T) {
	t.Parallel()
	const here = "http://localhost:PORT/"
	for name, tt := range map[string]struct {
		redirectURI string
		change      func(*walk)
		want        error
	}{
		"nobody can paste": {"https://www.acme.test/", asItIs, errCannotPaste},
		"no address":       {"www.acme.test", func(w *walk) { w.pasting() }, errNoAddress},
		"Begin fails":      {here, func(w *walk) { w.flow.RoundTrips[0].Begin = fails }, errBoom},
		"port taken":       {here, func(w *walk) { takePort(t, w.port) }, loopback.ErrPortTaken},
	} {
		w := set(t, tt.redirectURI)
		tt.change(w)
		assert.Check(t, is.ErrorIs(w.flow.Run(t.Context()), tt.want), name)
		assert.Check(t, len(w.tries) == 0 && len(w.shown) == 0, name)
	}
}

func takePort(t *testing.T, port int) {
	t.Helper()
	other, err := loopback.Listen(t.Context(), port)
	assert.NilError(t, err)
	t.Cleanup(func() { loopback.Close(other) })
}
