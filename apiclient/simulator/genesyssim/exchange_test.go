package genesyssim_test

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

func TestExchange(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0, genesyssim.Options{})
	s.provider.answer["refresh_token"] = "rt"
	before := s.sim.Calls()
	status, answer := s.visit(http.MethodPost, exchangePath, "", s.request())
	assert.Assert(t, status == http.StatusOK && len(answer) == 2 && answer["refreshToken"] != "",
		"%d %v", status, answer)
	said := payload(t, answer["jwt"].(string))
	now := float64(s.clock.Now().Unix())
	for claim, want := range map[string]any{
		"sub": "00u1", "name": "Alice Çelik", "email": "alice@acme.test", "deploymentId": s.deployment, "iat": now, "exp": now + 900,
	} {
		assert.Check(t, said[claim] == want, "%s: %v, want %v", claim, said[claim], want)
	}
	assert.Check(t, is.Equal(strings.Join(s.provider.calls, ", "), "GET /discovery, POST /token, GET /keys"),
		"the provider was asked")
	assert.Check(t, is.Equal(s.sim.Calls(), before), "calls")
	assert.Check(t, is.DeepEqual(s.sim.Senders(), []genesyssim.Sender{{AddressDisplayable: "00u1", Name: "Alice Çelik", Email: "alice@acme.test"}}))
	assert.Check(t, is.Equal(s.sim.VisitorTokens(), 2))
	if status, _ := s.visit(http.MethodGet, "organizations/me", answer["jwt"].(string), nil); status != http.StatusUnauthorized {
		t.Errorf("a visitor's JWT opens the API: %d", status)
	}
}

// Without a refresh token of the provider's there is none; a short access token makes a short JWT.
func TestExchangeLife(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0, genesyssim.Options{})
	s.provider.answer["expires_in"] = 300
	jwt, refresh := s.exchange()
	said := payload(t, jwt)
	life := said["exp"].(float64) - said["iat"].(float64)
	assert.Check(t, life == 300 && refresh == "", "the JWT lives for %v s, refresh token %q", life, refresh)
}

func TestExchangeBody(t *testing.T) {
	s := newSite(t, 0, genesyssim.Options{})
	good := s.request()
	oauth := good["oauth"].(object)
	for name, c := range map[string]struct {
		body object
		want string
	}{
		"no deployment":      {without(good, "deploymentId"), "400 constraint.validation"},
		"no oauth":           {without(good, "oauth"), "400 parameters.missing"},
		"no redirect URI":    {with(good, "oauth", without(oauth, "redirectUri")), "400 constraint.validation"},
		"no code":            {with(good, "oauth", without(oauth, "code")), "400 parameters.missing"},
		"short verifier":     {with(good, "oauth", with(oauth, "codeVerifier", codeVerifier[1:])), "400 constraint.validation"},
		"unknown member":     {with(good, "oauth", with(oauth, "state", "x")), "400 invalid.property"},
		"unknown deployment": {with(good, "deploymentId", "none"), "404 not.found"},
	} {
		t.Run(name, func(t *testing.T) { s.turnsAway(c.want, http.MethodPost, exchangePath, "", c.body) })
	}
	assert.Check(t, is.Equal(len(s.provider.calls), 0), "the provider was asked")
}

