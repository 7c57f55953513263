package doctor

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/site"
	"msgsso-wizard/steps/guide"
)

// TestAStarInARedirectURI stands for a part of a host name where the app allows that, and is no address to send.
func TestAStarInARedirectURI(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 6})
	anySubdomain("https://*.example.com/chat", "http://localhost:8080/")(t, w)
	deploy(func(d *genesys.Deployment) { d.AllowedDomains = []string{"example.com", "localhost"} })(t, w)
	env := w.visit(t, both...)
	assert.NilError(t, env.Answers.Set(guide.RedirectURIs, guide.FromFlag, "https://shop.example.com/chat"))
	r := w.examine(t, func(c *Config) { c.Env = env })
	assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong")
	env = w.visit(t, both...)
	facts, err := w.examine(t, nil).Page(t.Context(), env)
	assert.NilError(t, err)
	assert.Check(t, is.Equal(facts.RedirectURI, "http://localhost:8080/"), "redirect URI of the page code")
}

// TestTheRedirectURIOfThePageCode: however it is written, it is what counts; where it is not written, the page's own
// address is.
func TestTheRedirectURIOfThePageCode(t *testing.T) {
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
