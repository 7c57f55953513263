package genesyssim_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/simkit"
)

const (
	tokenPath    = "/api/v2/webdeployments/token/"
	exchangePath = tokenPath + "oauthcodegrantjwtexchange"
)

// site is an organization whose Messenger is set up with a provider.
type site struct {
	*org
	provider                                           *provider
	m                                                  messenger
	integration, credential, configuration, deployment string
}

func newSite(t *testing.T, settle time.Duration, opts genesyssim.Options) *site {
	t.Helper()
	o := newOrg(t, 11, settle, opts)
	s := &site{org: o, provider: newProvider(t, o.clock.Now), m: o.discover()}
	body := s.m.credential(s.provider.secret)
	s.credential = o.must(http.MethodPost, "integrations/credentials", body)["id"].(string)
	s.integration = o.must(http.MethodPost, "integrations", s.m.integration("Messenger SSO"))["id"].(string)
	s.point(1, s.provider.url+"/discovery")
	o.must(http.MethodPatch, "integrations/"+s.integration, object{"intendedState": "ENABLED"})
	s.configuration = o.must(http.MethodPost, configurations, s.settings(true))["id"].(string)
	o.clock.advance(settle)
	o.must(http.MethodPost, configurations+"/"+s.configuration+"/versions/draft/publish", nil)
	s.deployment = o.must(http.MethodPost, deployments, s.pinned("1"))["id"].(string)
	o.clock.advance(settle)
	return s
}

// point sets the Discovery URI; version is the configuration's.
func (s *site) point(version int, uri string) {
	s.t.Helper()
	config := s.m.config(version, s.credential)
	config["properties"] = with(s.m.properties(), s.m.Discovery, uri)
	s.must(http.MethodPut, "integrations/"+s.integration+"/config/current", config)
}

func (s *site) settings(auth bool) object {
	return with(sample, "authenticationSettings", object{"enabled": auth, "integrationId": s.integration, "allowSessionUpgrade": false})
}

func (s *site) pinned(version string) object {
	return object{
		"name": "Web SSO", "allowedDomains": []any{"localhost"}, "flow": object{"id": s.webChat()},
		"configuration": object{"id": s.configuration, "version": version},
	}
}

// publish makes a new version and lets the deployment pin it.
func (s *site) publish(auth bool) {
	s.t.Helper()
	s.must(http.MethodPut, configurations+"/"+s.configuration+"/versions/draft", s.settings(auth))
	v := s.must(http.MethodPost, configurations+"/"+s.configuration+"/versions/draft/publish", nil)
	s.must(http.MethodPut, deployments+"/"+s.deployment, s.pinned(v["version"].(string)))
}

// request is a good exchange with a fresh code.
func (s *site) request() object {
	return object{"deploymentId": s.deployment, "oauth": object{
		"code": s.provider.code("n-0"), "redirectUri": redirectURI, "nonce": "n-0", "codeVerifier": codeVerifier,
	}}
}

// visit makes a visitor's call, which carries no admin's token.
func (s *site) visit(method, path, jwt string, body object) (status int, answer object) {
	s.t.Helper()
	visitor := *s.org
	visitor.token = jwt
	var sent any
	if body != nil {
		sent = body
	}
	return visitor.call(method, path, sent)
}

// turnsAway makes a visitor's call that has to fail as told.
func (s *site) turnsAway(want, method, path, jwt string, body object) {
	s.t.Helper()
	status, answer := s.visit(method, path, jwt, body)
	assert.Check(s.t, is.Equal(fmt.Sprintf("%d %v", status, answer["code"]), want),
		"%s, %s, %v", method, path, answer["message"])
}

// exchange signs a visitor in.
func (s *site) exchange() (jwt, refresh string) {
	s.t.Helper()
	status, answer := s.visit(http.MethodPost, exchangePath, "", s.request())
	assert.Equal(s.t, status, http.StatusOK, answer)
	jwt, _ = answer["jwt"].(string)
	refresh, _ = answer["refreshToken"].(string)
	return jwt, refresh
}

// payload reads what a JWT says, as the fake Messenger script does.
func payload(t *testing.T, jwt string) object {
	t.Helper()
	parts := strings.Split(jwt, ".")
	assert.Assert(t, is.Len(parts, 3), "a JWT")
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	assert.NilError(t, err)
	var said object
	assert.NilError(t, json.Unmarshal(raw, &said))
	return said
}

