package transcript_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/transcript"
)

// provider answers like both vendors: with tokens on the first call of each kind, then with a refusal that repeats
// whatever it was sent.
func provider(t *testing.T) string {
	t.Helper()
	answers := map[string]string{
		"/token":  `{"id_token":"` + signed("iss", "given_name") + `","access_token":"canary-access-1","refresh_token":"canary-refresh-1","expires_in":300}`,
		"/revoke": "{}",
		"/api/v2/webdeployments/token/oauthcodegrantjwtexchange": `{"jwt":"` + signed("name", "exp") + `","refreshToken":"canary-refresh-2"}`,
		"/api/v2/webdeployments/token/refresh":                   `{"jwt":"canary-jwt-2"}`,
		"/api/v2/webdeployments/token/revoke":                    `{}`,
	}
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		if answer, fresh := answers[r.URL.Path]; fresh {
			delete(answers, r.URL.Path)
			_, _ = io.WriteString(w, answer)
			return
		}
		body, _ := io.ReadAll(r.Body)
		said := fmt.Sprintf("%s %s", body, r.Header.Get("Authorization"))
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprintf(w, `{"error":"invalid_grant","error_description":%q,"code":"bad.request","message":%q}`, said, said)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// signed is a token whose claims have those names.
func signed(names ...string) string {
	claims := map[string]string{}
	for _, name := range names {
		claims[name] = "canary-" + name
	}
	payload, _ := json.Marshal(claims)
	return "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString(payload) + ".canary"
}

func TestVisitorSignInLeavesNoSecret(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "transcript.jsonl")
	file, err := transcript.Create(path, "test")
	assert.NilError(t, err)
	base := provider(t)
	region, _, err := genesys.ParseRegion(base)
	assert.NilError(t, err)
	okta := oidc.New(oidc.Config{CallOptions: apiclient.CallOptions{Record: file}})
	messenger, err := genesys.NewMessenger(genesys.MessengerConfig{Region: region, CallOptions: apiclient.CallOptions{Record: file}})
	assert.NilError(t, err)
	doc := oidc.Document{
		URI: oidc.WellKnown(base), Issuer: base, TokenEndpoint: base + "/token", RevocationEndpoint: base + "/revoke",
	}
	secret := apiclient.NewSecret("canary-client")
	grant := oidc.Grant{Code: apiclient.NewSecret("canary-code-1"), Verifier: apiclient.NewSecret("canary-verifier-1"), RedirectURI: "http://localhost:8080/"}
	code := genesys.SignInCode{
		DeploymentID: "d-1", RedirectURI: grant.RedirectURI, Nonce: "n-1",
		Code: apiclient.NewSecret("canary-code-2"), Verifier: apiclient.NewSecret("canary-verifier-2"),
	}
	errs := strings.Builder{}
	for round := range 2 { // in the second one everything is refused
		tokens, redeemErr := okta.Redeem(t.Context(), doc, "0oa1", secret, grant)
		revokeErr := okta.Revoke(t.Context(), doc, "0oa1", secret, apiclient.NewSecret("canary-access-1"))
		visitor, exchangeErr := messenger.Exchange(t.Context(), code)
		endErr := messenger.Revoke(t.Context(), apiclient.NewSecret("canary-jwt-1"))
		assert.Check(t, round != 0 || !tokens.Refresh.Empty() && !visitor.Refresh.Empty(),
			"no tokens: %v, %v", redeemErr, exchangeErr)
		for _, err := range []error{redeemErr, revokeErr, exchangeErr, endErr} {
			assert.Check(t, is.Equal((err == nil), (round == 0)), "round %d: %v", round, err != nil)
			fmt.Fprintf(&errs, "%v %+v\n", err, err)
		}
	}
	okta.CloseIdle()
	messenger.CloseIdle()
	assert.NilError(t, file.Close(nil))
	text, err := os.ReadFile(path)
	assert.NilError(t, err)
	if n := strings.Count(string(text), "\n"); n != 10 { // eight calls, the first line and the last
		t.Errorf("%d lines", n)
	}
	for name, where := range map[string]string{"the transcript": string(text), "an error": errs.String()} {
		if at := strings.Index(where, "canary"); at >= 0 {
			t.Errorf("%s has a secret, after: %s", name, where[max(0, at-120):at])
		}
	}
	for _, want := range []string{`"claims":{"id_token":["given_name","iss"]}`, `"claims":{"jwt":["exp","name"]}`} {
		assert.Check(t, is.Contains(string(text), want))
	}
	assert.Check(t, strings.Contains(string(text), "redirectUri") && strings.Contains(string(text), "REDACTED-"),
		"what is no secret isn't in the transcript")
}
