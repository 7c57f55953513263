// Package signing has the keys of the org and of its tools, and reads what they sign.
package signing

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"sync"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// Key signs tokens. Its ID comes from the seed and is known at once. The key itself takes a moment to make, so it is
// made when it is first needed, and all orgs of a process share it.
type Key struct {
	ID   string
	pair func() (*rsa.PrivateKey, error)
}

const keyBits = 2048

var (
	orgPair     = sync.OnceValues(newPair)
	customPair  = sync.OnceValues(newPair)
	servicePair = sync.OnceValues(newPair)
)

func newPair() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, keyBits) }

// OrgKey returns the key of an org authorization server.
func OrgKey(id string) *Key { return &Key{id, orgPair} }

// CustomKey returns the key of custom authorization servers.
func CustomKey(id string) *Key { return &Key{id, customPair} }

// ServiceKey returns the key that service apps sign their assertions with.
func ServiceKey(id string) *Key { return &Key{id, servicePair} }

// Warm makes the key, so that the first who needs it need not wait.
func (k *Key) Warm() { _, _ = k.pair() } // a failure is remembered and returned to each caller

// Set returns the public half as a key set.
func (k *Key) Set() (jose.JSONWebKeySet, error) {
	key, err := k.pair()
	if err != nil {
		return jose.JSONWebKeySet{}, err
	}
	return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &key.PublicKey, KeyID: k.ID, Algorithm: string(jose.RS256), Use: "sig"}}}, nil
}

// PEM returns the private half as PKCS #8.
func (k *Key) PEM() (string, error) {
	key, err := k.pair()
	if err != nil {
		return "", err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})), err
}

// Sign makes a JWT that names the key. All of Okta's are signed by RS256 (contract okta.md 4).
func (k *Key) Sign(claims any) (string, error) {
	key, err := k.pair()
	if err != nil {
		return "", err
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: k.ID}}, nil)
	if err != nil {
		return "", err
	}
	return jwt.Signed(signer).Claims(claims).Serialize()
}
