package oidc

import (
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestDocument(t *testing.T) {
	t.Parallel()
	var uri string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		uri = r.RequestURI
		body := strings.Replace(example, "{org}/oauth2/default\"", "https://a.test/\\u001b[2J\"", 1)
		answer("application/json", strings.ReplaceAll(body, "{org}", "https://a.test"))(w, r)
	}))
	t.Cleanup(server.Close)
	where := server.URL + "/oauth2/default/.well-known/openid-configuration?client_id=0oa1"
	got, err := New(Config{}).Document(t.Context(), parse(t, where))
	assert.NilError(t, err)
	want := decoded(t, "https://a.test")
	want.URI, want.Issuer = where, "https://a.test/‹U+001B›[2J"
	assert.Check(t, is.DeepEqual(got, want), "document")
	assert.Check(t, is.Equal(uri, "/oauth2/default/.well-known/openid-configuration?client_id=0oa1"), "asked for")
}

func TestKeys(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(answer("application/json",
		`{"keys":[{"kid":"a\u202e","kty":"RSA","use":"sig","alg":"RS256","n":"xw","e":"AQAB"},{"kty":"EC"},null]}`))
	t.Cleanup(server.Close)
	got, err := New(Config{}).Keys(t.Context(), at(server.URL))
	want := []Key{{ID: "a‹U+202E›", Typ: "RSA", Use: "sig", Alg: "RS256", RSA: &rsa.PublicKey{N: big.NewInt(199), E: 65537}}, {Typ: "EC"}, {}}
	assert.Check(t, err == nil && reflect.DeepEqual(got, want), "got %+v, %v", got, err)
}

func TestAnswersThatAreNoDocument(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		handler http.HandlerFunc
		kind    error
	}{
		"HTML":       {answer("text/html", "<html>"), apiclient.ErrNotAPI},
		"null":       {answer("application/json", "null"), apiclient.ErrMalformed},
		"a list":     {answer("application/json", "[]"), apiclient.ErrMalformed},
		"wrong type": {answer("application/json", `{"issuer":{},"keys":7}`), apiclient.ErrMalformed},
		"redirect":   {http.RedirectHandler("https://evil.test/", http.StatusFound).ServeHTTP, apiclient.ErrRedirect},
		"too large":  {answer("application/json", strings.Repeat(" ", 2<<20)), apiclient.ErrTooLarge},
	} {
		server := httptest.NewServer(tc.handler)
		t.Cleanup(server.Close)
		c, uri := New(Config{}), parse(t, server.URL+suffix)
		_, err := c.Document(t.Context(), uri)
		assert.Check(t, is.ErrorIs(err, tc.kind), "%s: the document", name)
		_, err = c.Keys(t.Context(), at(server.URL))
		assert.Check(t, is.ErrorIs(err, tc.kind), "%s: the keys", name)
	}
}

func TestUnsafeAddressIsNotAsked(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"http://acme.okta.com" + suffix, "https://me:canary@acme.okta.com" + suffix, "file:///etc/passwd", "/x", ""} {
		_, err := New(Config{}).Document(t.Context(), parse(t, raw))
		assert.Check(t, err != nil && !strings.Contains(err.Error(), "canary"), "%s: got %v", raw, err)
	}
}

func TestCallsCountForTheirService(t *testing.T) {
	t.Parallel()
	org, other := httptest.NewServer(answer("application/json", "{}")), httptest.NewServer(answer("application/json", "{}"))
	t.Cleanup(org.Close)
	t.Cleanup(other.Close)
	var got []apiclient.Call
	c := New(Config{Org: parse(t, org.URL), CallOptions: apiclient.CallOptions{Observe: func(call apiclient.Call) { call.Elapsed = 0; got = append(got, call) }}})
	for _, base := range []string{org.URL, other.URL} {
		_, err := c.Document(t.Context(), parse(t, base+suffix))
		assert.Check(t, err)
		_, err = c.Keys(t.Context(), at(base))
		assert.Check(t, err)
	}
	want := []apiclient.Call{
		{Service: apiclient.Okta, Op: "getWellKnownOpenIDConfiguration", Method: "GET", Status: 200},
		{Service: apiclient.Okta, Op: "oauthKeys", Method: "GET", Status: 200},
		{Service: provider, Op: "getWellKnownOpenIDConfiguration", Method: "GET", Status: 200},
		{Service: provider, Op: "oauthKeys", Method: "GET", Status: 200},
	}
	assert.Check(t, is.DeepEqual(got, want), "calls")
}

func TestWellKnownAndBack(t *testing.T) {
	t.Parallel()
	for issuer, want := range map[string]string{
		"https://a.test":                "https://a.test/.well-known/openid-configuration",
		"https://a.test/":               "https://a.test/.well-known/openid-configuration",
		"https://a.test/oauth2/default": "https://a.test/oauth2/default/.well-known/openid-configuration",
	} {
		assert.Check(t, is.Equal(WellKnown(issuer), want), issuer)
		back, ok := IssuerOf(parse(t, want+"?client_id=x"))
		assert.Check(t, ok && back == strings.TrimSuffix(issuer, "/"), "%s: got back %s, %v", issuer, back, ok)
	}
	for _, raw := range []string{"https://a.test", "https://a.test/.well-known/oauth-authorization-server", "https://a.test" + suffix + "/"} {
		_, ok := IssuerOf(parse(t, raw))
		assert.Check(t, !ok, "%s passes for a discovery URI", raw)
	}
}

func TestAttemptsAreFresh(t *testing.T) {
	t.Parallel()
	a, b := NewAttempt(), NewAttempt()
	seen := map[string]bool{}
	for _, value := range []string{a.State, a.Nonce, a.Verifier.Reveal(), b.State, b.Nonce, b.Verifier.Reveal()} {
		assert.Check(t, !seen[value] && regexp.MustCompile(`^[A-Za-z0-9_-]{32,64}$`).MatchString(value),
			"a value comes twice or isn't random text: %d characters", len(value))
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
		doc := at(strings.TrimSuffix(parse(t, tt.endpoint).ResolveReference(parse(t, "/")).String(), "/"))
		doc.AuthorizationEndpoint = tt.endpoint
		got, err := doc.AuthorizeURL(AuthRequest{
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
	for _, endpoint := range []string{
		"", "/authorize", "http://acme.okta.com/authorize", "javascript:alert(1)", "https://[", "data:text/html,x",
		"https://evil.test/authorize", "https://acme.okta.com:8443/authorize", "https://acme.okta.com@evil.test/authorize", "https://ada@acme.okta.com/authorize",
	} {
		doc := at("https://acme.okta.com")
		doc.AuthorizationEndpoint = endpoint
		got, err := doc.AuthorizeURL(AuthRequest{})
		assert.Check(t, err != nil && got == "", "%q: got %s", endpoint, got)
	}
}
