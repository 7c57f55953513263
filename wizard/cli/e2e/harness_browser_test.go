//go:build unix

package e2e

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// browser is Alice's.
type browser struct {
	*http.Client
	okta string
}

// newBrowser returns a browser that signs in to that Okta org, and to which the addresses that are away do not answer.
func newBrowser(t *testing.T, okta string, away func(*url.URL) bool) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	assert.NilError(t, err)
	return &browser{&http.Client{
		Jar: plainJar{jar}, Transport: &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(r *http.Request, before []*http.Request) error {
			if away(r.URL) || len(before) > 30 {
				return http.ErrUseLastResponse
			}
			return nil
		},
	}, okta}
}

// plainJar sends secure cookies to this computer without TLS, as browsers do.
type plainJar struct{ http.CookieJar }

func (j plainJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	for _, c := range cookies {
		c.Secure = false
	}
	j.CookieJar.SetCookies(u, cookies)
}

// open opens an address, signs in where Okta asks, and returns where that ends: at an address that is away, or at a page.
func (b *browser) open(t *testing.T, address string) (away, page string) {
	t.Helper()
	method, form := http.MethodGet, url.Values(nil)
	for {
		r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
		assert.NilError(t, err)
		if form != nil {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		answer, err := b.Do(r)
		assert.NilError(t, err)
		text, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		away, page, address = answer.Header.Get("Location"), string(text), answer.Request.URL.String()
		if away != "" || form != nil || !strings.HasPrefix(address, b.okta) {
			return away, page
		}
		method, form = http.MethodPost, url.Values{"login": {"alice@acme.test"}}
	}
}
