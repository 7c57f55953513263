package oidc

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// example is a document in the form of an Okta custom authorization server's (contract okta.md 4).
const example = `{
	"issuer": "{org}/oauth2/default",
	"authorization_endpoint": "{org}/oauth2/default/v1/authorize",
	"token_endpoint": "{org}/oauth2/default/v1/token",
	"userinfo_endpoint": "{org}/oauth2/default/v1/userinfo",
	"registration_endpoint": "{org}/oauth2/v1/clients",
	"jwks_uri": "{org}/oauth2/default/v1/keys",
	"response_types_supported": ["code", "id_token", "code id_token", "code token"],
	"grant_types_supported": ["authorization_code", "implicit", "refresh_token", "password"],
	"subject_types_supported": ["public"],
	"id_token_signing_alg_values_supported": ["RS256"],
	"scopes_supported": ["openid", "email", "profile", "address", "phone", "offline_access", "groups"],
	"token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
	"code_challenge_methods_supported": ["S256"],
	"end_session_endpoint": "{org}/oauth2/default/v1/logout"
}`

// decoded is example with org in its place.
func decoded(t *testing.T, org string) Document {
	t.Helper()
	d := Document{URI: org + "/oauth2/default" + suffix}
	assert.NilError(t, apiclient.Fill([]byte(strings.ReplaceAll(example, "{org}", org)), &d))
	return d
}

// at is the document of an issuer at base, without what only Validate reads.
func at(base string) Document {
	return Document{
		URI: base + suffix, Issuer: base, TokenEndpoint: base + "/v1/token", RevocationEndpoint: base + "/v1/revoke",
		AuthorizationEndpoint: base + "/v1/authorize", JWKSURI: base + "/v1/keys",
	}
}

func parse(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	assert.NilError(t, err)
	return u
}

func answer(media, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", media)
		_, _ = w.Write([]byte(body))
	}
}

// FuzzValidate: whatever a provider publishes, every check says something, and nothing that is broken passes all.
func FuzzValidate(f *testing.F) {
	f.Add(`{"issuer":"https://acme.okta.com","jwks_uri":"https://acme.okta.com/k"}`, `{"keys":[{"kty":"RSA","kid":"1","use":"sig","alg":"RS256"}]}`)
	f.Add(`{"issuer":"http://[::1%25","response_types_supported":null,"scopes_supported":[""]}`, `{"keys":[{}]}`)
	f.Add(`{"authorization_endpoint":"\u001b]8;;x","token_endpoint":"://"}`, `{}`)
	uri, err := url.Parse("https://acme.okta.com/.well-known/openid-configuration")
	assert.NilError(f, err)
	org := &url.URL{Scheme: "https", Host: "acme.okta.com"}
	f.Fuzz(func(t *testing.T, document, keys string) {
		var doc Document
		var set struct {
			Keys []Key `api:"keys"`
		}
		if apiclient.Fill([]byte(document), &doc) != nil || apiclient.Fill([]byte(keys), &set) != nil {
			return
		}
		findings := Validate(doc, nil, Want{URI: uri, Org: org, AuthMethod: "client_secret_basic"})
		passed := true
		for _, found := range findings {
			passed = passed && (found.OK || !found.Stop)
			assert.Check(t, found.OK != (found.Why != ""), "%+v", found)
		}
		assert.Check(t, !passed, "a document without keys passes: %+v", doc)
	})
}

// FuzzKeys: whatever a provider publishes as its keys, no foreign signature passes under none of them.
func FuzzKeys(f *testing.F) {
	f.Add(`{"keys":[{"kty":"RSA","kid":"1","n":"AQAB","e":"AQAB"}]}`, "1", []byte("x"))
	f.Add(`{"keys":[{"kty":"RSA","use":"enc"},{"kty":"EC","kid":"\u001b[2J"},null]}`, "", []byte{})
	f.Add(`{"keys":[{"kty":"RSA","e":"","n":"`+strings.Repeat("_", 342)+`"}]}`, "", bytes.Repeat([]byte{0}, 256))
	f.Add(`{"keys":[{"kty":"RSA","e":"AQ","n":"`+strings.Repeat("8", 342)+`"}]}`, "", bytes.Repeat([]byte{1}, 256))
	f.Fuzz(func(t *testing.T, text, keyID string, signature []byte) {
		var set struct {
			Keys []Key `api:"keys"`
		}
		if apiclient.Fill([]byte(text), &set) != nil {
			return
		}
		for _, k := range set.Keys {
			all := k.ID + k.Typ + k.Use + k.Alg
			assert.Check(t, is.Equal(all, apiclient.CleanLines(all)), "not clean: %+v", k)
		}
		m := goodToken()
		m.header["kid"], m.sign = keyID, func(string) []byte { return signature }
		read, unread := readToken(m.text(t).Reveal())
		assert.Equal(t, unread, "")
		got := idToken{token: read, keys: set.Keys}
		signers, why := got.signers()
		weak := func(k Key) bool { return k.RSA.N.BitLen() < shortestKey }
		assert.Check(t, (len(signers) == 0) != (why == "") && !slices.ContainsFunc(signers, weak),
			"%q: %v, %q", text, signers, why)
		assert.Check(t, badSignature(got) != "", "%q lets %x pass", text, signature)
	})
}
