package oidc

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

// signingKey is made once: it takes a while.
var signingKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

var noon = time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)

func publishedAs(id string) Key {
	return Key{ID: id, Typ: "RSA", Use: "sig", Alg: "RS256", RSA: &signingKey().PublicKey}
}

// minted is an ID token in the making: any part of it may be spoilt.
type minted struct {
	header, claims map[string]any
	headerText     string // instead of header
	claimsText     string // instead of claims
	sign           func(signed string) []byte
	raw            string // instead of all
}

func goodToken() *minted {
	return &minted{
		header: map[string]any{"alg": "RS256", "kid": "k1", "typ": "JWT"},
		claims: map[string]any{
			"iss": "https://acme.okta.com/oauth2/default", "sub": "00u1", "aud": "0oa1", "nonce": "n-1",
			"iat": noon.Unix(), "exp": noon.Add(time.Hour).Unix(),
			"name": "Ada \u202eLovelace", "email": "ada@acme.test", "preferred_username": "ada@acme.test", "ver": 1,
		},
		sign: bySigningKey,
	}
}

func bySigningKey(signed string) []byte {
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, signingKey(), crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return signature
}

// byPublicKey signs with the public key, as a forger does who has HS256 taken for RS256.
func byPublicKey(signed string) []byte {
	mac := hmac.New(sha256.New, signingKey().N.Bytes())
	mac.Write([]byte(signed))
	return mac.Sum(nil)
}

func (m *minted) text(t *testing.T) apiclient.Secret {
	t.Helper()
	if m.raw != "" {
		return apiclient.Unguarded(m.raw)
	}
	part := func(instead string, members map[string]any) string {
		data, err := json.Marshal(members)
		assert.NilError(t, err)
		if instead != "" {
			data = []byte(instead)
		}
		return base64.RawURLEncoding.EncodeToString(data)
	}
	signed := part(m.headerText, m.header) + "." + part(m.claimsText, m.claims)
	return apiclient.Unguarded(signed + "." + base64.RawURLEncoding.EncodeToString(m.sign(signed)))
}
