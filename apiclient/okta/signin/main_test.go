package signin

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	_ "crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// signed is a JWT whose signature holds.
type signed struct{ header, claims map[string]any }

// verify checks a JWT with the standard library alone, so that it cannot share a fault with what signs.
// A nil key means the one in the header.
func verify(compact string, key crypto.PublicKey) (signed, error) {
	parts := strings.Split(compact, ".")
	if len(parts) != 3 {
		return signed{}, fmt.Errorf("%d parts", len(parts))
	}
	var s signed
	for i, into := range []*map[string]any{&s.header, &s.claims} {
		data, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil {
			return s, err
		}
		if err := json.Unmarshal(data, into); err != nil {
			return s, err
		}
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return s, err
	}
	if key == nil {
		if key, err = embedded(s.header["jwk"]); err != nil {
			return s, err
		}
	}
	alg := fmt.Sprint(s.header["alg"])
	hash := map[string]crypto.Hash{"RS256": crypto.SHA256, "ES256": crypto.SHA256, "ES384": crypto.SHA384, "ES512": crypto.SHA512}[alg]
	if hash == 0 {
		return s, errors.New("alg " + alg)
	}
	h := hash.New()
	h.Write([]byte(parts[0] + "." + parts[1]))
	switch k := key.(type) {
	case *rsa.PublicKey:
		return s, rsa.VerifyPKCS1v15(k, hash, h.Sum(nil), signature)
	case *ecdsa.PublicKey:
		half := len(signature) / 2
		r, q := new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:])
		if half != (k.Params().BitSize+7)/8 || !ecdsa.Verify(k, h.Sum(nil), r, q) {
			return s, errors.New("the signature doesn't hold")
		}
		return s, nil
	}
	return s, fmt.Errorf("key %T", key)
}

// embedded reads a P-256 public key from a header; it refuses more than that.
func embedded(jwk any) (*ecdsa.PublicKey, error) {
	members, _ := jwk.(map[string]any)
	if members["kty"] != "EC" || members["crv"] != "P-256" || len(members) != 4 {
		return nil, fmt.Errorf("jwk %v", jwk)
	}
	point := []byte{4}
	for _, name := range []string{"x", "y"} {
		data, err := base64.RawURLEncoding.DecodeString(fmt.Sprint(members[name]))
		if err != nil {
			return nil, err
		}
		point = append(point, data...)
	}
	return ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
}

// network answers requests without one, so that the clock may be fake too.
type network func(r *http.Request, form string) (status int, header map[string]string, body string, err error)

func (n network) RoundTrip(r *http.Request) (*http.Response, error) {
	form, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	status, header, body, err := n(r, string(form))
	if err != nil {
		return nil, err
	}
	answer := http.Header{"Content-Type": {"application/json"}}
	for name, value := range header {
		answer.Set(name, value)
	}
	return &http.Response{StatusCode: status, Header: answer, Body: io.NopCloser(bytes.NewBufferString(body))}, nil
}
