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

// key finds the key that signed the token: the one that it names, or the only one where it names none (OpenID
// Connect Core 1.0 10.1).
func (t idToken) key() (Key, string) {
	able := slices.DeleteFunc(slices.Clone(t.keys), func(k Key) bool {
		return k.Typ != "RSA" || k.Use != "" && k.Use != "sig" || k.Alg != "" && k.Alg != "RS256"
	})
	if t.keyID == "" {
		if len(able) == 1 {
			return able[0], ""
		}
		return Key{}, fmt.Sprintf("The ID token does not name its key, and the provider publishes %d that could be it.", len(able))
	}
	if i := slices.IndexFunc(able, func(k Key) bool { return k.ID == t.keyID }); i >= 0 {
		return able[i], ""
	}
	return Key{}, fmt.Sprintf("The ID token is signed by the key %s, which is not among the RSA keys that the provider publishes (jwks_uri).", apiclient.Clean(t.keyID))
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

// signer is the key by which the signature is checked.
func (t idToken) signer() (*rsa.PublicKey, string) {
	k, why := t.key()
	if why != "" {
		return nil, why
	}
	public, err := k.public()
	if err != nil {
		return nil, "The provider's key cannot be used: it is no RSA key of 2048 to 8192 bits."
	}
	return public, ""
}

func noSuchKey(t idToken) string {
	_, why := t.signer()
	return why
}

func badSignature(t idToken) string {
	public, why := t.signer()
	if why != "" || t.algorithm != "RS256" {
		return "The signature was not checked: there is no algorithm or no key for it."
	}
	sum := sha256.Sum256([]byte(t.signed))
	if rsa.VerifyPKCS1v15(public, crypto.SHA256, sum[:], t.signature) != nil {
		return "The ID token's signature does not fit the provider's key: another server made it, or it was changed on its way."
	}
	return ""
}
