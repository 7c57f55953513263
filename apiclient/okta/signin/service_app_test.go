package signin

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
)

// newKey makes an app's key.
func newKey(t *testing.T) (crypto.PublicKey, apiclient.Secret) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	assert.NilError(t, err)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	assert.NilError(t, err)
	return key.Public(), apiclient.NewSecret(string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
}

// newApp starts an org with a service app and signs it in; change may be nil.
func newApp(t *testing.T, change func(*org)) (*org, *okta.Client) {
	t.Helper()
	public, private := newKey(t)
	o := newOrg(t, public)
	if change != nil {
		change(o)
	}
	s, err := ServiceApp(ServiceAppConfig{Org: o.url(), ClientID: "0oa1", KeyID: "kid-1", Key: private})
	assert.NilError(t, err)
	return o, o.client(s)
}

func TestServiceAppDPoP(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*org)
		asked  []string
	}{
		"without DPoP":          {nil, []string{"Bearer"}},
		"DPoP, no nonce":        {func(o *org) { o.dpop = true }, []string{"DPoP"}},
		"DPoP and nonce":        {func(o *org) { o.dpop, o.nonce = true, "n-1" }, []string{"use_dpop_nonce", "DPoP"}},
		"clock an hour behind":  {func(o *org) { o.ahead = -time.Hour }, []string{"invalid_client", "Bearer"}},
		"clock an hour ahead":   {func(o *org) { o.ahead = time.Hour }, []string{"invalid_client", "Bearer"}},
		"clock, DPoP and nonce": {func(o *org) { o.ahead, o.dpop, o.nonce = time.Hour, true, "n-1" }, []string{"invalid_client", "use_dpop_nonce", "DPoP"}},
		"proof of another time": {func(o *org) { o.ahead, o.dpop = -6*time.Minute, true }, []string{"invalid_dpop_proof", "DPoP"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, c := newApp(t, tt.change)
			assert.NilError(t, c.SignIn(t.Context()))
			_, err := c.Org(t.Context())
			assert.NilError(t, err)
			_, err = c.Groups(t.Context(), "a b?")
			assert.NilError(t, err)
			assert.Check(t, is.DeepEqual(o.asked, tt.asked))
			assert.Check(t, is.Equal(o.served, 2))
		})
	}
}

func TestServiceAppAsksForTheScopes(t *testing.T) {
	t.Parallel()
	public, private := newKey(t)
	for _, tt := range []struct {
		scopes []string
		want   string
	}{
		{nil, "okta.apps.manage okta.groups.read okta.trustedOrigins.manage okta.authorizationServers.manage " +
			"okta.orgs.read okta.users.read okta.roles.read okta.domains.read okta.policies.read okta.logs.read"},
		{[]string{"okta.orgs.read", "okta.logs.read"}, "okta.orgs.read okta.logs.read"},
	} {
		o := newOrg(t, public)
		var got string
		o.hook = func(_ http.ResponseWriter, r *http.Request) bool {
			got = r.FormValue("scope")
			return false
		}
		s, err := ServiceApp(ServiceAppConfig{Org: o.url(), ClientID: "0oa1", KeyID: "kid-1", Key: private, Scopes: tt.scopes})
		assert.NilError(t, err)
		assert.NilError(t, s.Begin(t.Context()))
		s.CloseIdle()
		assert.Check(t, is.Equal(got, tt.want))
	}
}

// TestUngrantedScopes: Okta refuses all scopes where one isn't granted. What is optional is left out, and nothing else.
func TestUngrantedScopes(t *testing.T) {
	t.Parallel()
	public, private := newKey(t)
	needed := strings.Join(Scopes(), " ")
	for ungranted, want := range map[string]string{
		"none":                              needed + " okta.policies.read okta.logs.read",
		"okta.logs.read":                    needed + " okta.policies.read",
		"okta.policies.read":                needed + " okta.logs.read",
		"okta.policies.read okta.logs.read": needed,
		"okta.apps.manage":                  "",
	} {
		o := newOrg(t, public)
		got := ""
		o.hook = func(w http.ResponseWriter, r *http.Request) bool {
			asked := strings.Fields(r.FormValue("scope"))
			refused := slices.ContainsFunc(strings.Fields(ungranted), func(scope string) bool { return slices.Contains(asked, scope) })
			if refused {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = fmt.Fprint(w, `{"error":"invalid_scope"}`)
			} else {
				got = r.FormValue("scope")
			}
			return refused
		}
		s, err := ServiceApp(ServiceAppConfig{Org: o.url(), ClientID: "0oa1", KeyID: "kid-1", Key: private})
		assert.NilError(t, err)
		err = s.Begin(t.Context())
		s.CloseIdle()
		assert.Check(t, is.Equal(got, want), ungranted)
		assert.Check(t, is.Equal(okta.OAuthError(err) == "invalid_scope", want == ""), "%v", err)
	}
}

