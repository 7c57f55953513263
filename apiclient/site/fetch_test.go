package site

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestRedirectsAreReported(t *testing.T) {
	t.Parallel()
	c, base := files(t, map[string]string{
		"/":          "/en?a=1#x",
		"/en?a=1":    "../support/",
		"/support/":  "text/html\n" + snippet,
		"/loop":      "/loop",
		"/elsewhere": "ftp://files.test/",
		"/secret":    "http://ada:pw-canary@127.0.0.1/",
		"/empty":     "http:///",
		"/bad":       "http://[",
	}, nil)
	p, err := c.Fetch(t.Context(), "\u200b \""+base+"/#top\"\u00a0")
	assert.NilError(t, err)
	assert.Check(t, is.Equal(p.URL, base+"/support/"), "address")
	assert.Check(t, is.DeepEqual(p.Redirects, []string{base + "/", base + "/en?a=1"}), "way")
	for path, want := range map[string]string{
		"/loop":      "more than 5 times",
		"/elsewhere": "its URL starts neither with https:// nor with http://",
		"/secret":    "its URL has a user name or password",
		"/empty":     "its URL names no host",
		"/bad":       "to something that isn't a URL",
	} {
		_, err := c.Fetch(t.Context(), base+path)
		if !errors.Is(err, apiclient.ErrRedirect) || !strings.HasSuffix(err.Error(), want) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: got %v", path, err)
		}
	}
}

func TestNotAPage(t *testing.T) {
	t.Parallel()
	c, base := files(t, map[string]string{
		"/pdf":  "application/pdf\n%PDF",
		"/none": "\n",
		"/big":  "text/html\n" + strings.Repeat(" ", maxPage+1),
	}, nil)
	for path, want := range map[string]string{
		"/missing": "The website refused the page: HTTP 404",
		"/pdf":     `: the response can't be understood: its type is "application/pdf"`,
		"/big":     ": the response is too large: more than 2097152 bytes",
	} {
		_, err := c.Fetch(t.Context(), base+path)
		_, ok := apiclient.AsError(err)
		assert.Check(t, ok && strings.HasSuffix(err.Error(), want), "%s: got %v", path, err)
	}
	for address, want := range map[string]string{
		"":                       "the URL must start with https://",
		"file:///etc/passwd":     "the URL must start with https://",
		"https:///x":             "the host is missing",
		"https://b\u200b.c/":     "the URL has a zero-width space (U+200B)",
		"https://a:canary@b.c/":  "the URL has a user name",
		"https://a:canary@b.c:x": "the URL has a user name",
	} {
		_, err := c.Fetch(t.Context(), address)
		if !errors.Is(err, apiclient.ErrMalformed) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%q: got %v", address, err)
		}
	}
}

// TestSchemeCompleted: a page's address is read as the wizard's other addresses are.
func TestSchemeCompleted(t *testing.T) {
	t.Parallel()
	c, base := files(t, map[string]string{"/support/": "text/html\n" + snippet}, nil)
	p, err := c.Fetch(t.Context(), strings.TrimPrefix(base, "http://")+"/support/")
	assert.NilError(t, err)
	assert.Check(t, is.Equal(p.URL, base+"/support/"))
	_, err = New(Config{apiclient.CallOptions{Hosts: apiclient.Hosts{}}}).Fetch(t.Context(), "www.acme.test/support")
	assert.Check(t, is.ErrorContains(err, apiclient.ErrElsewhere.Error())) // and not its scheme
}

func TestHostUnreachable(t *testing.T) {
	t.Parallel()
	const closed = "http://127.0.0.1:1" // the port of a closed server may be taken again
	_, err := New(Config{}).Fetch(t.Context(), closed)
	assert.Check(t, is.ErrorIs(err, apiclient.ErrUnreachable))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = New(Config{}).Fetch(ctx, closed)
	assert.Check(t, is.ErrorIs(err, context.Canceled))
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(secure.Close)
	secure.Config.ErrorLog = quiet
	_, err = New(Config{}).Fetch(t.Context(), secure.URL)
	assert.Check(t, is.ErrorIs(err, apiclient.ErrTLS))
}

