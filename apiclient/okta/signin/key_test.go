package signin

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/go-jose/go-jose/v4"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func block(kind string, der []byte, err error) string {
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func pkcs8(key any) string {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return block("PRIVATE KEY", der, err)
}

func sec1(key *ecdsa.PrivateKey) string {
	der, err := x509.MarshalECPrivateKey(key)
	return block("EC PRIVATE KEY", der, err)
}

func jwkText(key any, id string) string {
	data, err := json.Marshal(jose.JSONWebKey{Key: key, KeyID: id})
	if err != nil {
		panic(err)
	}
	return string(data)
}

func setText(keys ...string) string { return `{"keys":[` + strings.Join(keys, ",") + `]}` }

func jsonText(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func keyFile(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key")
	assert.NilError(t, os.WriteFile(path, data, 0o600))
	return path
}

// utf16LE is a text as editors on Windows write it.
func utf16LE(text string) []byte {
	data := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		data = binary.LittleEndian.AppendUint16(data, unit)
	}
	return data
}

func curve(t *testing.T, c elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(c, rand.Reader)
	assert.NilError(t, err)
	return key
}

func TestKeysInEachForm(t *testing.T) {
	t.Parallel()
	big, err := rsa.GenerateKey(rand.Reader, 2048)
	assert.NilError(t, err)
	p256, p384, p521 := curve(t, elliptic.P256()), curve(t, elliptic.P384()), curve(t, elliptic.P521())
	pkcs1 := block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(big), nil)
	parameters := block("EC PARAMETERS", []byte{6, 5, 43, 129, 4, 0, 34}, nil)
	for name, tt := range map[string]struct{ text, alg, id string }{
		"PKCS#8 RSA":           {pkcs8(big), "RS256", ""},
		"PKCS#8 P-256":         {pkcs8(p256), "ES256", ""},
		"PKCS#8 P-521":         {"\n " + pkcs8(p521) + "\n", "ES512", ""},
		"PKCS#1":               {pkcs1, "RS256", ""},
		"SEC1 with parameters": {parameters + sec1(p384), "ES384", ""},
		"one line":             {strings.ReplaceAll(strings.TrimSpace(pkcs1), "\n", `\n`), "RS256", ""},
		"one line of Windows":  {strings.ReplaceAll(pkcs1, "\n", `\r\n`), "RS256", ""},
		"escaped twice":        {strings.ReplaceAll(pkcs1, "\n", `\\n`), "RS256", ""},
		"blanks for line ends": {strings.ReplaceAll(strings.TrimSpace(pkcs1), "\n", " "), "RS256", ""},
		"no line ends":         {strings.ReplaceAll(pkcs1, "\n", ""), "RS256", ""},
		"indented":             {strings.ReplaceAll(sec1(p384), "\n", "\r\n    "), "ES384", ""},
		"in quotes":            {"'" + pkcs8(p256) + "'", "ES256", ""},
		"byte order mark":      {"\ufeff" + pkcs8(p256), "ES256", ""},
		"JSON string":          {jsonText(pkcs8(p256)), "ES256", ""},
		"JWK in a JSON string": {jsonText(jwkText(p256, "k")), "ES256", "k"},
		"base64 of PEM":        {base64.StdEncoding.EncodeToString([]byte(pkcs8(p256))), "ES256", ""},
		"base64 in lines":      {base64.StdEncoding.EncodeToString([]byte(pkcs1))[:76] + "\n" + base64.StdEncoding.EncodeToString([]byte(pkcs1))[76:], "RS256", ""},
		"base64 of a JWK":      {base64.RawStdEncoding.EncodeToString([]byte(jwkText(p256, "k"))), "ES256", "k"},
		"without its frame":    {strings.Join(strings.Split(strings.TrimSpace(pkcs1), "\n")[1:len(strings.Split(strings.TrimSpace(pkcs1), "\n"))-1], "\n"), "RS256", ""},
		"wrong label":          {block("EC PRIVATE KEY", x509.MarshalPKCS1PrivateKey(big), nil), "RS256", ""},
		"with a header":        {strings.Replace(pkcs1, "-----\n", "-----\nComment: mine\n\n", 1), "RS256", ""},
		"JWK set":              {setText(jwkText(p256, "k"), jwkText(big.Public(), "other")), "ES256", "k"},
		"JWK set of several":   {setText(jwkText(p256, "k"), jwkText(big, "wanted")), "RS256", "wanted"},
		"file":                 {keyFile(t, []byte("\ufeff"+pkcs8(p256))), "ES256", ""},
		"file in UTF-16":       {keyFile(t, utf16LE(jwkText(p256, "k"))), "ES256", "k"},
		"file in DER":          {keyFile(t, x509.MarshalPKCS1PrivateKey(big)), "RS256", ""},
		"JWK RSA":              {jwkText(big, "kid-1"), "RS256", "kid-1"},
		"JWK P-256":            {" " + jwkText(p256, ""), "ES256", ""},
		"JWK P-384":            {jwkText(p384, "k"), "ES384", "k"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			key, err := parseKey(apiclient.NewSecret(tt.text), "wanted")
			assert.NilError(t, err)
			assert.Check(t, is.DeepEqual([]string{key.Algorithm, key.KeyID}, []string{tt.alg, tt.id}))
			signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.SignatureAlgorithm(key.Algorithm), Key: key}, nil)
			assert.NilError(t, err)
			object, err := signer.Sign([]byte(`{}`))
			assert.NilError(t, err)
			compact, err := object.CompactSerialize()
			assert.NilError(t, err)
			public := key.Public()
			_, err = verify(compact, public.Key)
			assert.NilError(t, err)
		})
	}
}

