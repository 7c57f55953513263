package oktasim

import (
	"crypto/rsa"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestServiceAppWithoutDPoP(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	x := newTool(t, o, o.BearerApp)
	a := x.ask("okta.apps.manage okta.groups.read", x.assertion(nil), nil).want(t, "200")
	assert.Check(t, is.DeepEqual([]any{a.at("token_type"), a.at("expires_in"), a.at("scope")}, []any{"Bearer", 3600.0, "okta.apps.manage okta.groups.read"}))
	sign := http.Header{"Authorization": {"Bearer " + a.text("access_token")}}
	o.send("POST", "/api/v1/apps", webApp(nil), sign).want(t, "200")
	o.send("GET", "/api/v1/groups", nil, sign).want(t, "200")
	c.advance(time.Hour - time.Second)
	o.send("GET", "/api/v1/apps", nil, sign).want(t, "200") // manage lets read as well
	c.advance(time.Second)
	late := o.send("GET", "/api/v1/apps", nil, sign).want(t, "401 E0000011")
	want := `Bearer authorization_uri="` + o.http.URL + `/oauth2/v1/authorize", realm="` + o.http.URL + `", scope="okta.apps.read", error="invalid_token", error_description="The access token is invalid.", resource="/api/v1/apps"`
	assert.Check(t, is.Equal(late.header.Get("WWW-Authenticate"), want))
}

func TestAssertions(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	x := newTool(t, o, o.BearerApp)
	now := c.now().Unix()
	other := newTool(t, o, o.ServiceApp)
	for name, tt := range map[string]struct {
		assertion         string
		code, description string
	}{
		"good":             {x.assertion(nil), "", ""},
		"an hour":          {x.assertion(object{"exp": now + 3600}), "", ""},
		"iss":              {x.assertion(object{"iss": "someone"}), "invalid_client", "The 'iss' claim of the client_assertion is invalid."},
		"no key at all":    {x.assertion(object{"iss": o.DeviceApp(), "sub": o.DeviceApp()}), "invalid_client", "Invalid value for 'client_id' parameter."},
		"sub unknown":      {x.assertion(object{"sub": "someone"}), "invalid_client", "Invalid value for 'client_id' parameter."},
		"aud with //":      {x.assertion(object{"aud": o.http.URL + "//oauth2/v1/token"}), "invalid_client", "The 'aud' claim of the client_assertion is invalid."},
		"aud is the org":   {x.assertion(object{"aud": o.http.URL}), "invalid_client", "The 'aud' claim of the client_assertion is invalid."},
		"exp over":         {x.assertion(object{"exp": now - 1}), "invalid_client", "The 'exp' claim of the client_assertion is invalid."},
		"exp far":          {x.assertion(object{"exp": now + 3601}), "invalid_client", "The 'exp' claim of the client_assertion is invalid."},
		"iat ahead":        {x.assertion(object{"iat": now + 3600}), "invalid_client", "The 'iat' claim of the client_assertion is invalid."},
		"no jti":           {x.assertion(object{"jti": ""}), "invalid_client", "The 'jti' claim of the client_assertion is invalid."},
		"unknown key id":   {x.assertion(object{"kid": "other"}), "invalid_client", oauthError("assertion_form").Words},
		"another key":      {o.sign(jose.ES256, x.proof, object{"kid": x.app.KeyID}, object{"sub": x.app.ClientID}), "invalid_client", oauthError("assertion_form").Words},
		"shared secret":    {o.sign(jose.HS256, []byte("a secret of thirty-two characters"), object{"kid": x.app.KeyID}, object{"sub": x.app.ClientID}), "invalid_client", oauthError("assertion_form").Words},
		"not a JWT":        {"x", "invalid_client", oauthError("assertion_form").Words},
		"another app's id": {other.assertion(object{"sub": x.app.ClientID, "iss": x.app.ClientID}), "invalid_client", oauthError("assertion_form").Words},
	} {
		a := x.ask("okta.apps.read", tt.assertion, nil)
		assert.Check(t, a.text("error") == tt.code &&
			a.text("error_description") == tt.description && (a.status == 401) == (tt.code != ""), "%s: %d %s", name, a.status, a.raw)
	}
	twice := x.assertion(nil)
	x.ask("okta.apps.read", twice, nil).want(t, "200")
	a := x.ask("okta.apps.read", twice, nil).want(t, "401 invalid_client")
	assert.Check(t, is.Equal(a.text("error_description"), "The client_assertion token has already been used."), a.raw)
}

func TestTokenRequests(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	x := newTool(t, o, o.BearerApp)
	basic := http.Header{"Authorization": {"Basic eDp5"}}
	const privateKey = "Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method."
	for name, tt := range map[string]struct {
		form        url.Values
		header      http.Header
		want, words string
	}{
		"no grant type":      {url.Values{}, nil, "400 invalid_request", ""},
		"unknown grant type": {url.Values{"grant_type": {"password"}}, nil, "400 unsupported_grant_type", ""},
		"secret in the head": {url.Values{"grant_type": {"client_credentials"}}, basic, "401 invalid_client", privateKey},
		"secret in the form": {url.Values{"grant_type": {"client_credentials"}, "client_id": {"x"}, "client_secret": {"y"}}, nil, "401 invalid_client", privateKey},
		"nobody":             {url.Values{"grant_type": {"client_credentials"}}, nil, "401 invalid_client", "No client credentials found"},
		"twice":              {url.Values{"grant_type": {"client_credentials", "password"}}, nil, "400 invalid_request", "The parameter 'grant_type' comes more than once."},
		"JSON":               {url.Values{}, http.Header{"Content-Type": {"application/json"}}, "400 invalid_request", oauthError("form_not_read").Words},
	} {
		a := o.post("/oauth2/v1/token", tt.form, tt.header)
		if a.outcome() != tt.want || tt.words != "" && a.text("error_description") != tt.words {
			t.Errorf("%s: %s %s", name, a.outcome(), a.raw)
		}
	}
	several := oauthError("several_credentials").Words
	for name, header := range map[string]http.Header{"in the head": basic, "in the form": nil} {
		form := url.Values{
			"grant_type": {"client_credentials"}, "scope": {"okta.apps.read"}, "client_assertion_type": {assertionType}, "client_assertion": {x.assertion(nil)},
		}
		if header == nil {
			form.Set("client_secret", "y")
		}
		a := o.post("/oauth2/v1/token", form, header).want(t, "400 invalid_request")
		assert.Check(t, is.Equal(a.text("error_description"), several), "an assertion, and a secret %s", name)
	}
	x.ask("", x.assertion(nil), nil).want(t, "400 invalid_scope")
	x.ask("okta.idps.read", x.assertion(nil), nil).want(t, "400 invalid_scope") // not granted
	x.ask("openid", x.assertion(nil), nil).want(t, "400 invalid_scope")
	o.do("POST", "/api/v1/apps/"+x.app.ClientID+"/lifecycle/deactivate", nil).want(t, "200")
	x.ask("okta.apps.read", x.assertion(nil), nil).want(t, "401 invalid_client")
}

// What a token opens depends on its scopes, on the role of its app or user, and on the end point.
func TestScopesAndRoles(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	readOnly := start(t, Options{ReadOnly: true})
	sign := func(o *testOrg, scope string) http.Header {
		x := newTool(t, o, o.BearerApp)
		return http.Header{"Authorization": {"bearer " + x.ask(scope, x.assertion(nil), nil).want(t, "200").text("access_token")}}
	}
	groups, all := sign(o, "okta.groups.read"), sign(o, "okta.apps.manage okta.users.read okta.roles.read okta.trustedOrigins.read")
	a := o.send("GET", "/api/v1/apps", nil, groups)
	want := `Bearer authorization_uri="` + o.http.URL + `/oauth2/v1/authorize", realm="` + o.http.URL + `", scope="okta.apps.read", error="insufficient_scope", error_description="The access token provided does not contain the required scopes.", resource="/api/v1/apps"`
	got := a.header.Get("WWW-Authenticate")
	assert.Check(t, a.status == 403 && a.raw == "" && got == want, "%d %q\n%s\nwant %s", a.status, a.raw, got, want)
	o.send("POST", "/api/v1/trustedOrigins", originBody("x", "https://x.test", "CORS"), all).want(t, "403")
	o.send("GET", "/api/v1/trustedOrigins", nil, all).want(t, "200")
	o.send("GET", "/api/v1/users/me", nil, all).want(t, "403 E0000006") // a service app has no user
	o.send("GET", "/api/v1/users/ada@acme.test/roles", nil, all).want(t, "200")
	o.send("GET", "/api/v1/users/ada@acme.test/roles", nil, sign(o, "okta.users.read")).want(t, "403")
	o.send("DELETE", "/api/v1/api-tokens/current", nil, all).want(t, "403 E0000005")
	o.send("GET", "/api/v1/groups", nil, http.Header{"Authorization": {"DPoP " + groups.Get("Authorization")[7:]}}).want(t, "401 E0000011")

	reading := sign(readOnly, "okta.apps.manage")
	readOnly.send("GET", "/api/v1/apps", nil, reading).want(t, "200")
	readOnly.send("POST", "/api/v1/apps", webApp(nil), reading).want(t, "403 E0000006")
	o.mu.Lock()
	o.bearer.roles = nil
	o.mu.Unlock()
	o.send("GET", "/api/v1/groups", nil, groups).want(t, "403 E0000006") // scopes alone do not do
}

func TestEveryRouteHasAScope(t *testing.T) {
	t.Parallel()
	for _, rt := range table {
		r, err := http.NewRequestWithContext(t.Context(), rt.method, "http://localhost"+unnamedIDs.ReplaceAllString(rt.path, "x"), nil)
		assert.NilError(t, err)
		needed := (&call{r: r}).neededScope()
		assert.Check(t, is.Equal((rt.access == token || rt.access == licensed), (needed != "")),
			"%s %s needs %q", rt.method, rt.path, needed)
	}
}

// The dance that Okta asks for: no proof, a proof without nonce, a proof with it.
func TestNonceDance(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	x := newTool(t, o, o.ServiceApp)
	at := o.http.URL + "/oauth2/v1/token"
	const scope = "okta.apps.read"
	a := x.ask(scope, x.assertion(nil), nil).want(t, "400 invalid_dpop_proof")
	assert.Check(t, a.text("error_description") == "The DPoP proof JWT header is missing.", a.raw)
	spent := x.assertion(nil)
	a = x.ask(scope, spent, x.dpop("POST", at, nil)).want(t, "400 use_dpop_nonce")
	value := a.header.Get("dpop-nonce")
	assert.Check(t, value != "" && a.text("error_description") == "Authorization server requires nonce in DPoP proof.",
		a.raw)
	withNonce := object{"nonce": value}
	x.ask(scope, spent, x.dpop("POST", at, withNonce)).want(t, "401 invalid_client") // the assertion is used up
	good := x.ask(scope, x.assertion(nil), x.dpop("POST", at, withNonce)).want(t, "200")
	assert.Check(t, good.text("token_type") == "DPoP" && good.at("expires_in") == 3600.0, good.raw)
	bearer := newTool(t, o, o.BearerApp) // may be bound without having to
	a = bearer.ask(scope, bearer.assertion(nil), bearer.dpop("POST", at, withNonce)).want(t, "200")
	assert.Check(t, a.text("token_type") == "DPoP", a.raw)
}

func TestProofsOfTokenRequests(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	x := newTool(t, o, o.ServiceApp)
	at := o.http.URL + "/oauth2/v1/token"
	first := x.ask("okta.apps.read", x.assertion(nil), x.dpop("POST", at, nil)).want(t, "400 use_dpop_nonce")
	n, now := first.header.Get("DPoP-Nonce"), c.now().Unix()
	twice := x.dpop("POST", at, object{"nonce": n})
	x.ask("okta.apps.read", x.assertion(nil), twice).want(t, "200")
	own := jose.JSONWebKey{Key: &x.key.(*rsa.PrivateKey).PublicKey}
	sameKey := o.sign(jose.RS256, x.key, object{"typ": "dpop+jwt", "jwk": own}, object{"htm": "POST", "htu": at, "iat": now, "jti": newID(), "nonce": n})
	noKey := o.sign(jose.RS256, x.key, object{"typ": "dpop+jwt"}, object{"htm": "POST", "htu": at, "iat": now, "jti": newID(), "nonce": n})
	for name, tt := range map[string]struct {
		proof http.Header
		want  string
	}{
		"method":        {x.dpop("GET", at, object{"nonce": n}), "'htm' claim in the DPoP proof JWT is invalid."},
		"double slash":  {x.dpop("POST", o.http.URL+"//oauth2/v1/token", object{"nonce": n}), "'htu' claim in the DPoP proof JWT is invalid."},
		"query":         {x.dpop("POST", at+"?a=b", object{"nonce": n}), "'htu' claim in the DPoP proof JWT is invalid."},
		"six minutes":   {x.dpop("POST", at, object{"nonce": n, "iat": now - 360}), "'iat' claim in the DPoP proof JWT is invalid."},
		"in the future": {x.dpop("POST", at, object{"nonce": n, "iat": now + 360}), "'iat' claim in the DPoP proof JWT is invalid."},
		"no id":         {x.dpop("POST", at, object{"nonce": n, "jti": ""}), "'jti' claim in the DPoP proof JWT is invalid."},
		"twice":         {twice, "'jti' claim in the DPoP proof JWT is invalid."},
		"type":          {x.dpop("POST", at, object{"nonce": n, "typ": "JWT"}), "The DPoP proof JWT is invalid."},
		"two proofs":    {http.Header{"Dpop": {x.dpop("POST", at, nil).Get("DPoP"), x.dpop("POST", at, nil).Get("DPoP")}}, "The DPoP proof JWT is invalid."},
		"no JWT":        {http.Header{"Dpop": {"x"}}, "The DPoP proof JWT is invalid."},
		"same key":      {http.Header{"Dpop": {sameKey}}, "The DPoP proof JWT is invalid."},
		"no key":        {http.Header{"Dpop": {noKey}}, "The DPoP proof JWT is invalid."},
	} {
		a := x.ask("okta.apps.read", x.assertion(nil), tt.proof)
		assert.Check(t, a.status == 400 &&
			a.text("error") == "invalid_dpop_proof" && a.text("error_description") == tt.want, "%s: %d %s", name, a.status, a.raw)
	}
	x.ask("okta.apps.read", x.assertion(nil), x.dpop("POST", at, object{"nonce": "made up"})).want(t, "400 use_dpop_nonce")
}

// A nonce is renewed after a day and good for three.
func TestNonceAges(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	x := newTool(t, o, o.ServiceApp)
	at := o.http.URL + "/oauth2/v1/token"
	ask := func(n string) answer {
		return x.ask("okta.apps.read", x.assertion(nil), x.dpop("POST", at, object{"nonce": n}))
	}
	first := ask("").want(t, "400 use_dpop_nonce").header.Get("DPoP-Nonce")
	c.advance(24 * time.Hour)
	ask(first).want(t, "200")
	second := ask("").want(t, "400 use_dpop_nonce").header.Get("DPoP-Nonce")
	c.advance(48 * time.Hour)
	third := ask(first).want(t, "400 use_dpop_nonce").header.Get("DPoP-Nonce")
	ask(second).want(t, "200")
	assert.Check(t, first != second && second != third, "nonces %s %s %s", first, second, third)
}

func TestProofsOfAPICalls(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	x := newTool(t, o, o.ServiceApp)
	token := x.token("okta.apps.manage")
	at := o.http.URL + "/api/v1/apps"
	send := func(scheme string, proof http.Header) answer {
		header := http.Header{"Authorization": {scheme + " " + token}}
		maps.Copy(header, proof)
		return o.send("GET", "/api/v1/apps?limit=5", nil, header)
	}
	send("DPoP", x.dpop("GET", at, object{"ath": hashOf(token)})).want(t, "200")
	used := x.dpop("GET", at, object{"ath": hashOf(token)})
	send("dpop", used).want(t, "200")
	another := newTool(t, o, o.ServiceApp)
	for name, tt := range map[string]struct {
		proof http.Header
		want  string
	}{
		"none":        {nil, "The DPoP proof JWT header is missing."},
		"used":        {used, "'jti' claim in the DPoP proof JWT is invalid."},
		"with query":  {x.dpop("GET", at+"?limit=5", object{"ath": hashOf(token)}), "'htu' claim in the DPoP proof JWT is invalid."},
		"method":      {x.dpop("POST", at, object{"ath": hashOf(token)}), "'htm' claim in the DPoP proof JWT is invalid."},
		"no hash":     {x.dpop("GET", at, nil), "'ath' claim in the DPoP proof JWT is invalid."},
		"other hash":  {x.dpop("GET", at, object{"ath": hashOf("x")}), "'ath' claim in the DPoP proof JWT is invalid."},
		"another key": {another.dpop("GET", at, object{"ath": hashOf(token)}), "The DPoP proof JWT is invalid."},
	} {
		a := send("DPoP", tt.proof)
		header := a.header.Get("WWW-Authenticate")
		if a.status != 400 || a.raw != "" || !strings.HasPrefix(header, `DPoP algs="RS256 RS384 RS512 ES256 ES384 ES512", `) ||
			!strings.Contains(header, `error="invalid_dpop_proof", error_description="`+tt.want+`", resource="/api/v1/apps"`) {
			t.Errorf("%s: %d %q %s", name, a.status, a.raw, header)
		}
	}
	send("Bearer", x.dpop("GET", at, object{"ath": hashOf(token)})).want(t, "401 E0000011") // a bound token is no bearer token
}
