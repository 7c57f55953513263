package genesyssim_test

import (
	"net/http"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

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
