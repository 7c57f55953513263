package signin

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"msgsso-wizard/apiclient"
)

// minRSA is the size of the smallest RSA key that Okta takes, in bits.
const minRSA = 2048

// maxKey is the size of the largest file that is read as a key, in bytes.
const maxKey = 64 << 10

// The sentences about a key say nothing of its text, nor do they wrap an error that may.
var (
	errNoKey     = errors.New("the private key is neither PEM (PKCS#8, PKCS#1 or SEC1) nor a JSON Web Key")
	errPublic    = errors.New("this is a public key: the private key is required")
	errCert      = errors.New("this is a certificate: the private key is required")
	errPKCS12    = errors.New("this is a PKCS#12 file: export its private key as PEM, such as openssl pkcs12 -nocerts -noenc does")
	errTwoKeys   = errors.New("the text has several private keys: enter one of them")
	errEncrypted = errors.New("the private key has a passphrase: use a key without one, such as openssl pkey creates")
	errKind      = errors.New("the private key must be RSA or of the curve P-256, P-384 or P-521")
	errShort     = errors.New("the RSA key has fewer than 2048 bits")
	errBroken    = errors.New("the private key is damaged or incomplete")
	errSeveral   = errors.New("the JWK set has several private keys: enter one of them, or its key ID")
	errNoFile    = errors.New("the private key is the path of a file that can't be read")
	errOpenSSH   = errors.New("this key is in OpenSSH's format: convert a copy with ssh-keygen -p -m PKCS8 -f FILE")
	errPuTTY     = errors.New("this key is in PuTTY's format: export it from PuTTYgen, then convert it to PKCS#8")
)

var (
	// algorithms are what each curve signs with; RSA signs with RS256 (contract okta.md 3.2).
	algorithms = map[string]jose.SignatureAlgorithm{"P-256": jose.ES256, "P-384": jose.ES384, "P-521": jose.ES512}

	// pemBlock is a block of PEM in whatever lines, and escape a line end as .env files and JSON write it.
	pemBlock = regexp.MustCompile(`(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END [A-Z0-9 ]+-----`)
	escape   = regexp.MustCompile(`\\+[nrt]`)
	path     = regexp.MustCompile(`^(?:~|\.\.?)?[/\\]\S|^[A-Za-z]:\\|\.(?:pem|key|p8|der|jwk|jwks|json)$`)

	// pkcs12 is the type of each part of such a file (RFC 7292 4): PKCS#7 data.
	pkcs12 = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01}

	// foreign are the beginnings of what is no private key in a form that is read.
	foreign = map[string]error{
		"-----BEGIN OPENSSH": errOpenSSH, "PuTTY-User-Key-File": errPuTTY, "ssh-": errPublic, "ecdsa-sha2-": errPublic,
	}
)

// parseKey reads an app's private key, or the file that has it. A JWK may bring its ID; of several in a set, id chooses.
func parseKey(secret apiclient.Secret, id string) (jose.JSONWebKey, error) {
	text, _, err := apiclient.ReadLines(secret.Reveal())
	if err != nil {
		return jose.JSONWebKey{}, fmt.Errorf("the private key %w", err)
	}
	key, err := parseText(text, id)
	if !errors.Is(err, errNoKey) || !path.MatchString(text) {
		return key, err
	}
	data, err := apiclient.ReadFile(apiclient.ExpandHome(text), "the private key's file", maxKey)
	if err != nil {
		return key, errNoFile
	}
	if private := parseDER(data); private != nil {
		return checked(private, "")
	}
	if bytes.Contains(data, pkcs12) {
		return jose.JSONWebKey{}, errPKCS12
	}
	return parseText(apiclient.DecodeText(data), id)
}

