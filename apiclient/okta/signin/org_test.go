package signin

import (
	"crypto"
	"crypto/ecdsa"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/okta"
)

// org is a token end point for one service app and an API, as the contract describes them.
type org struct {
	*httptest.Server
	t   *testing.T
	key crypto.PublicKey // of the app

	dpop  bool          // the app wants proofs
	nonce string        // wanted in proofs for a token
	ahead time.Duration // its clock
	life  int           // expires_in
	hook  func(w http.ResponseWriter, r *http.Request) bool

	mu      sync.Mutex
	used    map[string]bool // every jti so far
	asked   []string        // what became of each token request
	issued  int
	served  int
	revoked bool     // of the newest token
	proof   []signed // of each API call
}

func newOrg(t *testing.T, key crypto.PublicKey) *org {
	o := &org{t: t, key: key, used: map[string]bool{}, life: 3600}
	o.Server = httptest.NewServer(o)
	t.Cleanup(o.Close)
	return o
}

func (o *org) url() *url.URL {
	u, err := url.Parse(o.URL + "/") // as an admin may have written it
	assert.NilError(o.t, err)
	return u
}

func (o *org) client(s okta.SignIn) *okta.Client {
	c, err := okta.New(okta.Config{Org: o.url(), SignIn: s})
	assert.NilError(o.t, err)
	o.t.Cleanup(c.CloseIdle)
	return c
}

func (o *org) now() time.Time { return time.Now().Add(o.ahead) }

func (o *org) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Date", o.now().UTC().Format(http.TimeFormat))
	switch {
	case o.hook != nil && o.hook(w, r):
	case r.URL.Path == "/oauth2/v1/token":
		status, answer := o.token(w, r)
		o.asked = append(o.asked, answer)
		w.WriteHeader(status)
		if status == http.StatusOK {
			_, _ = fmt.Fprintf(w, `{"token_type":%q,"expires_in":%d,"access_token":"token-%d","scope":"x"}`, answer, o.life, o.issued)
			return
		}
		_, _ = fmt.Fprintf(w, `{"error":%q,"error_description":"no: %s"}`, answer, r.PostForm.Get("client_assertion"))
	default:
		o.api(w, r)
	}
}

// token checks a token request and returns the token's type or the error's code.
func (o *org) token(w http.ResponseWriter, r *http.Request) (int, string) {
	if r.Method != http.MethodPost || r.ParseForm() != nil || r.PostForm.Get("grant_type") != "client_credentials" ||
		r.PostForm.Get("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" || r.Header.Get("Authorization") != "" {
		return http.StatusBadRequest, "invalid_request"
	}
	s, err := verify(r.PostForm.Get("client_assertion"), o.key)
	exp, _ := s.claims["exp"].(float64)
	life := time.Unix(int64(exp), 0).Sub(o.now())
	if err != nil || s.claims["iss"] != "0oa1" || s.claims["sub"] != "0oa1" || s.claims["aud"] != o.URL+"/oauth2/v1/token" ||
		s.header["kid"] != "kid-1" || life < 0 || life > time.Hour || o.again(s) {
		return http.StatusUnauthorized, "invalid_client"
	}
	if o.dpop {
		proof, err := o.proven(r, "")
		if err != nil {
			return http.StatusBadRequest, "invalid_dpop_proof"
		}
		if o.nonce != "" && proof.claims["nonce"] != o.nonce {
			w.Header().Set("dpop-nonce", o.nonce)
			return http.StatusBadRequest, "use_dpop_nonce"
		}
	}
	o.issued++
	o.revoked = false
	return http.StatusOK, map[bool]string{true: "DPoP", false: "Bearer"}[o.dpop]
}

// again reports whether a JWT's id was used before.
func (o *org) again(s signed) bool {
	id := fmt.Sprint(s.claims["jti"])
	used := o.used[id]
	o.used[id] = true
	return used || len(id) < 16
}

// proven checks the proof of a request (RFC 9449 4.3).
func (o *org) proven(r *http.Request, token string) (signed, error) {
	if n := len(r.Header.Values("DPoP")); n != 1 {
		return signed{}, fmt.Errorf("%d proofs", n)
	}
	s, err := verify(r.Header.Get("DPoP"), nil)
	if err != nil {
		return s, err
	}
	iat, _ := s.claims["iat"].(float64)
	age := o.now().Sub(time.Unix(int64(iat), 0)).Abs()
	key, _ := embedded(s.header["jwk"])
	app, _ := o.key.(*ecdsa.PublicKey)
	hash, hashed := s.claims["ath"]
	switch {
	case s.header["typ"] != "dpop+jwt", s.header["alg"] != "ES256", key.Equal(app),
		s.claims["htm"] != r.Method, s.claims["htu"] != o.URL+r.URL.EscapedPath(), age > 5*time.Minute, o.again(s),
		hashed != (token != ""), hashed && hash != sha256URL(token):
		return s, fmt.Errorf("header %v, claims %v", s.header, s.claims)
	}
	return s, nil
}

// api takes only the newest token, in the way in which it was issued.
func (o *org) api(w http.ResponseWriter, r *http.Request) {
	token := fmt.Sprintf("token-%d", o.issued)
	scheme := map[bool]string{true: "DPoP ", false: "Bearer "}[o.dpop]
	if r.Header.Get("Authorization") != scheme+token || o.revoked {
		w.Header().Set("WWW-Authenticate", strings.TrimSpace(scheme)+` error="invalid_token", error_description="no `+r.Header.Get("Authorization")+`"`)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if o.dpop {
		s, err := o.proven(r, token)
		assert.Check(o.t, err, "%s %s", r.Method, r.URL)
		o.proof = append(o.proof, s)
	} else if r.Header.Get("DPoP") != "" {
		o.t.Error("a proof without a bound token")
	}
	o.served++
	_, _ = fmt.Fprint(w, map[bool]string{true: `[]`, false: `{"id":"00o1"}`}[strings.HasSuffix(r.URL.Path, "s")])
}
