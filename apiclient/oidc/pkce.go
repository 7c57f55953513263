package oidc

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// RandomText returns bytes of randomness in the alphabet of URLs, such as a state or a PKCE verifier (RFC 7636 4.1).
func RandomText(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}

// CodeChallenge is S256 of a PKCE verifier (RFC 7636 4.2).
func CodeChallenge(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