// parseText reads PEM, a JWK, or a JWK set, also as base64 or as a JSON string, and the base64 of a key.
func parseText(text, id string) (jose.JSONWebKey, error) {
	for range 2 {
		text = strings.TrimSpace(text)
		for begin, err := range foreign {
			if strings.HasPrefix(text, begin) {
				return jose.JSONWebKey{}, err
			}
		}
		switch {
		case strings.HasPrefix(text, "{"):
			return parseJWK(text, id)
		case strings.Contains(text, "-----BEGIN "):
			return parsePEM(escape.ReplaceAllString(text, "\n"))
		case json.Unmarshal([]byte(text), &text) == nil:
			continue
		}
		data, err := fromBase64(text)
		if err != nil {
			break
		}
		if private := parseDER(data); private != nil {
			return checked(private, "")
		}
		if bytes.Contains(data, pkcs12) {
			return jose.JSONWebKey{}, errPKCS12
		}
		text = string(data)
	}
	return jose.JSONWebKey{}, errNoKey
}

// fromBase64 decodes what may have white space anywhere and no padding.
func fromBase64(text string) ([]byte, error) {
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.Join(strings.Fields(text), ""), "="))
}

// parseJWK reads a JWK, or the only private one of a set.
func parseJWK(text, id string) (jose.JSONWebKey, error) {
	var set struct{ Keys []jose.JSONWebKey }
	if json.Unmarshal([]byte(text), &set) != nil {
		return jose.JSONWebKey{}, errBroken
	}
	if set.Keys == nil {
		set.Keys = make([]jose.JSONWebKey, 1)
		if json.Unmarshal([]byte(text), &set.Keys[0]) != nil {
			return jose.JSONWebKey{}, errBroken
		}
	}
	public := false
	private := slices.DeleteFunc(set.Keys, func(k jose.JSONWebKey) bool {
		public = public || k.Valid() && k.IsPublic()
		return !k.Valid() || k.IsPublic()
	})
	if len(private) > 1 {
		private = slices.DeleteFunc(private, func(k jose.JSONWebKey) bool { return k.KeyID != id })
		if len(private) != 1 {
			return jose.JSONWebKey{}, errSeveral
		}
	}
	switch {
	case len(private) == 1:
		return checked(private[0].Key, private[0].KeyID)
	case public:
		return jose.JSONWebKey{}, errPublic
	default:
		return jose.JSONWebKey{}, errBroken
	}
}

// parsePEM reads the only private key, whatever stands for the line ends.
func parsePEM(text string) (jose.JSONWebKey, error) {
	err := errBroken
	var found interface{ Equal(crypto.PrivateKey) bool }
	for _, block := range pemBlock.FindAllStringSubmatch(text, -1) {
		whole, label, body := block[0], block[1], block[2]
		switch {
		case label == "ENCRYPTED PRIVATE KEY", strings.Contains(body, "ENCRYPTED"):
			return jose.JSONWebKey{}, errEncrypted
		case label == "PUBLIC KEY", label == "RSA PUBLIC KEY":
			err = errPublic
			continue
		case label == "CERTIFICATE":
			err = errCert
			continue
		case !slices.Contains([]string{"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}, label): // EC PARAMETERS come before a key
			continue
		}
		data, broken := fromBase64(body)
		if decoded, _ := pem.Decode([]byte(whole)); broken != nil && decoded != nil { // it has headers
			data = decoded.Bytes
		}
		private, ok := parseDER(data).(interface{ Equal(crypto.PrivateKey) bool })
		switch {
		case !ok:
			return jose.JSONWebKey{}, errBroken
		case found != nil && !found.Equal(private):
			return jose.JSONWebKey{}, errTwoKeys
		}
		found = private
	}
	if found != nil {
		return checked(found, "")
	}
	return jose.JSONWebKey{}, err
}

// parseDER reads a key of any of the three forms, which exclude each other; nil: it is none.
func parseDER(data []byte) any {
	if key, err := x509.ParsePKCS8PrivateKey(data); err == nil {
		return key
	}
	if key, err := x509.ParsePKCS1PrivateKey(data); err == nil {
		return key
	}
	if key, err := x509.ParseECPrivateKey(data); err == nil {
		return key
	}
	return nil
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
