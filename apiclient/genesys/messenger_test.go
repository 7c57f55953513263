package genesys

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func messengerOf(t *testing.T, base string) *Messenger {
	t.Helper()
	region, _, err := ParseRegion(base)
	assert.NilError(t, err)
	m, err := NewMessenger(MessengerConfig{Region: region})
	assert.NilError(t, err)
	return m
}

// visited serves one answer to whatever is asked, and notes the request as "method path credentials or origin, body".
func visited(t *testing.T, status int, answer string) (m *Messenger, asked *string, times *atomic.Int32) {
	t.Helper()
	asked, times = new(string), new(atomic.Int32)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		*asked = strings.Join([]string{r.Method, r.URL.String(), r.Header.Get("Authorization") + r.Header.Get("Origin"), string(body)}, " ")
		times.Add(1)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("ININ-Correlation-Id", "corr-1")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	m = messengerOf(t, server.URL)
	t.Cleanup(func() { m.CloseIdle(); server.Close() })
	return m, asked, times
}

var visitorCode = SignInCode{
	DeploymentID: "d-1", RedirectURI: "http://localhost:8080/", Nonce: "n-1", Issuer: "https://acme.okta.com",
	Code: apiclient.NewSecret("c0de-canary"), Verifier: apiclient.NewSecret("ver1fier-canary"),
}

func TestExchange(t *testing.T) {
	t.Parallel()
	const path = "POST /api/v2/webdeployments/token/oauthcodegrantjwtexchange http://localhost:8080 "
	bare := visitorCode
	bare.Nonce, bare.Issuer, bare.Verifier = "", "", apiclient.Secret{}
	for name, tt := range map[string]struct {
		code SignInCode
		want string
	}{
		"all":  {visitorCode, `{"deploymentId":"d-1","oauth":{"code":"c0de-canary","codeVerifier":"ver1fier-canary","iss":"https://acme.okta.com","nonce":"n-1","redirectUri":"http://localhost:8080/"}}`},
		"bare": {bare, `{"deploymentId":"d-1","oauth":{"code":"c0de-canary","redirectUri":"http://localhost:8080/"}}`},
	} {
		m, asked, _ := visited(t, 200, `{"jwt":"j-1","refreshToken":"r-1"}`)
		got, err := m.Exchange(t.Context(), tt.code)
		if err != nil || got != (VisitorTokens{JWT: apiclient.NewSecret("j-1"), Refresh: apiclient.NewSecret("r-1")}) {
			t.Errorf("%s: %v; the tokens are not those of the response", name, err)
		}
		assert.Check(t, is.Equal(*asked, path+tt.want))
	}
}

func TestRefusedExchange(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status       int
		answer, want string
	}{
		"bad credentials": {401, `{"status":401,"code":"bad.credentials","message":"Invalid c0de-canary ver1fier-canary."}`, "bad.credentials Invalid •••••••• ••••••••. (request corr-1)"},
		"no JWT":          {200, `{"refreshToken":"t0ken-canary"}`, "jwt is missing; the change may have been made (request corr-1)"},
		"trouble":         {503, `{"code":"service.unavailable","message":"Busy"}`, "service.unavailable Busy; the change may have been made (request corr-1)"},
	} {
		m, _, times := visited(t, tt.status, tt.answer)
		_, err := m.Exchange(t.Context(), visitorCode)
		e, found := apiclient.AsError(err)
		if !found || e.Status != tt.status || e.RequestID != "corr-1" || !strings.HasSuffix(err.Error(), tt.want) {
			t.Errorf("%s: got %v", name, err)
		}
		assert.Check(t, !strings.Contains(fmt.Sprintf("%v %+v", err, e), "canary"),
			"%s: the error shows a secret", name)
		if times.Load() != 1 {
			t.Errorf("%s: a code works once, and it was sent %d times", name, times.Load())
		}
	}
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	canary := apiclient.NewSecret("t0ken-canary")
	m, asked, _ := visited(t, 204, "")
	assert.NilError(t, m.Revoke(t.Context(), canary))
	assert.Check(t, is.Equal(*asked, "DELETE /api/v2/webdeployments/token/revoke Bearer t0ken-canary "))

	m, _, _ = visited(t, 401, `{"code":"bad.credentials","message":"t0ken-canary has ended"}`)
	err := m.Revoke(t.Context(), canary)
	assert.Check(t, CodeIs(err, "bad.credentials") && !strings.Contains(err.Error(), "canary"), "got %v", err != nil)
}

