package doctor

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/site"
)

// TestRedirectURIWildcard is no address to send.
func TestRedirectURIWildcard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 6})
	starred(t, w.Org)
	env, r := w.examineWith(t, both...)
	assert.Check(t, is.Equal(facts(t, env, r).RedirectURI, "http://localhost:8080/"), "redirect URI of the page code")
}

// TestPageCodeRedirectURI: however it is written, it is what counts; where it is not written, the page's own
// address is.
func TestPageCodeRedirectURI(t *testing.T) {
	t.Parallel()
	const here, other = "https://www.example.com/chat", "https://www.example.com/back"
	for code, want := range map[string]string{
		``: here,
		`redirectUri: location.origin + location.pathname`:            here,
		`redirectUri: "https://www.example.com/back",`:                other,
		`{"redirectUri":"https:\/\/www.example.com\/back"}`:           other,
		"redirect_uri = `https://www.example.com/back`":               other,
		`q.set('redirect_uri', 'https://www.example.com/back')`:       other,
		`"&redirect_uri=https%3A%2F%2Fwww.example.com%2Fback&nonce="`: other,
		`redirectUri: "https://www.example.com/back?a=1\u0026b=2"`:    other + "?a=1&b=2",
		`redirectUri: "https://www.example.com/back?a=1&b=2"`:         other + "?a=1&b=2",
		`post_logout_redirect_uri: "https://www.example.com/bye"`:     here,
		`const to = "https://www.example.com/registered"`:             "https://www.example.com/registered",
		`const to = "https://www.example.com/registered/not"`:         here,
	} {
		s := &seen{}
		s.page.known, s.page.value = true, &site.Page{URL: here + "?a=1#b", Plugins: []site.Plugin{{Code: code}}}
		s.app.known, s.app.value = true, okta.App{RedirectURIs: []string{"https://www.example.com/registered"}}
		assert.Check(t, is.Equal(s.redirectURI(), want), code)
	}
}