func TestAssertionIsWhatAnotherReaderExpects(t *testing.T) {
	t.Parallel()
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	assert.NilError(t, err)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES384, Key: jose.JSONWebKey{Key: key, KeyID: "k"}}, nil)
	assert.NilError(t, err)
	now := time.Unix(1_700_000_000, 0)
	form, err := assertion(signer, "0oa1", "https://acme.okta.com/oauth2/v1/token", now)
	assert.NilError(t, err)
	parsed, err := jwt.ParseSigned(form.Get("client_assertion"), []jose.SignatureAlgorithm{jose.ES384})
	assert.NilError(t, err)
	var claims jwt.Claims
	assert.NilError(t, parsed.Claims(key.Public(), &claims))
	assert.NilError(t, claims.Validate(jwt.Expected{Issuer: "0oa1", Subject: "0oa1", AnyAudience: jwt.Audience{"https://acme.okta.com/oauth2/v1/token"}, Time: now}))
	assert.Check(t, is.Equal(claims.Expiry.Time().Sub(claims.IssuedAt.Time()), 5*time.Minute))
	s, err := verify(form.Get("client_assertion"), key.Public())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(slices.Sorted(maps.Keys(s.claims)), []string{"aud", "exp", "iat", "iss", "jti", "sub"}))
	assert.Check(t, is.DeepEqual(s.header["kid"], any("k")))
}

func TestServiceAppRefused(t *testing.T) {
	t.Parallel()
	refuse := func(status int, body string) func(*org) {
		return func(o *org) {
			o.hook = func(w http.ResponseWriter, r *http.Request) bool {
				o.asked = append(o.asked, r.URL.Path)
				w.WriteHeader(status)
				_, _ = fmt.Fprintf(w, body, r.FormValue("client_assertion"))
				return true
			}
		}
	}
	for name, tt := range map[string]struct {
		change func(*org)
		code   string
		asked  int
	}{
		"unknown app":          {refuse(401, `{"error":"invalid_client","error_description":"got %s"}`), "invalid_client", 1},
		"scope not granted":    {refuse(400, `{"error":"invalid_scope","error_description":"got %s"}`), "invalid_scope", 4},
		"proof never good":     {refuse(400, `{"error":"invalid_dpop_proof","error_description":"got %s"}`), "invalid_dpop_proof", 1},
		"nonce not given":      {refuse(400, `{"error":"use_dpop_nonce","error_description":"got %s"}`), "use_dpop_nonce", 1},
		"nonce always another": {func(o *org) { endlessNonce(o) }, "use_dpop_nonce", 4},
		"token of no kind":     {refuse(200, `{"access_token":"canary-t0ken","token_type":"mac","x":%q}`), "", 1},
		"no token":             {refuse(200, `{"token_type":"DPoP","x":%q}`), "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, c := newApp(t, tt.change)
			_, err := c.Org(t.Context())
			assert.Assert(t, err != nil && okta.OAuthError(err) == tt.code, "got %v", err)
			assert.Check(t, is.Equal(len(o.asked), tt.asked))
			text := fmt.Sprintf("%v %+v %#v", err, err, err)
			assert.Check(t, !strings.Contains(text, "eyJ") && !strings.Contains(text, "canary"),
				"it repeats a secret: %s", text)
		})
	}
}

func endlessNonce(o *org) {
	o.hook = func(w http.ResponseWriter, _ *http.Request) bool {
		o.asked = append(o.asked, "")
		w.Header().Set("DPoP-Nonce", fmt.Sprint("n-", len(o.asked)))
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprint(w, `{"error":"use_dpop_nonce"}`)
		return true
	}
}

func TestTriesUseNewAssertions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		public, private := newKey(t)
		var ids []string
		answers := []int{503, 429, 200}
		line := network(func(r *http.Request, text string) (int, map[string]string, string, error) {
			form, err := url.ParseQuery(text)
			assert.NilError(t, err)
			again, err := r.GetBody() // which HTTP/2 sends when a connection has just ended
			assert.NilError(t, err)
			assert.Check(t, is.DeepEqual(must(io.ReadAll(again)), []byte(text)))
			assert.Check(t, is.Equal(r.ContentLength, int64(len(text))))
			for compact, key := range map[string]crypto.PublicKey{form.Get("client_assertion"): public, r.Header.Get("DPoP"): nil} {
				s, err := verify(compact, key)
				assert.NilError(t, err)
				ids = append(ids, fmt.Sprint(s.claims["jti"]))
			}
			return answers[len(ids)/2-1], nil, `{"access_token":"t","token_type":"Bearer"}`, nil
		})
		s, err := serviceApp(ServiceAppConfig{ClientID: "c", KeyID: "k", Key: private}, connection{org: &url.URL{Scheme: "https", Host: "acme.test"}, http: line})
		assert.NilError(t, err)
		assert.NilError(t, s.Begin(t.Context()))
		slices.Sort(ids)
		assert.Check(t, is.DeepEqual([]int{len(ids), len(slices.Compact(ids))}, []int{6, 6}))
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestConfigsThatLackSomething(t *testing.T) {
	t.Parallel()
	_, private := newKey(t)
	org := &url.URL{Scheme: "https", Host: "acme.test"}
	show := func(context.Context, DeviceCode) error { return nil }
	app := func(cfg ServiceAppConfig) error { _, err := ServiceApp(cfg); return err }
	device := func(cfg DeviceConfig) error { _, err := Device(cfg); return err }
	for want, err := range map[string]error{
		"client ID of the service": app(ServiceAppConfig{Org: org, KeyID: "k", Key: private}),
		"(kid)":                    app(ServiceAppConfig{Org: org, ClientID: "c", Key: private}),
		"private key":              app(ServiceAppConfig{Org: org, ClientID: "c", KeyID: "k"}),
		"no host":                  app(ServiceAppConfig{ClientID: "c", KeyID: "k", Key: private}),
		"client ID of the native":  device(DeviceConfig{Org: org, Show: show}),
		"show its code":            device(DeviceConfig{Org: org, ClientID: "c"}),
		"has no host":              device(DeviceConfig{ClientID: "c", Show: show}),
	} {
		assert.Check(t, is.ErrorContains(err, want))
	}
}
