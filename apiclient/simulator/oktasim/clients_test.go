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
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/pages"
	"msgsso-wizard/apiclient/simulator/oktasim/signing"
)

// browser keeps cookies and follows no redirect.
type browser struct {
	*testOrg
	jar http.CookieJar
}

func (o *testOrg) browser() *browser {
	jar, err := cookiejar.New(nil)
	assert.NilError(o.t, err)
	return &browser{o, jar}
}

// visit signs in at an authorize end point, with the cookies.
func (b *browser) visit(server, app string, changes map[string]string) answer {
	b.t.Helper()
	query, who := wish(app, changes)
	form := url.Values{}
	if who != "" {
		form.Set(pages.LoginField, who)
	}
	return b.open(server+"/v1/authorize?"+query.Encode(), form, nil)
}

// open asks for a page; with a form it is posted.
func (b *browser) open(path string, form url.Values, header http.Header) answer {
	b.t.Helper()
	at, err := url.Parse(b.http.URL + path)
	assert.NilError(b.t, err)
	all := http.Header{}
	for _, cookie := range b.jar.Cookies(at) {
		all.Add("Cookie", cookie.String())
	}
	for name, values := range header {
		all[name] = values
	}
	var a answer
	if len(form) > 0 {
		a = b.post(path, form, all)
	} else {
		a = b.send("GET", path, nil, all)
	}
	b.jar.SetCookies(at, (&http.Response{Header: a.header}).Cookies())
	return a
}

// code signs Alice in and returns the code that the page gets.
func (b *browser) code(server, app string, changes map[string]string) string {
	b.t.Helper()
	_, query := b.visit(server, app, changes).landing(b.t)
	assert.Assert(b.t, query.Get("code") != "", query)
	return query.Get("code")
}

// webClient is an app for everyone that can prove who it is.
type webClient struct{ id, secret string }

const (
	leftPage = "https://www.example.com/bye"
	verifier = "a-verifier-of-forty-three-characters-or-more"
)

// hashOf is a challenge by its verifier (RFC 7636), and the claim that ties a proof to its token (RFC 9449).
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func (o *testOrg) webClient(changes object) webClient {
	o.t.Helper()
	all := object{"settings.oauthClient.post_logout_redirect_uris": []any{leftPage}}
	for name, v := range changes {
		all[name] = v
	}
	id := o.openApp(all)
	secrets := o.do("GET", "/api/v1/apps/"+id+"/credentials/secrets", nil).want(o.t, "200").column("client_secret")
	return webClient{id, strings.Join(secrets, "")}
}

func (x webClient) header() http.Header {
	both := url.QueryEscape(x.id) + ":" + url.QueryEscape(x.secret)
	return http.Header{"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte(both))}}
}

// redeem asks for the tokens of a code; an empty value takes a parameter out of the form.
func (o *testOrg) redeem(server string, x webClient, code string, changes map[string]string) answer {
	o.t.Helper()
	form := url.Values{"grant_type": {codeGrant}, "code": {code}, "redirect_uri": {chatPage}}
	for name, value := range changes {
		form.Set(name, value)
		if value == "" {
			form.Del(name)
		}
	}
	return o.post(server+"/v1/token", form, x.header())
}

// keyID is that of the key that a server publishes.
func (o *testOrg) keyID(server string) string {
	keys := o.send("GET", server+"/v1/keys", nil, nil).want(o.t, "200").at("keys").([]any)
	return jsontree.Text(keys[0].(object), "kid")
}

// claims are those of a JWT that a key of the server's key set has signed.
func (o *testOrg) claims(t *testing.T, server, token string) object {
	t.Helper()
	key := o.orgKey
	if server != "/oauth2" {
		key = o.asKey
	}
	header, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[0])
	assert.Assert(t, err == nil && strings.Contains(string(header), o.keyID(server)), "%s: %v", header, err)
	said := readBy(key, token)
	assert.Assert(t, said != nil, "not signed by the server's key")
	return said
}

// readBy returns the claims of a JWT that a key has signed, nil of any other text.
func readBy(key *signing.Key, text string) object {
	token, err := jwt.ParseSigned(text, []jose.SignatureAlgorithm{jose.RS256})
	var claims object
	if err != nil || token.Claims(key.Set().Keys[0].Key, &claims) != nil {
		return nil
	}
	return claims
}

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
