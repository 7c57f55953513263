package oidc

import (
	"fmt"
	"math"
	"slices"

	"github.com/go-jose/go-jose/v4"

	"msgsso-wizard/apiclient"
)

// The sizes of a key that is worked with, in bits: RFC 7518 3.3 asks for the first; the second bounds the work.
const (
	shortestKey = 2048
	longestKey  = 8192
)

// weakness says why a key isn't worked with.
func weakness(k Key) string {
	switch {
	case k.RSA == nil:
		return "The provider's signing key can't be read as an RSA key."
	case k.RSA.E > math.MaxInt32:
		return "The provider's signing key has too large an exponent."
	}
	return fmt.Sprintf("The provider's signing key has %d bits. It must have %d to %d.", k.RSA.N.BitLen(), shortestKey, longestKey)
}

// candidates finds the keys that may have signed the token: those of the name that it gives, of which a provider may
// publish several by mistake, or the only one where it gives none (OpenID Connect Core 1.0 10.1). why is a sentence, empty
// when there is one.
func (t idToken) candidates() (keys []Key, why string) {
	keys = slices.DeleteFunc(slices.Clone(t.keys), func(k Key) bool {
		return k.Typ != "RSA" || k.Use != "" && k.Use != "sig" || k.Alg != "" && k.Alg != "RS256" || t.keyID != "" && k.ID != t.keyID
	})
	switch {
	case t.keyID == "" && len(keys) != 1:
		return nil, fmt.Sprintf("The ID token doesn't name its key, and the provider publishes %d that could be it.", len(keys))
	case len(keys) == 0:
		return nil, fmt.Sprintf("The ID token is signed with the key %s, which isn't among the provider's RSA keys (jwks_uri).", apiclient.Clean(t.keyID))
	}
	return keys, ""
}

// signers are the strong candidates. why is as there.
func (t idToken) signers() (keys []Key, why string) {
	all, why := t.candidates()
	if keys = slices.DeleteFunc(slices.Clone(all), func(k Key) bool { return !strong(k) }); why == "" && len(keys) == 0 {
		why = weakness(all[0])
	}
	return keys, why
}

// strong reports whether a key can be read and is of a size that is worked with.
func strong(k Key) bool {
	return k.RSA != nil && k.RSA.N.BitLen() >= shortestKey && k.RSA.N.BitLen() <= longestKey && k.RSA.E <= math.MaxInt32
}

func noSuchKey(t idToken) string {
	_, why := t.candidates()
	return why
}

func shortKey(t idToken) string {
	if _, why := t.candidates(); why != "" {
		return "" // told by another check
	}
	_, why := t.signers()
	return why
}

func badSignature(t idToken) string {
	signers, why := t.signers()
	if why != "" || t.algorithm != string(jose.RS256) {
		return "The signature wasn't checked: there is no algorithm or no key for it."
	}
	if !slices.ContainsFunc(signers, func(k Key) bool { _, err := t.signed.Verify(k.RSA); return err == nil }) {
		return "The ID token's signature doesn't match the provider's key: another server created it, or it was changed in transit."
	}
	return ""
}
