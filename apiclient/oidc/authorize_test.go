package oidc

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestAttemptsAreFresh(t *testing.T) {
	t.Parallel()
	a, b := NewAttempt(), NewAttempt()
	seen := map[string]bool{}
	for _, value := range []string{a.State, a.Nonce, a.Verifier.Reveal(), b.State, b.Nonce, b.Verifier.Reveal()} {
		assert.Check(t, !seen[value] && regexp.MustCompile(`^[A-Za-z0-9_-]{32,64}$`).MatchString(value),
			"a value comes twice or is not random text: %d characters", len(value))
		seen[value] = true
	}
	assert.Check(t, is.Equal(len(a.Verifier.Reveal()), 64), "the verifier")
}

func TestAuthorizeURL(t *testing.T) {
	t.Parallel()
	attempt := Attempt{State: "s", Nonce: "n", Verifier: apiclient.NewSecret(strings.Repeat("verifier-canary-", 4))}
	sum := sha256.Sum256([]byte(attempt.Verifier.Reveal()))
	whole := url.Values{
		"response_type": {"code"}, "client_id": {"0oa1"}, "redirect_uri": {"http://localhost:8080/"}, "scope": {"openid email"},
		"state": {"s"}, "nonce": {"n"}, "code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}
	with := func(name, value string) url.Values {
		v, _ := url.ParseQuery(whole.Encode())
		v.Set(name, value)
		return v
	}
	for name, tt := range map[string]struct {
		endpoint, prompt string
		want             url.Values
	}{
		"plain":        {"https://acme.okta.com/v1/authorize", "", whole},
		"silent":       {"https://acme.okta.com/v1/authorize", "none", with("prompt", "none")},
		"on loopback":  {"http://127.0.0.1:80/v1/authorize", "", whole},
		"with a query": {"https://acme.okta.com/v1/authorize?tenant=a%26b", "", with("tenant", "a&b")},
	} {
		got, err := Document{AuthorizationEndpoint: tt.endpoint}.AuthorizeURL(AuthRequest{
			ClientID: "0oa1", RedirectURI: "http://localhost:8080/", Prompt: tt.prompt,
			Scopes: []string{"openid", "email"}, Attempt: attempt,
		})
		before, query, _ := strings.Cut(got, "?")
		values, queryErr := url.ParseQuery(query)
		if diff := cmp.Diff(tt.want, values); err != nil || queryErr != nil || diff != "" {
			t.Errorf("%s: %v, %v; query (-want +got):\n%s", name, err, queryErr, diff)
		}
		endpoint, _, _ := strings.Cut(tt.endpoint, "?")
		assert.Check(t, before == endpoint && !strings.Contains(got, "canary"), "%s: got %s", name, before)
	}
	for _, endpoint := range []string{"", "/authorize", "http://acme.okta.com/authorize", "javascript:alert(1)", "https://[", "data:text/html,x"} {
		got, err := (Document{AuthorizationEndpoint: endpoint}).AuthorizeURL(AuthRequest{})
		assert.Check(t, err != nil && got == "", "%q: got %s", endpoint, got)
	}
}
