package guide

import (
	"net/url"
	"strings"
	"testing"

	"msgsso-wizard/apiclient"
)

// FuzzRedirectURI: what is taken for a redirect URI can be registered as it is, and read again as the same.
func FuzzRedirectURI(f *testing.F) {
	for _, seed := range []string{"http://localhost:8080/", "https://www.example.com/chat?a=b", "https://x/#f", "javascript:alert(1)", "http://evil.test", "https://*.example.com/", "HTTPS://Example.com", " https://a.b ", "https://a.b/\x00"} {
		f.Add(seed)
	}
	for _, pair := range browsers(f) {
		f.Add(pair[0])
	}
	f.Fuzz(func(t *testing.T, input string) {
		value, _, err := parseRedirectURI(input)
		if err != nil || value == "" {
			return
		}
		u, err := url.Parse(value)
		if err != nil || u.Host == "" || u.Fragment != "" || u.Scheme != "https" && u.Scheme != "http" || strings.ContainsAny(value, " \t\r\n*") {
			t.Errorf("%q became %q", input, value)
		}
		if again, _, err := parseRedirectURI(value); err != nil || again != value {
			t.Errorf("%q is not stable: %q, %v", value, again, err)
		}
	})
}

// FuzzAnswers: no answer makes a parser break, and what it keeps is on one line and clean.
func FuzzAnswers(f *testing.F) {
	f.Add("Web SSO", "deployment")
	f.Add("\x1b]0;x\a", "app-name")
	f.Add("exa mple.com/", "allowed-domain")
	for _, pair := range browsers(f) {
		f.Add(pair[0], string(AllowedDomains))
	}
	f.Add("\"abc\"", "genesys-client-id")
	f.Add("\ufeffhttps://www.exa\u200bmple.com/\u202e", "redirect-uris")
	f.Add("SSWS 00canary", "okta-token")
	f.Fuzz(func(t *testing.T, input, key string) {
		a := NewAnswers()
		if a.Set(Key(key), FromUser, input) != nil {
			return
		}
		if q, _ := QuestionFor(Key(key)); q.Kind != Hidden && q.Parse != nil && strings.ContainsAny(a.Value(q.Key), "\r\n\x1b") {
			t.Errorf("%s: %q", key, a.Value(q.Key))
		} else if value := a.Value(q.Key); q.Kind != Hidden && q.Kind != List {
			if clean, _, err := apiclient.ReadInput(value); clean != value || err != nil {
				t.Errorf("%s: %q is not clean: %v", key, value, err)
			}
		}
	})
}
