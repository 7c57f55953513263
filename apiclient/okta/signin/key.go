package signin

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"msgsso-wizard/apiclient"
)

// minRSA is the size of the smallest RSA key that Okta takes, in bits.
const minRSA = 2048

// The sentences about a key say nothing of its text, nor do they wrap an error that may.
var (
	errNoKey     = errors.New("the private key is neither PEM (PKCS#8, PKCS#1 or SEC1) nor a JSON Web Key")
	errPublic    = errors.New("this is a public key: the private key is required")
	errEncrypted = errors.New("the private key has a passphrase: use a key without one, such as openssl pkey creates")
	errKind      = errors.New("the private key must be RSA or of the curve P-256, P-384 or P-521")
	errShort     = errors.New("the RSA key has fewer than 2048 bits")
	errBroken    = errors.New("the private key is damaged or incomplete")
)

// algorithms are what each curve signs with; RSA signs with RS256 (contract okta.md 3.2).
var algorithms = map[string]jose.SignatureAlgorithm{"P-256": jose.ES256, "P-384": jose.ES384, "P-521": jose.ES512}

// parseKey reads an app's private key; a JWK may bring its id.
func parseKey(secret apiclient.Secret) (jose.JSONWebKey, error) {
	text := strings.TrimSpace(secret.Reveal())
	if strings.HasPrefix(text, "{") {
		return parseJWK(text)
	}
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, `\n`, "\n") // PEM in an environment variable is often one line
	}
	return parsePEM([]byte(text))
}

func parseJWK(text string) (jose.JSONWebKey, error) {
	var jwk jose.JSONWebKey
	if json.Unmarshal([]byte(text), &jwk) != nil || !jwk.Valid() {
		return jwk, errBroken
	}
	if jwk.IsPublic() {
		return jwk, errPublic
	}
	return checked(jwk.Key, jwk.KeyID)
}

func parsePEM(rest []byte) (jose.JSONWebKey, error) {
	err := errNoKey
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return jose.JSONWebKey{}, err
		}
		if block.Type == "ENCRYPTED PRIVATE KEY" || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
			return jose.JSONWebKey{}, errEncrypted
		}
		var (
			private any
			broken  error
		)
		switch block.Type {
		case "PRIVATE KEY":
			private, broken = x509.ParsePKCS8PrivateKey(block.Bytes)
		case "RSA PRIVATE KEY":
			private, broken = x509.ParsePKCS1PrivateKey(block.Bytes)
		case "EC PRIVATE KEY":
			private, broken = x509.ParseECPrivateKey(block.Bytes)
		case "PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE":
			err = errPublic
			continue
		default: // EC PARAMETERS come before a key
			continue
		}
		if broken != nil {
			return jose.JSONWebKey{}, errBroken
		}
		return checked(private, "")
	}
}

// checked completes a key with its algorithm, or says why it is of no use.
func checked(private any, id string) (jose.JSONWebKey, error) {
	key := jose.JSONWebKey{Key: private, KeyID: id, Use: "sig"}
	switch k := private.(type) {
	case *rsa.PrivateKey:
		if k.N.BitLen() < minRSA {
			return key, errShort
		}
		if k.Validate() != nil {
			return key, errBroken
		}
		key.Algorithm = string(jose.RS256)
	case *ecdsa.PrivateKey:
		key.Algorithm = string(algorithms[k.Curve.Params().Name])
	}
	if key.Algorithm == "" {
		return key, errKind
	}
	return key, nil
}
