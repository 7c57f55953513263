package oktasim

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"math/big"
	"testing"
)

func TestDiscovery(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	base := o.http.URL
	for _, tt := range []struct {
		document, issuer, endpoints string
		openID                      bool
	}{
		{"/.well-known/openid-configuration", base, base + "/oauth2/v1", true},
		{"/.well-known/oauth-authorization-server", base, base + "/oauth2/v1", false},
		{"/oauth2/default/.well-known/openid-configuration", base + "/oauth2/default", base + "/oauth2/default/v1", true},
		{"/oauth2/default/.well-known/oauth-authorization-server", base + "/oauth2/default", base + "/oauth2/default/v1", false},
	} {
		a := o.send("GET", tt.document, nil, nil).want(t, "200")
		for member, want := range map[string]string{
			"issuer": tt.issuer, "authorization_endpoint": tt.endpoints + "/authorize", "token_endpoint": tt.endpoints + "/token",
			"end_session_endpoint": tt.endpoints + "/logout", "registration_endpoint": base + "/oauth2/v1/clients",
		} {
			if got := a.text(member); got != want {
				t.Errorf("%s: %s is %q, want %q", tt.document, member, got, want)
			}
		}
		for _, member := range []string{"userinfo_endpoint", "id_token_signing_alg_values_supported"} {
			if a.has(member) != tt.openID {
				t.Errorf("%s: %s there: %t", tt.document, member, a.has(member))
			}
		}
	}
	app := o.do("POST", "/api/v1/apps", webApp(nil)).text("id")
	o.send("GET", "/.well-known/openid-configuration?client_id="+app, nil, nil).want(t, "200")
	o.send("GET", "/.well-known/openid-configuration?client_id=none", nil, nil).want(t, "400 invalid_client")
	o.send("GET", "/oauth2/none/.well-known/openid-configuration", nil, nil).want(t, "404 E0000007")
}

func TestKeys(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	app := o.do("POST", "/api/v1/apps", webApp(nil))
	server := o.do("GET", "/api/v1/authorizationServers/default", nil)
	for document, want := range map[string]struct {
		kid string
		key *signingKey
	}{
		"/.well-known/openid-configuration":                {app.text("credentials.signing.kid"), o.orgKey},
		"/oauth2/default/.well-known/openid-configuration": {server.text("credentials.signing.kid"), o.asKey},
	} {
		keys := o.send("GET", o.send("GET", document, nil, nil).text("jwks_uri"), nil, nil).want(t, "200")
		key := keys.at("keys").([]any)[0].(object)
		if textAt(key, "kid") != want.kid || textAt(key, "kty") != "RSA" || textAt(key, "alg") != "RS256" || textAt(key, "use") != "sig" {
			t.Errorf("key %v, want the id %q", key, want.kid)
		}
		public := &rsa.PublicKey{N: number64(t, key, "n"), E: int(number64(t, key, "e").Int64())}
		private, err := want.key.key()
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte("text"))
		signature, err := rsa.SignPKCS1v15(rand.Reader, private, crypto.SHA256, sum[:])
		if err != nil {
			t.Fatal(err)
		}
		if err := rsa.VerifyPKCS1v15(public, crypto.SHA256, sum[:], signature); err != nil || public.N.BitLen() != keyBits {
			t.Errorf("%d bits: %v", public.N.BitLen(), err)
		}
	}
}

func number64(t *testing.T, key object, name string) *big.Int {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(textAt(key, name))
	if err != nil {
		t.Fatal(err)
	}
	return new(big.Int).SetBytes(raw)
}
