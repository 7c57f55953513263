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
	pair func() *rsa.PrivateKey
}

var (
	orgPair     = sync.OnceValue(newPair)
	customPair  = sync.OnceValue(newPair)
	servicePair = sync.OnceValue(newPair)
)

func newPair() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err) // the size is sound, and the system's randomness never fails
	}
	return key
}

// OrgKey returns the key of an org authorization server.
func OrgKey(id string) *Key { return &Key{id, orgPair} }

// CustomKey returns the key of custom authorization servers.
func CustomKey(id string) *Key { return &Key{id, customPair} }

// ServiceKey returns the key that service apps sign their assertions with.
func ServiceKey(id string) *Key { return &Key{id, servicePair} }

// Warm makes the key, so that the first who needs it need not wait.
func (k *Key) Warm() { k.pair() }

// Set returns the public half as a key set.
func (k *Key) Set() jose.JSONWebKeySet {
	return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{k.public()}}
}

func (k *Key) public() jose.JSONWebKey {
	return jose.JSONWebKey{Key: &k.pair().PublicKey, KeyID: k.ID, Algorithm: string(jose.RS256), Use: "sig"}
}

// PEM returns the private half as PKCS #8.
func (k *Key) PEM() (string, error) {
	der, err := x509.MarshalPKCS8PrivateKey(k.pair())
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})), err
}

// Encrypt nests a signed JWT in a JWE that only the holder of the client's key can read (contract okta.md 1.1). No client
// here has one, so any key and algorithm do.
func Encrypt(signed string) (string, error) {
	to := jose.Recipient{Algorithm: jose.RSA_OAEP_256, Key: &servicePair().PublicKey}
	encrypter, err := jose.NewEncrypter(jose.A256GCM, to, (&jose.EncrypterOptions{}).WithContentType("JWT"))
	if err != nil {
		return "", err
	}
	nested, err := encrypter.Encrypt([]byte(signed))
	if err != nil {
		return "", err
	}
	return nested.CompactSerialize()
}

// Sign makes a JWT that names the key. All of Okta's are signed by RS256 (contract okta.md 4).
func (k *Key) Sign(claims any) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: k.pair(), KeyID: k.ID}}, nil)
	if err != nil {
		return "", err
	}
	return jwt.Signed(signer).Claims(claims).Serialize()
}