func TestLocalClientStaysLocal(t *testing.T) {
	t.Parallel()
	_, base := files(t, map[string]string{"/": "https://www.acme.test/"}, nil)
	c := New(Config{apiclient.CallOptions{Hosts: apiclient.Hosts{}}})
	t.Cleanup(c.CloseIdle)
	for address, kind := range map[string]error{base + "/": apiclient.ErrRedirect, "https://www.acme.test/": apiclient.ErrMalformed} {
		_, err := c.Fetch(t.Context(), address)
		assert.Check(t, errors.Is(err, kind) && strings.HasSuffix(err.Error(), "a demo stays on this computer"),
			"%s: got %v", address, err)
	}
}

func TestOtherOriginsAreNotRead(t *testing.T) {
	t.Parallel()
	var asked int
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	t.Cleanup(elsewhere.Close)
	many := strings.Repeat(`<script src="/many.js"></script>`, 6)
	p := page(t, `<base href="/js/">`+snippet+`<script src="`+elsewhere.URL+`/x.js"></script>
		<script src="gone.js"></script><script src="away.js"></script><script src="big.js"></script>
		<script src="login.js?v=2" defer></script>`+many+`<script src="last.js"></script>`, map[string]string{
		"/js/login.js?v=2": "application/javascript\n" + `Genesys("registerPlugin","AuthProvider",f)`,
		"/js/away.js":      elsewhere.URL + "/y.js",
		"/js/big.js":       "text/javascript\n" + strings.Repeat(" ", maxScript+1),
		"/many.js":         "text/javascript\nvar x;",
		"/js/last.js":      "text/javascript\n" + `Genesys("registerPlugin","AuthProvider",f)`,
	})
	base, _ := url.Parse(p.URL)
	if len(p.Plugins) != 1 || p.Plugins[0].URL != base.Scheme+"://"+base.Host+"/js/login.js?v=2" || !p.Plugins[0].Later {
		t.Errorf("plugins %+v", p.Plugins)
	}
	for i, want := range []string{elsewhere.URL + "/x.js: it is of another origin", "HTTP 404", "another origin, " + strings.TrimPrefix(elsewhere.URL, "http://"), "more than 1048576 bytes", "only the first 10 scripts are read"} {
		assert.Check(t, i < len(p.Unread) && strings.HasSuffix(p.Unread[i], want),
			"unread %d: %q, want %q", i, p.Unread, want)
	}
	assert.Check(t, asked == 0 && len(p.Unread) == 5, "another origin was asked %d times; unread %q", asked, p.Unread)
}

// TestScriptLoads: a tag manager's code names the file that it loads, and what that brings is not seen.
func TestScriptLoads(t *testing.T) {
	t.Parallel()
	p := page(t, `<script>(function(w,d,s,l,i){var j=d.createElement(s);j.async=true;
		j.src='https://www.googletagmanager.com/gtm.js?id='+i;d.head.append(j);})(window,document,'script','dataLayer','GTM-1');</script>
		<script>/* "https://cdn.test/old.js" */ load("//cdn.test/a.js", 'https://cdn.test/page')</script>`+snippet, nil)
	assert.Check(t, is.DeepEqual(p.Unread, []string{
		"https://www.googletagmanager.com/gtm.js?id=: a script loads it", "//cdn.test/a.js: a script loads it",
	}), "not read")
}

func TestWholePageLoadsNothing(t *testing.T) {
	t.Parallel()
	var calls []apiclient.Call
	c, base := files(t, map[string]string{"/": "text/html\n" + `<script src="/app.js"></script>` + snippet + provider}, nil)
	c.cfg.Observe = func(call apiclient.Call) { call.Elapsed = 0; calls = append(calls, call) }
	p, err := c.Fetch(t.Context(), base)
	if err != nil || len(p.Plugins) != 1 || len(p.Snippets) != 1 || p.Plugins[0].Offset < p.Snippets[0].Offset {
		t.Errorf("%v, %+v", err, p)
	}
	assert.Check(t, is.DeepEqual(calls, []apiclient.Call{{Service: website, Op: "the page", Method: "GET", Status: 200}}), "calls")
}

func TestFilesCanHoldTheSnippet(t *testing.T) {
	t.Parallel()
	inner := snippet[strings.Index(snippet, "\n"):strings.LastIndex(snippet, "<")]
	answers := map[string]string{"/1.js": "text/javascript\n" + inner + strconv.Quote("end")}
	p := page(t, `<script src="1.js" async></script>`+provider, answers)
	if len(p.Snippets) != 1 || p.Snippets[0].Environment != "prod-euc1" || p.Snippets[0].Offset != 0 || !p.Snippets[0].Later || len(p.Plugins) != 1 {
		t.Errorf("got %+v", p)
	}
}