func TestKeysOfNoUse(t *testing.T) {
	t.Parallel()
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	assert.NilError(t, err)
	big, err := rsa.GenerateKey(rand.Reader, 2048)
	assert.NilError(t, err)
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	assert.NilError(t, err)
	p256 := curve(t, elliptic.P256())
	public, err := x509.MarshalPKIXPublicKey(p256.Public())
	publicPEM := block("PUBLIC KEY", public, err)
	locked := "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nY2FuYXJ5\n-----END RSA PRIVATE KEY-----\n"
	wrong := *big
	wrong.D = big.N
	for name, tt := range map[string]struct {
		text string
		want error
	}{
		"nothing":         {"", errNoKey},
		"a word":          {"canary", errNoKey},
		"a path":          {"/home/canary/key.pem", errNoFile},
		"a file's name":   {"canary.pem", errNoFile},
		"a folder":        {t.TempDir() + "/", errNoFile},
		"a file of none":  {keyFile(t, []byte("canary")), errNoKey},
		"a path's file":   {keyFile(t, []byte("/home/canary/key.pem")), errNoKey},
		"cut off":         {pkcs8(p256)[:80], errBroken},
		"no base64":       {"-----BEGIN PRIVATE KEY-----\ncanary!\n-----END PRIVATE KEY-----", errBroken},
		"OpenSSH":         {"-----BEGIN OPENSSH PRIVATE KEY-----\ncanary\n-----END OPENSSH PRIVATE KEY-----", errOpenSSH},
		"OpenSSH public":  {"ssh-rsa AAAAcanary me@example.com", errPublic},
		"PuTTY":           {"PuTTY-User-Key-File-3: ssh-rsa\ncanary", errPuTTY},
		"JWK set, public": {setText(jwkText(p256.Public(), "k")), errPublic},
		"several":         {setText(jwkText(p256, "k"), jwkText(big, "l")), errSeveral},
		"JWK set of none": {`{"keys":[]}`, errBroken},
		"no DER":          {block("PRIVATE KEY", []byte("canary"), nil), errBroken},
		"passphrase":      {block("ENCRYPTED PRIVATE KEY", []byte("canary"), nil), errEncrypted},
		"old passphrase":  {locked, errEncrypted},
		"public":          {publicPEM, errPublic},
		"public, private": {publicPEM + sec1(p256), nil},
		"certificate":     {block("CERTIFICATE", []byte("canary"), nil), errCert},
		"PKCS#12":         {keyFile(t, slices.Concat([]byte("0canary"), pkcs12)), errPKCS12},
		"base64 of it":    {base64.StdEncoding.EncodeToString(slices.Concat([]byte("0canary"), pkcs12)), errPKCS12},
		"twice":           {sec1(p256) + pkcs8(p256), nil},
		"two keys":        {sec1(p256) + pkcs8(big), errTwoKeys},
		"1024 bits":       {pkcs8(small), errShort},
		"P-224":           {pkcs8(curve(t, elliptic.P224())), errKind},
		"Ed25519":         {pkcs8(edwards), errKind},
		"JWK public":      {jwkText(p256.Public(), "k"), errPublic},
		"JWK symmetric":   {jwkText([]byte("canary"), "k"), errBroken},
		"JWK 1024 bits":   {jwkText(small, "k"), errShort},
		"JWK Ed25519":     {jwkText(edwards, "k"), errKind},
		"JWK damaged":     {jwkText(&wrong, "k"), errBroken},
		"JWK cut off":     {jwkText(p256, "k")[:40], errBroken},
		"JWK of no kind":  {`{"kty":"canary","d":"canary"}`, errBroken},
		"JSON":            {`{"canary":"canary"}`, errBroken},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := parseKey(apiclient.NewSecret(tt.text), "no such")
			assert.Check(t, is.ErrorIs(err, tt.want))
			assert.Check(t, !strings.Contains(fmt.Sprintf("%+v %#v", err, err), "canary"),
				"it repeats the key: %v", err)
		})
	}
}

func TestHiddenCharacterInAKeyIsNamed(t *testing.T) {
	t.Parallel()
	_, err := parseKey(apiclient.NewSecret(strings.Replace(pkcs8(curve(t, elliptic.P256())), "KEY", "KEY\u200b", 1)), "")
	assert.Check(t, is.Error(err, "the private key has a zero-width space (U+200B)"))
}

// FuzzParseText: no text breaks the parser, and no error repeats a part of one.
func FuzzParseText(f *testing.F) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	assert.NilError(f, err)
	text := pkcs8(key)
	for _, seed := range []string{
		text, strings.ReplaceAll(text, "\n", `\r\n`), "'" + text + "'", strings.ReplaceAll(text, "\n", " "), base64.StdEncoding.EncodeToString([]byte(text)), jsonText(text),
		jwkText(key, "k"), setText(jwkText(key, "k"), jwkText(key.Public(), "p")), "-----BEGIN OPENSSH PRIVATE KEY-----", "PuTTY-User-Key-File-3: x", "ssh-rsa AAAA", "~/key.pem", "{", `{"keys":[null]}`,
	} {
		f.Add(seed, "k")
	}
	f.Fuzz(func(t *testing.T, text, id string) {
		key, err := parseText(text, id)
		assert.Check(t, err != nil || key.Valid() && !key.IsPublic() && key.Algorithm != "", "%q", text)
		for word := range strings.FieldsSeq(text) {
			assert.Check(t, err == nil || len(word) < 24 || !strings.Contains(err.Error(), word), "%v repeats the text", err)
		}
	})
}
