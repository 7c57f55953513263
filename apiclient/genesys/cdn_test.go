package genesys

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

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
