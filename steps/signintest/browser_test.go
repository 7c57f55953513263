package signintest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// browser goes where it is sent, keeps cookies, and signs alice in at Okta's page.
type browser struct {
	t     *testing.T
	http  http.Client
	met   func(*url.URL) *url.URL // sees each address that it is sent to, and may change it; nil: it ends there
	pages []string
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, _ := cookiejar.New(nil) // without options it never fails
	b := &browser{t: t, met: func(u *url.URL) *url.URL { return u }}
	b.http = http.Client{
		Jar: loopbackJar{jar}, Timeout: time.Minute, Transport: &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if req.URL = b.met(req.URL); req.URL == nil || len(via) > 20 {
				return errors.New("the way ends here")
			}
			return nil
		},
	}
	return b
}

// loopbackJar sends secure cookies to loopback without TLS, as browsers do.
type loopbackJar struct{ http.CookieJar }

func (j loopbackJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	for _, c := range cookies {
		c.Secure = false
	}
	j.CookieJar.SetCookies(u, cookies)
}

// loginPage is Okta's, which asks only for the user's login.
var loginPage = regexp.MustCompile(`name="?login\b`)

// goTo follows redirects and signs in where it is asked, until a page doesn't redirect or answer.
func (b *browser) goTo(address string) {
	body, at := b.ask(http.MethodGet, address, nil)
	for n := 0; n < 3 && loginPage.MatchString(body); n++ {
		body, at = b.ask(http.MethodPost, at, url.Values{"login": {"alice@acme.test"}})
	}
	if body != "" {
		b.pages = append(b.pages, body)
	}
}

// ask returns the page that comes in the end, and where it is.
func (b *browser) ask(method, address string, form url.Values) (body, at string) {
	req, err := http.NewRequestWithContext(context.Background(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Error(err)
		return "", ""
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := b.http.Do(req)
	if err != nil {
		return "", ""
	}
	defer func() { _ = resp.Body.Close() }()
	text, _ := io.ReadAll(resp.Body)
	return string(text), resp.Request.URL.String()
}

// forget drops the cookies of a place.
func (b *browser) forget(at *url.URL) {
	for _, c := range b.http.Jar.Cookies(at) {
		b.http.Jar.SetCookies(at, []*http.Cookie{{Name: c.Name, Path: "/", MaxAge: -1}})
	}
}

// alice does what she is asked.
func alice(b *browser, a Address) { b.goTo(a.URL) }