// Each case breaks one thing of a working setup.
func TestExchangeRefusals(t *testing.T) {
	t.Parallel()
	const (
		refused = "401 bad.credentials"
		barred  = "403 not.authorized"
	)
	claim := func(name string, value any) func(*site, object) {
		return func(s *site, _ object) { s.provider.claims[name] = value }
	}
	send := func(name string, value any) func(*site, object) {
		return func(_ *site, oauth object) { oauth[name] = value }
	}
	at := func(offset time.Duration) int64 {
		return born.Add(offset).Unix()
	}
	breaks := func(path string, status int, header, value string) func(*site, object) {
		return func(s *site, _ object) {
			s.provider.breaks[path] = func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set(header, value)
				w.WriteHeader(status)
			}
		}
	}
	for name, c := range map[string]struct {
		spoil func(s *site, oauth object)
		want  string
	}{
		"deployment inactive": {func(s *site, _ object) {
			s.must(http.MethodPut, deployments+"/"+s.deployment, with(s.pinned("1"), "status", "Inactive"))
		}, barred},
		"authentication off":   {func(s *site, _ object) { s.publish(false) }, barred},
		"integration disabled": {func(s *site, _ object) { s.enable("DISABLED") }, barred},
		"integration deleted":  {func(s *site, _ object) { s.must(http.MethodDelete, "integrations/"+s.integration, nil) }, barred},
		"credential deleted":   {func(s *site, _ object) { s.must(http.MethodDelete, "integrations/credentials/"+s.credential, nil) }, barred},
		"secret rotated": {func(s *site, _ object) {
			s.must(http.MethodPut, "integrations/credentials/"+s.credential, s.m.credential("old"))
		}, refused},
		"Google's Discovery URI": {func(s *site, _ object) { s.point(2, "https://accounts.google.com/.well-known/openid-configuration") }, refused},
		"a token end point away": {func(s *site, _ object) {
			s.provider.breaks["/discovery"] = func(w http.ResponseWriter, _ *http.Request) {
				_, _ = w.Write([]byte(`{"issuer":"x","token_endpoint":"http://192.0.2.1/token","jwks_uri":"` + s.provider.url + `/keys"}`))
			}
		}, refused},
		"nothing is there":    {func(s *site, _ object) { s.point(2, "http://127.0.0.1:1/discovery") }, refused},
		"no document":         {func(s *site, _ object) { s.point(2, s.provider.url+"/none") }, refused},
		"a redirect":          {breaks("/discovery", http.StatusFound, "Location", "/elsewhere"), refused},
		"keys unreachable":    {breaks("/keys", http.StatusInternalServerError, "X", "y"), refused},
		"not JSON":            {breaks("/token", http.StatusOK, "X", "y"), refused},
		"another code":        {send("code", "none"), refused},
		"another redirect":    {send("redirectUri", "http://localhost:8080"), refused},
		"another verifier":    {send("codeVerifier", codeVerifier+"x"), refused},
		"no verifier":         {func(_ *site, oauth object) { delete(oauth, "codeVerifier") }, refused},
		"no nonce":            {func(_ *site, oauth object) { delete(oauth, "nonce") }, refused},
		"nonce wrong":         {claim("nonce", "n-1"), refused},
		"another issuer sent": {send("iss", "https://other.example"), refused},
		"issuer not sent":     {func(s *site, _ object) { s.provider.sendsIssuer = true }, refused},
		"another issuer":      {claim("iss", "https://other.example"), refused},
		"another audience":    {claim("aud", "0oa2"), refused},
		"expired":             {claim("exp", at(-3*time.Minute)), refused},
		"without an end":      {claim("exp", nil), refused},
		"not yet":             {claim("iat", at(3*time.Minute)), refused},
		"nobody":              {claim("sub", nil), refused},
		"signed in long ago": {func(s *site, oauth object) {
			oauth["maxAge"] = 60
			s.provider.claims["auth_time"] = at(-time.Hour)
		}, refused},
		"another key": {func(s *site, _ object) {
			key, err := rsa.GenerateKey(rand.Reader, 2048)
			assert.NilError(s.t, err)
			s.provider.key = key
		}, refused},
		"signed with the secret": {func(s *site, _ object) { s.provider.algorithm = jose.HS256 }, refused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, 0, genesyssim.Options{})
			body := s.request()
			c.spoil(s, body["oauth"].(object))
			s.turnsAway(c.want, http.MethodPost, exchangePath, "", body)
			if len(s.sim.Senders()) != 0 || s.sim.VisitorTokens() != 0 {
				t.Errorf("%d exchanges, %d tokens", len(s.sim.Senders()), s.sim.VisitorTokens())
			}
		})
	}
}

// What is a little off is still good.
func TestExchangeTolerance(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0, genesyssim.Options{})
	s.provider.sendsIssuer = true
	now := s.clock.Now().Unix()
	s.provider.claims = object{"exp": now - 100, "iat": now + 100, "aud": []any{"other", "0oa1"}, "given_name": nil, "nonce": nil}
	body := s.request()
	body["oauth"].(object)["iss"], body["oauth"].(object)["maxAge"] = s.provider.url, 60
	status, answer := s.visit(http.MethodPost, exchangePath, "", body)
	assert.Check(t, status == http.StatusOK && payload(t, answer["jwt"].(string))["name"] == "Çelik",
		"%d %v", status, answer)
	s.turnsAway("401 bad.credentials", http.MethodPost, exchangePath, "", body) // a code works once
}

