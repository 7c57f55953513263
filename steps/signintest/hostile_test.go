package signintest

import (
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
)

func TestStrayAndHostileRequestsDoNoHarm(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{})
	saw := w.run(t, func(b *browser, a Address) {
		page, _ := url.Parse(w.setup.RedirectURI)
		for _, query := range []string{"code=stolen&state=wrong", "error=access_denied&error_description=%3Cimg+src=x+onerror=alert(1)%3E&state=wrong", "start=guess"} {
			page.RawQuery = query
			status, _, body := b.ask("GET", page, nil)
			assert.Check(t, status/100 != 2 && !strings.Contains(body, "<img"), "%s: %d %s", query, status, body)
		}
		b.goTo(a.URL)
	})
	assert.Check(t, is.Equal(saw.OK, true), "ok")
}

// An error that Okta sends back is text, in the page and in the terminal.
func TestMarkupInAnErrorIsText(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{})
	saw := w.run(t, meets("access_denied", "<img src=x onerror=alert(1)>\x1b[2J"))
	assert.Check(t, is.Equal(saw.OK, false), "ok")
	for _, page := range saw.pages {
		assert.Check(t, !strings.Contains(page, "<img"), "markup in the page: %s", page)
	}
	for _, l := range saw.Lines {
		assert.Check(t, !strings.ContainsRune(l.Detail, '\x1b'), "an escape in a line: %q", l.Detail)
	}
}

// comesBackWith has the browser come back from Okta at once, with an answer of another kind.
func comesBackWith(b *browser, answer url.Values) {
	b.met = func(u *url.URL) *url.URL {
		asked := u.Query()
		if !strings.HasSuffix(u.Path, "/authorize") || asked.Get("state") == "" {
			return u
		}
		back, _ := url.Parse(asked.Get("redirect_uri"))
		answer.Set("state", asked.Get("state"))
		back.RawQuery = answer.Encode()
		return back
	}
}
