package oidc

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"fmt"
	"math/big"
	"slices"

	"msgsso-wizard/apiclient"
)

// The sizes of a key that is worked with, in bits: RFC 7518 3.3 asks for the first; the second bounds the work.
const (
	shortestKey = 2048
	longestKey  = 8192
)

// named finds the keys that may have signed the token: those of the name that it gives, of which a provider may publish
// several by mistake, or the only one where it gives none (OpenID Connect Core 1.0 10.1).
func (t idToken) named() ([]Key, string) {
	able := slices.DeleteFunc(slices.Clone(t.keys), func(k Key) bool {
		return k.Typ != "RSA" || k.Use != "" && k.Use != "sig" || k.Alg != "" && k.Alg != "RS256"
	})
	if t.keyID == "" {
		if len(able) == 1 {
			return able, ""
		}
		return nil, fmt.Sprintf("The ID token does not name its key, and the provider publishes %d that could be it.", len(able))
	}
	able = slices.DeleteFunc(able, func(k Key) bool { return k.ID != t.keyID })
	if len(able) == 0 {
		return nil, fmt.Sprintf("The ID token is signed by the key %s, which is not among the RSA keys that the provider publishes (jwks_uri).", apiclient.Clean(t.keyID))
	}
	return able, ""
}

// public turns a Key into one that can be computed with.
func (k Key) public() (*rsa.PublicKey, error) {
	modulus, err := strict.DecodeString(k.Modulus)
	if err != nil {
		return nil, err
	}
	exponent, err := strict.DecodeString(k.Exponent)
	if err != nil {
		return nil, err
	}
	n, e := new(big.Int).SetBytes(modulus), new(big.Int).SetBytes(exponent)
	if size := n.BitLen(); size < shortestKey || size > longestKey {
		return nil, fmt.Errorf("a key of %d bits", size)
	}
	if e.BitLen() > 31 {
		return nil, fmt.Errorf("an exponent of %d bits", e.BitLen())
	}
	return &rsa.PublicKey{N: n, E: int(e.Int64())}, nil
}

// signers are the keys by which the signature is checked.
func (t idToken) signers() ([]*rsa.PublicKey, string) {
	named, why := t.named()
	if why != "" {
		return nil, why
	}
	var signers []*rsa.PublicKey
	for _, k := range named {
		if public, err := k.public(); err == nil {
			signers = append(signers, public)
		}
	}
	if signers == nil {
		return nil, "The provider's key cannot be used: it is no RSA key of 2048 to 8192 bits."
	}
	return signers, ""
}

func noSuchKey(t idToken) string {
	_, why := t.signers()
	return why
}

func badSignature(t idToken) string {
	signers, why := t.signers()
	if why != "" || t.algorithm != "RS256" {
		return "The signature was not checked: there is no algorithm or no key for it."
	}
	sum := sha256.Sum256([]byte(t.signed))
	if !slices.ContainsFunc(signers, func(k *rsa.PublicKey) bool { return rsa.VerifyPKCS1v15(k, crypto.SHA256, sum[:], t.signature) == nil }) {
		return "The ID token's signature does not fit the provider's key: another server made it, or it was changed on its way."
	}
	return ""
}
