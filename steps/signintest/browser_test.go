package signintest

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// browser goes where it is sent, keeps cookies, and signs a person in at Okta's page.
type browser struct {
	t     *testing.T
	http  *http.Client
	login string                  // who signs in; empty: nobody does
	met   func(*url.URL) *url.URL // sees each address before it is gone to, and may change it; nil: nobody does
	pages []string
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, _ := cookiejar.New(nil) // without options it never fails
	return &browser{
		t: t, login: "alice@acme.test",
		http: &http.Client{
			Jar: loopbackJar{jar}, Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// loopbackJar sends secure cookies to loopback without TLS, as browsers do.
type loopbackJar struct{ http.CookieJar }

func (j loopbackJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	for _, c := range cookies {
		c.Secure = false
	}
	j.CookieJar.SetCookies(u, cookies)
}

// loginPage is Okta's, which asks for nothing but who somebody is.
var loginPage = regexp.MustCompile(`name="?login\b`)

const mostSteps = 30

// goTo follows redirects and signs in where it is asked, until a page stands still.
func (b *browser) goTo(address string) {
	method, form := http.MethodGet, url.Values(nil)
	for range mostSteps {
		at, err := url.Parse(address)
		if err != nil {
			b.t.Error(err)
			return
		}
		if b.met != nil {
			if at = b.met(at); at == nil {
				return
			}
		}
		status, next, body := b.ask(method, at, form)
		switch {
		case status == 0:
			return
		case next != "":
			method, form, address = http.MethodGet, nil, next
		case b.login != "" && method == http.MethodGet && loginPage.MatchString(body):
			method, form, address = http.MethodPost, url.Values{"login": {b.login}}, at.String()
		default:
			b.pages = append(b.pages, body)
			return
		}
	}
	b.t.Errorf("the browser is sent round and round: %s", address)
}

// ask sends one request. The status is 0 when nobody answered.
func (b *browser) ask(method string, at *url.URL, form url.Values) (status int, next, body string) {
	req, err := http.NewRequestWithContext(context.Background(), method, at.String(), strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Error(err)
		return 0, "", ""
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := b.http.Do(req)
	if err != nil {
		return 0, "", ""
	}
	defer func() { _ = resp.Body.Close() }()
	text, _ := io.ReadAll(resp.Body)
	if to, err := resp.Location(); err == nil {
		next = to.String()
	}
	return resp.StatusCode, next, string(text)
}

// forget drops the cookies of a place.
func (b *browser) forget(at *url.URL) {
	for _, c := range b.http.Jar.Cookies(at) {
		b.http.Jar.SetCookies(at, []*http.Cookie{{Name: c.Name, Path: "/", MaxAge: -1}})
	}
}

// alice does what she is asked.
func alice(b *browser, a Address) { b.goTo(a.URL) }
