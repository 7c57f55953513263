package apiclient

import (
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestParseBase(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"https://acme.okta.com":         "https://acme.okta.com",
		" HTTPS://Acme.OKTA.com/ ":      "https://acme.okta.com",
		"https://acme.okta.com.":        "https://acme.okta.com",
		"https://acme.okta.com:443":     "https://acme.okta.com",
		"https://acme.okta.com:8443":    "https://acme.okta.com:8443",
		"http://localhost:8080/":        "http://localhost:8080",
		"http://127.0.0.1:80":           "http://127.0.0.1",
		"http://[::1]:9":                "http://[::1]:9",
		"http://[::1]":                  "http://[::1]",
		"http://acme.okta.com":          "",
		"http://127.0.0.1.evil.test":    "",
		"ftp://localhost":               "",
		"https://me:canary@acme.test":   "",
		"https://acme.okta.com/admin":   "",
		"https://acme.okta.com?a=1":     "",
		"https://acme.okta.com#x":       "",
		"https://аcme.okta.com":         "", // Cyrillic а
		"https://-acme.okta.com":        "",
		"https://acme..okta.com":        "",
		"acme.okta.com":                 "",
		"https://":                      "",
		"":                              "",
		"https://me:canary@acme.test\n": "",
		"https://me:canary%@acme.test":  "",
	} {
		u, err := ParseBase(raw)
		switch {
		case want == "" && err == nil:
			t.Errorf("%q passes as %s", raw, u)
		case want == "" && strings.Contains(err.Error(), "canary"):
			t.Errorf("%q: the error quotes a password: %v", raw, err)
		case want != "" && err != nil:
			t.Errorf("%q: %v", raw, err)
		case want != "" && u.String() != want:
			t.Errorf("%q: got %s, want %s", raw, u, want)
		}
	}
}

func TestNewChecksTheBase(t *testing.T) {
	t.Parallel()
	for _, base := range []*url.URL{nil, {Scheme: "http", Host: "acme.okta.com"}, {Scheme: "https", Host: "a.test", Path: "/x"}} {
		_, err := New(Config{Base: base})
		assert.Check(t, err != nil, "%v passes", base)
	}
	c := client(t, "https://Acme.okta.com/", nil)
	c.Base().Host = "evil.test"
	assert.Check(t, is.Equal(c.Base().String(), "https://acme.okta.com"), "base")
}

func TestIsLoopback(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST:80": true, "localhost.": true, "127.0.0.1": true, "127.8.9.1:1": true,
		"::1": true, "[::1]": true, "[::1]:8080": true,
		"": false, "10.0.0.1": false, "localhost.evil.test": false, "127.0.0.1.evil.test": false, "0.0.0.0": false, "[::]:80": false,
	} {
		assert.Check(t, is.Equal(IsLoopback(host), want), "IsLoopback(%q)", host)
	}
}