// provider is a small OpenID provider with one client (OpenID Connect Core 1.0). Tests change its fields before they
// use it.
type provider struct {
	url              string
	clientID, secret string
	claims           object // of the ID token, over the right ones; nil values are left out
	key              *rsa.PrivateKey
	algorithm        jose.SignatureAlgorithm
	sendsIssuer      bool
	answer           object // of the token end point, over the right one
	breaks           map[string]func(w http.ResponseWriter, r *http.Request)

	mu      sync.Mutex
	calls   []string
	revoked []string          // tokens, in order
	codes   map[string]object // what was asked for with each code
}

var providerKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

const (
	redirectURI  = "http://localhost:8080/"
	codeVerifier = "a-verifier-of-the-shortest-length-allowed-0"
)

func newProvider(t *testing.T, now func() time.Time) *provider {
	t.Helper()
	p := &provider{
		clientID: "0oa1", secret: "s3cret/+ %", key: providerKey(), algorithm: jose.RS256, codes: map[string]object{},
		claims: object{}, answer: object{}, breaks: map[string]func(http.ResponseWriter, *http.Request){},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /discovery", func(w http.ResponseWriter, _ *http.Request) {
		simkit.WriteJSON(w, http.StatusOK, object{
			"issuer": p.url, "token_endpoint": p.url + "/token", "jwks_uri": p.url + "/keys", "revocation_endpoint": p.url + "/revoke",
			"authorization_response_iss_parameter_supported": p.sendsIssuer,
		})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		key := jose.JSONWebKey{Key: providerKey().Public(), KeyID: "k1", Algorithm: "RS256", Use: "sig"}
		simkit.WriteJSON(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{key}})
	})
	mux.HandleFunc("POST /revoke", func(_ http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.revoked = append(p.revoked, r.PostFormValue("token"))
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) { p.token(t, w, r, now()) })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.calls = append(p.calls, r.Method+" "+r.URL.Path)
		p.mu.Unlock()
		if broken := p.breaks[r.URL.Path]; broken != nil {
			broken(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

// code is what a browser would come back with.
func (p *provider) code(nonce string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	code := "code-" + rand.Text()
	p.codes[code] = object{"nonce": nonce}
	return code
}

func (p *provider) token(t *testing.T, w http.ResponseWriter, r *http.Request, now time.Time) {
	id, secret, _ := r.BasicAuth()
	if id != "0oa1" || secret != "s3cret%2F%2B+%25" {
		simkit.WriteJSON(w, http.StatusUnauthorized, object{"error": "invalid_client"})
		return
	}
	p.mu.Lock()
	asked, known := p.codes[r.PostFormValue("code")]
	delete(p.codes, r.PostFormValue("code"))
	p.mu.Unlock()
	challenge := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	wanted := sha256.Sum256([]byte(codeVerifier))
	if !known || challenge != wanted || r.PostFormValue("redirect_uri") != redirectURI || r.PostFormValue("grant_type") != "authorization_code" {
		simkit.WriteJSON(w, http.StatusBadRequest, object{"error": "invalid_grant", "error_description": base64.StdEncoding.EncodeToString(challenge[:])})
		return
	}
	nonce, _ := asked["nonce"].(string)
	answer := object{"id_token": p.idToken(t, nonce, now), "access_token": "at", "token_type": "Bearer", "expires_in": 3600}
	maps.Copy(answer, p.answer)
	simkit.WriteJSON(w, http.StatusOK, answer)
}

// idToken is a token for the request with the nonce.
func (p *provider) idToken(t *testing.T, nonce string, now time.Time) string {
	claims := object{
		"iss": p.url, "aud": p.clientID, "sub": "00u1", "name": "ali", "given_name": "Alice", "family_name": "Çelik", "email": "alice@acme.test", "nonce": nonce,
		"iat": now.Unix(), "exp": now.Add(time.Hour).Unix(), "auth_time": now.Add(-time.Minute).Unix(),
	}
	maps.Copy(claims, p.claims)
	maps.DeleteFunc(claims, func(_ string, v any) bool { return v == nil })
	var key any = p.key
	if p.algorithm == jose.HS256 {
		key = []byte(p.secret + "-and-more-to-make-it-long-enough")
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: p.algorithm, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", "k1"))
	assert.Check(t, err)
	text, err := jwt.Signed(signer).Claims(claims).Serialize()
	assert.Check(t, err)
	return text
}