// What Genesys' own SDK sends for the implicit flow: no code, and no redirectUri (contract genesys.md 4).
func TestExchangeImplicit(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0, genesyssim.Options{})
	s.provider.claims = object{"exp": s.clock.Now().Unix() + 300}
	body := func() object {
		return object{"deploymentId": s.deployment, "oauth": object{"idToken": s.provider.idToken(t, "n-0", s.clock.Now()), "nonce": "n-0"}}
	}
	s.turnsAway("401 bad.credentials", http.MethodPost, exchangePath, "", body())
	config := s.must(http.MethodGet, "integrations/"+s.integration+"/config/current", nil)
	config["properties"].(object)[s.m.Implicit] = true
	s.must(http.MethodPut, "integrations/"+s.integration+"/config/current", config)
	status, answer := s.visit(http.MethodPost, exchangePath, "", body())
	assert.Equal(t, status, http.StatusOK, answer)
	said := payload(t, answer["jwt"].(string))
	assert.Check(t, is.Equal(said["name"], "Alice Çelik"))
	assert.Check(t, is.Equal(said["exp"], float64(s.clock.Now().Unix()+300)), "the JWT ends with the ID token")
	assert.Check(t, is.Equal(answer["refreshToken"], nil))
	other := body()
	other["oauth"].(object)["nonce"] = "n-1"
	s.turnsAway("401 bad.credentials", http.MethodPost, exchangePath, "", other)
}

// The version that counts is the one that the deployment uses, and it counts once the deployment has settled.
func TestExchangeFollowsVersion(t *testing.T) {
	t.Parallel()
	s := newSite(t, 10*time.Second, genesyssim.Options{})
	s.must(http.MethodPut, configurations+"/"+s.configuration+"/versions/draft", s.settings(false))
	s.clock.advance(10 * time.Second)
	s.must(http.MethodPost, configurations+"/"+s.configuration+"/versions/draft/publish", nil)
	s.exchange() // still version 1
	s.must(http.MethodPut, deployments+"/"+s.deployment, s.pinned("2"))
	s.exchange()
	s.clock.advance(10 * time.Second)
	s.turnsAway("403 not.authorized", http.MethodPost, exchangePath, "", s.request())
	s.must(http.MethodDelete, deployments+"/"+s.deployment, nil)
	s.turnsAway("404 not.found", http.MethodPost, exchangePath, "", s.request())
}

// The service holds a page's origin against the allowed domains, as the browser does.
func TestExchangeOrigin(t *testing.T) {
	t.Parallel()
	for origin, c := range map[string]struct {
		domains []any
		want    int
	}{
		"":                             {[]any{"www.example.com"}, http.StatusOK}, // no browser
		"http://localhost:8080":        {[]any{"localhost"}, http.StatusOK},
		"https://WWW.example.com":      {[]any{"example.com"}, http.StatusOK},
		"https://www.example.com:8443": {[]any{"WWW.example.com"}, http.StatusOK},
		"https://example.com":          {[]any{"www.example.com"}, http.StatusForbidden},
		"https://badexample.com":       {[]any{"example.com"}, http.StatusForbidden},
		"https://a.example.com":        {[]any{"https://a.example.com"}, http.StatusForbidden},
		"https://b.example.com":        {[]any{"b.example.com:443"}, http.StatusForbidden},
		"http://[::1]:3000":            {[]any{"[::1]"}, http.StatusOK},
		"http://[::2]":                 {[]any{"::2"}, http.StatusForbidden},
		"null":                         {[]any{"example.com"}, http.StatusForbidden},
		"https://none.example.com":     {nil, http.StatusForbidden},
	} {
		s := newSite(t, 0, genesyssim.Options{})
		s.must(http.MethodPut, deployments+"/"+s.deployment, with(s.pinned("1"), "allowedDomains", c.domains))
		s.origin = origin
		status, answer := s.visit(http.MethodPost, exchangePath, "", s.request())
		assert.Check(t, is.Equal(status, c.want), "%s, %v, %v", origin, c.domains, answer)
		if origin != "" && c.want == http.StatusForbidden {
			s.must(http.MethodPut, deployments+"/"+s.deployment, with(without(s.pinned("1"), "allowedDomains"), "allowAllDomains", true))
			s.exchange()
		}
	}
}

func (s *site) enable(state string) {
	s.t.Helper()
	s.must(http.MethodPatch, "integrations/"+s.integration, object{"intendedState": state})
}

func (s *site) refresh(token string) object {
	return object{"deploymentId": s.deployment, "refreshToken": token}
}

