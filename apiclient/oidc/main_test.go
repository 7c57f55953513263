package oidc

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"

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
