package oktasim

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"math/big"
	"sync"
)

// signingKey signs tokens. Its id comes from the seed and is known at once; the key itself takes a moment to
// make, so it is made when it is first asked for, and shared by all orgs of a process.
type signingKey struct {
	kid string
	key func() (*rsa.PrivateKey, error)
}

const keyBits = 2048

var (
	orgPair     = sync.OnceValues(newPair)
	customPair  = sync.OnceValues(newPair)
	servicePair = sync.OnceValues(newPair)
)

func newPair() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, keyBits) }

// Warm makes the signing keys, so that the first who asks for them need not wait.
func (s *Server) Warm() {
	for _, k := range []*signingKey{s.orgKey, s.asKey} {
		_, _ = k.key() // a failure is remembered and answered to whoever asks
	}
}

// document is the public half as a key set (RFC 7517, RFC 7518 6.3).
func (k *signingKey) document() (any, error) {
	key, err := k.key()
	if err != nil {
		return nil, err
	}
	b64 := base64.RawURLEncoding.EncodeToString
	return object{"keys": []object{{
		"kty": "RSA", "alg": "RS256", "use": "sig", "kid": k.kid,
		"n": b64(key.N.Bytes()), "e": b64(big.NewInt(int64(key.E)).Bytes()),
	}}}, nil
}

func (s *Server) publishKeys(c *call) (any, error) {
	if s.opts.KeysDown {
		return nil, fail("E0000009")
	}
	return s.keyOf(c.as).document()
}