func TestVisitorCallsAreNoWrites(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"jwt":"j-1"}`)
	}))
	t.Cleanup(server.Close)
	region, _, err := ParseRegion(server.URL)
	assert.NilError(t, err)
	calls := 0
	m, err := NewMessenger(MessengerConfig{Region: region, CallOptions: apiclient.CallOptions{Observe: func(call apiclient.Call) {
		if calls++; call.Write || call.Service != apiclient.GenesysCloud {
			t.Errorf("%+v", call)
		}
	}}})
	assert.NilError(t, err)
	_, err = m.Exchange(t.Context(), visitorCode)
	assert.NilError(t, err)
	assert.NilError(t, m.Revoke(t.Context(), visitorCode.Code))
	m.CloseIdle()
	assert.Check(t, is.Equal(calls, 2))
}

// public is what both kinds of client can read.
type public interface {
	PublicConfig(ctx context.Context, deploymentID string) (PublicConfig, error)
	PublicDomains(ctx context.Context, deploymentID string) (PublicDomains, error)
	CloseIdle()
}

func TestPublicFiles(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" || r.Method != http.MethodGet {
			t.Errorf("%s %s with %q", r.Method, r.URL, r.Header.Get("Authorization"))
		}
		w.Header().Set("Content-Type", "application/json")
		answers := map[string]string{
			"/webdeployments/v1/deployments/d-1/config.json":  `{"version":"3","status":"Active","auth":{"enabled":true,"allowSessionUpgrade":true},"messenger":{}}`,
			"/webdeployments/v1/deployments/d-1/domains.json": `{"allowAllDomains":false,"allowedDomains":["www.example.com","\u001b[2J"]}`,
			"/webdeployments/v1/deployments/d-2/config.json":  `{"version":3}`,
			"/webdeployments/v1/deployments/d-2/domains.json": `{"allowAllDomains":true}`,
		}
		answer, known := answers[r.URL.String()]
		if !known {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	for who, c := range map[string]public{"an admin": clientOf(t, server), "a visitor": messengerOf(t, server.URL)} {
		t.Cleanup(c.CloseIdle)
		config, err := c.PublicConfig(t.Context(), "d-1")
		assert.NilError(t, err)
		assert.Check(t, is.DeepEqual(config, PublicConfig{Version: "3", Status: "Active", AuthEnabled: true, SessionUpgrade: true}))
		domains, err := c.PublicDomains(t.Context(), "d-1")
		assert.NilError(t, err)
		assert.Check(t, is.DeepEqual(domains, PublicDomains{Domains: []string{"www.example.com", "‹U+001B›[2J"}}))
		config, err = c.PublicConfig(t.Context(), "d-2")
		assert.NilError(t, err)
		assert.Check(t, is.DeepEqual(config, PublicConfig{Version: "3"}))
		domains, err = c.PublicDomains(t.Context(), "d-2")
		assert.NilError(t, err)
		assert.Check(t, is.DeepEqual(domains, PublicDomains{AllowAll: true}))
		_, err = c.PublicConfig(t.Context(), "d-3")
		e, found := apiclient.AsError(err)
		assert.Check(t, found && e.Status == http.StatusForbidden, "%s got %v", who, err)
		if _, err := c.PublicDomains(t.Context(), ".."); err == nil {
			t.Errorf("%s may ask for another path", who)
		}
	}
}
