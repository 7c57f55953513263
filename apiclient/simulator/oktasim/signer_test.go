package oktasim

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator/jsontree"
)

// tool is a program that signs in as a service app.
type tool struct {
	org   *testOrg
	app   ServiceApp
	key   crypto.PrivateKey
	proof *ecdsa.PrivateKey
}

func newTool(t *testing.T, o *testOrg, app func() (ServiceApp, error)) *tool {
	t.Helper()
	creds, err := app()
	assert.NilError(t, err)
	block, _ := pem.Decode([]byte(creds.PrivateKeyPEM))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	assert.NilError(t, err)
	proof, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	assert.NilError(t, err)
	return &tool{o, creds, key, proof}
}

// sign makes a compact JWT.
func (o *testOrg) sign(alg jose.SignatureAlgorithm, key any, header object, payload object) string {
	o.t.Helper()
	opts := &jose.SignerOptions{ExtraHeaders: map[jose.HeaderKey]any{}}
	for name, v := range header {
		opts.ExtraHeaders[jose.HeaderKey(name)] = v
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, opts)
	assert.NilError(o.t, err)
	raw, err := json.Marshal(payload)
	assert.NilError(o.t, err)
	jws, err := signer.Sign(raw)
	assert.NilError(o.t, err)
	text, err := jws.CompactSerialize()
	assert.NilError(o.t, err)
	return text
}

var lastID atomic.Int64

func newID() string { return fmt.Sprint("id", lastID.Add(1)) }

// assertion is a good one, changed.
func (x *tool) assertion(changes object) string {
	now := x.org.now().Unix()
	kid := x.app.KeyID
	if other, ok := changes["kid"].(string); ok {
		kid = other
	}
	return x.org.sign(jose.RS256, x.key, object{"kid": kid}, jsontree.Merge(object{
		"iss": x.app.ClientID, "sub": x.app.ClientID, "aud": x.org.http.URL + "/oauth2/v1/token", "exp": now + 300, "iat": now, "jti": newID(),
	}, changes))
}

// dpop is a good proof, changed; a nil value takes the claim out.
func (x *tool) dpop(method, address string, changes object) http.Header {
	payload := jsontree.Merge(object{"htm": method, "htu": address, "iat": x.org.now().Unix(), "jti": newID()}, changes)
	typ := "dpop+jwt"
	if other, ok := changes["typ"].(string); ok {
		typ = other
	}
	key := jose.JSONWebKey{Key: &x.proof.PublicKey}
	return http.Header{"Dpop": {x.org.sign(jose.ES256, x.proof, object{"typ": typ, "jwk": key}, payload)}}
}

func (x *tool) ask(scope, assertion string, proof http.Header) answer {
	x.org.t.Helper()
	return x.org.post("/oauth2/v1/token", url.Values{
		"grant_type": {"client_credentials"}, "scope": {scope}, "client_assertion_type": {assertionType}, "client_assertion": {assertion},
	}, proof)
}

// token goes the whole way to a token, with DPoP.
func (x *tool) token(scope string) string {
	x.org.t.Helper()
	at := x.org.http.URL + "/oauth2/v1/token"
	first := x.ask(scope, x.assertion(nil), x.dpop("POST", at, nil)).want(x.org.t, "400 use_dpop_nonce")
	second := x.ask(scope, x.assertion(nil), x.dpop("POST", at, object{"nonce": first.header.Get("DPoP-Nonce")})).want(x.org.t, "200")
	return second.text("access_token")
}

// ath is the claim that ties a proof to a token.
func ath(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
