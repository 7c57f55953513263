package doctor

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// visitPage is a visitor's browser at Okta's authorize end point with these parameters in addition to the usual ones.
func (w *world) visitPage(t *testing.T, changes url.Values) {
	t.Helper()
	query := url.Values{
		"client_id": {w.made.Okta.ClientID}, "response_type": {"code"}, "scope": {"openid email profile"}, "prompt": {"none"},
		"redirect_uri": {"http://localhost:8080/"}, "state": {"s"}, "nonce": {"n"},
	}
	maps.Copy(query, changes)
	req := kit.Must(http.NewRequestWithContext(t.Context(), http.MethodGet, w.made.Okta.Issuer+"/v1/authorize?"+query.Encode(), nil))(t)
	client := &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := client.Do(req)
	assert.NilError(t, err)
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
}

// TestVisitorErrors: the System Log names what happened, and fails nothing by itself.
func TestVisitorErrors(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		damage kit.Damage
		change url.Values
		what   string
	}{
		"a redirect URI that isn't registered": {change: url.Values{"redirect_uri": {"http://localhost:8080"}}, what: "The redirect URI http://localhost:8080 isn't one of the app's sign-in redirect URIs."},
		"no PKCE where Okta requires it":       {damage: requirePKCE, what: "PKCE"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 7})
			if tt.damage != nil {
				tt.damage(t, w.Org)
			}
			w.visitPage(t, tt.change)
			w.visitPage(t, tt.change)
			r := w.examine(t, nil)
			assert.Check(t, is.DeepEqual(bad(r), []string{"recent-sign-ins warning"}), "what is wrong")
			assert.Check(t, is.Equal(r.Failed(), false), "failed")
			f := finding(t, r, "recent-sign-ins")
			assert.Check(t, strings.Contains(f.What, tt.what) && strings.Contains(f.What, "2 times in 24 hours"),
				"it says %q", f.What)
		})
	}
}

// TestManualSetup: without the notes of the guide the app is found by its redirect URIs, and only what is asked
// for is fixed.
func TestManualSetup(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7})
	notes("Made by Bob.")(t, w.Org)
	_, r := w.examineWith(t, both...)
	assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong")
	assert.Check(t, is.Equal(r.Chain.AppID, w.made.Okta.AppID), "app")

	kit.DiscoverAt("{okta}"+wellKnown)(t, w.Org)
	var writes []guide.ObjectKind
	env, r := w.examineWith(t, both...)
	for _, c := range applyFixes(t, env, r).Changes {
		if c.Writes() {
			writes = append(writes, c.Kind)
		}
	}
	assert.Check(t, is.DeepEqual(writes, []guide.ObjectKind{guide.KindSettings}), "plan")
	config := kit.Must(w.Genesys.IntegrationConfig(t.Context(), w.made.Genesys.IntegrationID))(t)
	assert.Check(t, is.Equal(config.Notes, "Made by Bob."), "notes")
	assert.Check(t, is.DeepEqual(bad(w.examine(t, nil)), []string{}), "what is wrong then")
}

// TestTwoAppsFit: which of them it is is not guessed.
func TestTwoAppsFit(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7})
	notes("")(t, w.Org)
	otherApp(t, w.Org)
	f := finding(t, w.examine(t, nil), "app")
	assert.Check(t, f.State == Skipped && strings.Contains(f.Why, "Enter the app's ID"), "got %+v", f)
	assert.Check(t, is.Equal(f.What, "Not checked: app."))
}

// TestSignOutIsNoError: after a sign-out, Genesys Cloud revokes a token twice, and the second time fails (contract okta.md 11).
func TestSignOutIsNoError(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7})
	body, err := json.Marshal([]any{map[string]any{
		"published": time.Now().UTC().Format(time.RFC3339), "eventType": "app.oauth2.as.token.revoke", "displayMessage": "OAuth2 token revocation request",
		"outcome": map[string]any{"result": "FAILURE", "reason": "invalid_token"},
		"actor":   map[string]any{"id": w.made.Okta.ClientID, "type": "PublicClientApp"},
	}})
	assert.NilError(t, err)
	w.Sim.Okta().Faults.Add(simkit.Fault{
		Path: regexp.MustCompile(`^/api/v1/logs$`), Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: string(body),
	})
	assert.Check(t, is.DeepEqual(bad(w.examine(t, nil)), []string{}), "what is wrong")
}
