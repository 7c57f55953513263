package oidc

import (
	"encoding/json"
	"net/url"
	"testing"
)

// FuzzValidate: whatever a provider publishes, every check says something, and nothing that is broken passes all.
func FuzzValidate(f *testing.F) {
	f.Add(`{"issuer":"https://acme.okta.com","jwks_uri":"https://acme.okta.com/k"}`, `{"keys":[{"kty":"RSA","kid":"1","use":"sig","alg":"RS256"}]}`)
	f.Add(`{"issuer":"http://[::1%25","response_types_supported":null,"scopes_supported":[""]}`, `{"keys":[{}]}`)
	f.Add(`{"authorization_endpoint":"\u001b]8;;x","token_endpoint":"://"}`, `{}`)
	uri, err := url.Parse("https://acme.okta.com/.well-known/openid-configuration")
	if err != nil {
		f.Fatal(err)
	}
	org := &url.URL{Scheme: "https", Host: "acme.okta.com"}
	f.Fuzz(func(t *testing.T, document, keys string) {
		var w wireDocument
		var set struct {
			Keys []wireKey `json:"keys"`
		}
		if json.Unmarshal([]byte(document), &w) != nil || json.Unmarshal([]byte(keys), &set) != nil {
			return
		}
		doc := w.document(uri)
		findings := Validate(doc, nil, Want{URI: uri, Org: org, AuthMethod: "client_secret_basic"})
		passed := true
		for _, found := range findings {
			passed = passed && (found.OK || !found.Stop)
			if found.OK == (found.Why != "") {
				t.Errorf("%+v", found)
			}
		}
		if passed {
			t.Errorf("a document without keys passes: %+v", doc)
		}
	})
}
