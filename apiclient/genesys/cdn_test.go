package genesys

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"msgsso-wizard/apiclient"
)

func TestPublicConfig(t *testing.T) {
	t.Parallel()
	var both sync.WaitGroup
	both.Add(2)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" || r.Method != http.MethodGet {
			t.Errorf("%s %s with %q", r.Method, r.URL, r.Header.Get("Authorization"))
		}
		w.Header().Set("Content-Type", "application/json")
		answers := map[string]string{
			"/webdeployments/v1/deployments/d-1/config.json":  `{"version":"3","status":"Active","auth":{"enabled":true,"allowSessionUpgrade":false},"messenger":{}}`,
			"/webdeployments/v1/deployments/d-1/domains.json": `{"allowAllDomains":false,"allowedDomains":["www.example.com"]}`,
		}
		answer, known := answers[r.URL.String()]
		if !known {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		both.Done()
		both.Wait() // neither is answered before both are asked for
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	c := clientOf(t, server)
	got, err := c.PublicConfig(t.Context(), "d-1")
	ok(t, err)
	same(t, got, PublicConfig{Version: "3", Status: "Active", AuthEnabled: true, AllowedDomains: []string{"www.example.com"}})
	_, err = c.PublicConfig(t.Context(), "d-2")
	if e, found := apiclient.AsError(err); !found || e.Status != http.StatusForbidden {
		t.Errorf("got %v", err)
	}
}
