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

func TestNearMisses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ want, have, text string }{
		{"https://a.test/chat", "https://a.test/chat/", "by the slash at the end"},
		{"https://a.test", "https://a.test/", "by the slash at the end"},
		{"https://a.test/Chat", "https://a.test/chat", "by capital letters"},
		{"http://a.test/chat", "https://a.test/chat", "by http and https"},
		{"https://www.xn--bcher-kva.example/chat", "https://www.bücher.example/chat", "by how the host is written"},
		{"https://www.a.test/chat", "https://a.test/chat", "by www"},
		{"http://localhost:8081/", "http://localhost:8080/", "by the port"},
		{"https://a.test/chat?lang=de", "https://a.test/chat", "by what comes after the ?"},
		{"https://a.test/chat/", "https://a.test/chat/index.html", "by the file name"},
		{"http://127.0.0.1:8080/", "http://localhost:8080/", "by localhost and 127.0.0.1"},
	} {
		assert.Check(t, is.Equal(notRegistered(tt.want, []string{"https://other.test/", tt.have}), tt.want+" isn't a sign-in redirect URI of the app. "+tt.have+" is registered. It differs "+tt.text+"."), tt.want)
	}
	assert.Check(t, is.Equal(notRegistered("https://a.test/", []string{"https://b.test/x"}), "https://a.test/ isn't a sign-in redirect URI of the app. Registered: https://b.test/x"), "nothing near")
	assert.Check(t, is.Equal(notRegistered("https://a.test/", nil), "https://a.test/ isn't a sign-in redirect URI of the app."), "none")
}

func TestSnippetEnvironments(t *testing.T) {
	t.Parallel()
	for old, want := range map[string]string{"usw2": "prod-usw2", "use1": "prod", "prod": "prod", "PROD-EUC1": "prod-euc1", "fedramp-use2-core": "fedramp-use2-core", "simulator": "simulator"} {
		assert.Check(t, is.Equal(environment(old), want), old)
	}
}

func TestSignInAt(t *testing.T) {
	t.Parallel()
	for script, want := range map[string][]string{
		`issuer: 'https://acme.okta.com/oauth2/default'`:                            {"https://acme.okta.com/oauth2/default"},
		`"https://acme.okta.com/oauth2/v1/authorize?x"`:                             {"https://acme.okta.com"},
		`go("https://acme.okta.com/oauth2/aus1/v1/authorize", "https://acme.test")`: {"https://acme.okta.com/oauth2/aus1"},
		`const okta = "https://acme.okta.com"`:                                      nil,
	} {
		assert.Check(t, is.DeepEqual(signInAt(script), want), script)
	}
}
