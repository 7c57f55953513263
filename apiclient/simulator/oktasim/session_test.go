package oktasim

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/oktasim/pages"
)

// The page names the app and the users, and holds nothing but what it was asked with, as text.
func TestSignInPage(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	app := o.openApp(object{"label": `Chat <b>"1"`})
	o.setStatus(adminLogin, "SUSPENDED")
	page := o.browser().visit("/oauth2", app, map[string]string{"who": "", "login_hint": `a"><script>`, "state": "<script>"}).want(t, "200")
	for _, words := range []string{
		"Chat &lt;b&gt;&#34;1&#34;", `<button name=login value="alice@acme.test">Alice Customer`, `value="a&#34;&gt;&lt;script&gt;"`,
		"<form method=post>", "name=viewport",
	} {
		assert.Check(t, is.Contains(page.raw, words), "without")
	}
	assert.Check(t, !strings.Contains(page.raw, "<script>") && !strings.Contains(page.raw, adminLogin), page.raw)
	for name, want := range map[string]string{"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"} {
		assert.Check(t, is.Equal(page.header.Get(name), want), name)
	}
	for who, words := range map[string]string{
		"eve@acme.test": "Nobody here is called eve@acme.test.", adminLogin: "Unable to sign in: ada@acme.test is SUSPENDED.",
	} {
		assert.Check(t, is.Contains(o.visit("/oauth2", app, map[string]string{"who": who}).want(t, "200").raw, words))
	}
	query, _ := wish(app, nil)
	at := "/oauth2/v1/authorize?" + query.Encode()
	assert.Check(t, is.Contains(o.post(at, url.Values{"x": {"y"}}, nil).want(t, "200").raw, "Say who you are."))
	foreign := o.post(at, url.Values{pages.LoginField: {visitorLogin}}, http.Header{"Origin": {"https://evil.test"}}).want(t, "200")
	assert.Check(t, strings.Contains(foreign.raw, "Another page has filled in this one.") && o.signedIn() == 0,
		foreign.raw)
}

// Who has signed in is known until the session ends.
func TestSessions(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	app := o.openApp(nil)
	b := o.browser()
	asking := map[string]string{"who": ""}
	silent := map[string]string{"who": "", "prompt": "none"}
	a := b.visit("/oauth2", app, nil)
	assert.Check(t, a.header.Get("Referrer-Policy") == "no-referrer" &&
		strings.HasSuffix(a.header.Get("Set-Cookie"), "; Path=/; HttpOnly; Secure; SameSite=None"), a.header)
	b.code("/oauth2", app, asking)
	b.code("/oauth2", app, silent)
	b.visit("/oauth2", app, map[string]string{"who": "", "prompt": "login"}).want(t, "200")
	assert.Check(t, is.Equal(o.signedIn(), 1))
	b.code("/oauth2", app, map[string]string{"prompt": "login"}) // asked, and answered
	assert.Check(t, is.Equal(o.signedIn(), 1))
	o.browser().visit("/oauth2", app, asking).want(t, "200")
	o.setStatus(visitorLogin, "SUSPENDED")
	_, query := b.visit("/oauth2", app, silent).landing(t)
	assert.Check(t, is.Equal(query.Get("error"), "login_required"), query)
	o.setStatus(visitorLogin, active)
	c.advance(2*time.Hour - time.Second)
	b.code("/oauth2", app, silent)
	c.advance(time.Second)
	if _, query := b.visit("/oauth2", app, silent).landing(t); query.Get("error") != "login_required" {
		t.Error(query)
	}
}

// A page without an ID token ends the session by its own call, if it is trusted (contract okta.md 5).
func TestSessionsEndedByPages(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	app := o.openApp(nil)
	trust := func(name, origin, scope string) string {
		return o.do("POST", "/api/v1/trustedOrigins", object{"name": name, "origin": origin, "scopes": []any{object{"type": scope}}}).want(t, "200").text("id")
	}
	trust("Page", "https://www.example.com", "CORS")
	trust("Redirects", "https://other.example.com", "REDIRECT")
	off := trust("Off", "https://off.example.com", "CORS")
	o.do("POST", "/api/v1/trustedOrigins/"+off+"/lifecycle/deactivate", nil).want(t, "200")
	b := o.browser()
	b.code("/oauth2", app, nil)
	cookies := func() string {
		at, _ := url.Parse(o.http.URL)
		var all []string
		for _, x := range b.jar.Cookies(at) {
			all = append(all, x.String())
		}
		return strings.Join(all, "; ")
	}
	for _, origin := range []string{"https://evil.test", "https://other.example.com", "https://off.example.com"} {
		header := http.Header{"Origin": {origin}, "Cookie": {cookies()}}
		a := o.send("DELETE", "/api/v1/sessions/me", nil, header).want(t, "403 E0000005")
		assert.Check(t, is.Equal(a.header.Get("Access-Control-Allow-Origin"), ""), a.header)
		o.send("OPTIONS", "/api/v1/sessions/me", nil, http.Header{"Origin": {origin}, "Access-Control-Request-Method": {"DELETE"}}).want(t, "403")
	}
	assert.Check(t, is.Equal(o.signedIn(), 1), "a page that is not trusted has ended the session")
	page := http.Header{"Origin": {"https://www.example.com"}, "Access-Control-Request-Method": {"DELETE"}}
	asked := o.send("OPTIONS", "/api/v1/sessions/me", nil, page).want(t, "204")
	page = http.Header{"Origin": {"https://www.example.com"}, "Cookie": {cookies()}}
	ended := o.send("DELETE", "/api/v1/sessions/me", nil, page).want(t, "204")
	for _, a := range []answer{asked, ended} {
		assert.Check(t, a.header.Get("Access-Control-Allow-Origin") == "https://www.example.com" &&
			a.header.Get("Access-Control-Allow-Credentials") == "true", a.header)
	}
	assert.Check(t, asked.header.Get("Access-Control-Allow-Methods") == "DELETE" &&
		strings.Contains(ended.header.Get("Set-Cookie"), "Max-Age=0") && o.signedIn() == 0, ended.header)
	o.send("DELETE", "/api/v1/sessions/me", nil, page).want(t, "404 E0000007")
	public := o.send("OPTIONS", "/oauth2/v1/keys", nil, http.Header{"Origin": {"https://evil.test"}, "Access-Control-Request-Method": {"GET"}}).want(t, "204")
	assert.Check(t, is.Equal(public.header.Get("Access-Control-Allow-Origin"), "*"), public.header)
}

// A user who needs one factor more stays at Okta.
func TestEnrollment(t *testing.T) {
	t.Parallel()
	o := start(t, Options{MFAEnrol: true})
	app := o.openApp(nil)
	b := o.browser()
	a := b.visit("/oauth2", app, nil).want(t, "200")
	assert.Check(t, strings.Contains(a.raw, "Set up security methods") && o.signedIn() == 0, a.raw)
	_, query := b.visit("/oauth2", app, map[string]string{"who": "", "prompt": "none"}).landing(t)
	assert.Check(t, is.Equal(query.Get("error"), "login_required"), query)
}