func TestRefresh(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0, genesyssim.Options{})
	s.provider.answer["refresh_token"] = "rt"
	first, token := s.exchange()
	s.clock.advance(14 * time.Minute)
	status, answer := s.visit(http.MethodPost, tokenPath+"refresh", "", s.refresh(token))
	second, _ := answer["jwt"].(string)
	if status != http.StatusOK || len(answer) != 1 || second == first || payload(t, second)["name"] != "Alice Çelik" {
		t.Fatalf("%d %v", status, answer)
	}
	if status, answer := s.visit(http.MethodPost, tokenPath+"refresh", "", without(s.refresh(token), "deploymentId")); status != http.StatusOK || len(answer) != 1 {
		t.Errorf("as Messenger for apps sends it: %d %v", status, answer)
	}
	s.turnsAway("401 bad.credentials", http.MethodPost, tokenPath+"refresh", "", object{"refreshToken": "none"})
	assert.Check(t, is.Equal(s.sim.VisitorTokens(), 4))
	s.turnsAway("400 constraint.validation", http.MethodPost, tokenPath+"refresh", "", without(s.refresh(token), "refreshToken"))
	s.turnsAway("401 bad.credentials", http.MethodPost, tokenPath+"refresh", "", s.refresh("none"))
	s.turnsAway("404 not.found", http.MethodPost, tokenPath+"refresh", "", with(s.refresh(token), "deploymentId", "none"))
	s.enable("DISABLED")
	s.turnsAway("403 not.authorized", http.MethodPost, tokenPath+"refresh", "", s.refresh(token))
	s.enable("ENABLED")
	s.clock.advance(24 * time.Hour) // what the integration says: see messenger.properties
	s.turnsAway("401 bad.credentials", http.MethodPost, tokenPath+"refresh", "", s.refresh(token))
	assert.Check(t, is.Equal(s.sim.VisitorTokens(), 0))
}

// Signing out ends all tokens of one visitor and none of another.
func TestRevoke(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0, genesyssim.Options{})
	s.provider.answer["refresh_token"] = "rt"
	jwt, token := s.exchange()
	other, _ := s.exchange()
	_, answer := s.visit(http.MethodPost, tokenPath+"refresh", "", s.refresh(token))
	again := answer["jwt"].(string)
	s.turnsAway("401 authentication.required", http.MethodDelete, tokenPath+"revoke", "", nil)
	s.turnsAway("401 bad.credentials", http.MethodDelete, tokenPath+"revoke", "none", nil)
	s.turnsAway("401 bad.credentials", http.MethodDelete, tokenPath+"revoke", s.token, nil)
	status, body := s.visit(http.MethodDelete, tokenPath+"revoke", jwt, nil)
	assert.Check(t, status == http.StatusNoContent && body == nil, "%d %v", status, body)
	assert.Check(t, is.DeepEqual(s.provider.revoked, []string{"rt", "at"}), "the provider's tokens end, too")
	s.turnsAway("401 bad.credentials", http.MethodDelete, tokenPath+"revoke", jwt, nil)
	s.turnsAway("401 bad.credentials", http.MethodDelete, tokenPath+"revoke", again, nil)
	s.turnsAway("401 bad.credentials", http.MethodPost, tokenPath+"refresh", "", s.refresh(token))
	assert.Check(t, is.Equal(s.sim.VisitorTokens(), 2))
	s.clock.advance(15 * time.Minute)
	s.turnsAway("400 credentials.expired", http.MethodDelete, tokenPath+"revoke", other, nil)
}

// A page of any origin may read the answers, refusals included, after asking for leave.
func TestPagesMayCall(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0, genesyssim.Options{})
	file := "/webdeployments/v1/deployments/" + s.deployment
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{http.MethodPost, exchangePath, http.StatusUnsupportedMediaType},
		{http.MethodPost, tokenPath + "refresh", http.StatusUnsupportedMediaType},
		{http.MethodDelete, tokenPath + "revoke", http.StatusUnauthorized},
		{http.MethodGet, file + "/config.json", http.StatusOK},
		{http.MethodGet, file + "/domains.json", http.StatusOK},
		{http.MethodGet, "/webdeployments/v1/deployments/none/config.json", http.StatusForbidden},
		{http.MethodGet, "/genesys-bootstrap/genesys.min.js", http.StatusOK},
	} {
		for method, want := range map[string]int{c.method: c.status, http.MethodOptions: http.StatusNoContent} {
			r, err := http.NewRequestWithContext(t.Context(), method, s.base+c.path, http.NoBody)
			assert.NilError(t, err)
			r.Header.Set("Origin", "http://localhost:8080")
			status, header, _ := s.send(r)
			assert.Check(t, status == want && header.Get("Access-Control-Allow-Origin") == "*",
				"%s %s: %d %v", method, c.path, status, header)
			assert.Check(t, method != http.MethodOptions || header.Get("Access-Control-Allow-Methods") == c.method,
				"%s: %v", c.path, header)
		}
	}
	if r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.base+"/api/v2/organizations/me", http.NoBody); r != nil {
		_, header, _ := s.send(r)
		assert.Check(t, is.Equal(header.Get("Access-Control-Allow-Origin"), ""), "pages may read the admin's API")
	}
}
