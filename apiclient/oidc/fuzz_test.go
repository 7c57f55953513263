package oidc

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

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
