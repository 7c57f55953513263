package genesyssim_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

// node returns the path of Node.js. Without it the test is skipped, or fails where everything is required.
func node(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("node")
	switch {
	case err == nil:
		return path
	case os.Getenv("MSGSSO_REQUIRE_ALL") == "1":
		t.Fatal(err)
	}
	t.Skip("the stand-in's script is not tried without Node.js")
	return ""
}

func TestStandInCompiles(t *testing.T) {
	t.Parallel()
	if out, err := exec.CommandContext(t.Context(), node(t), "--check", "stand_in.js").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	script, err := os.ReadFile("stand_in.js")
	assert.NilError(t, err)
	for _, never := range []string{"innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"} {
		assert.Check(t, !strings.Contains(string(script), never),
			"text of others may become markup or code: %s", never)
	}
	lines := strings.Count(string(script), "\n")
	assert.Check(t, lines <= 300, "%d lines are no small script", lines)
}

// The script's own tests; the last of them signs in and out at this simulator.
func TestStandIn(t *testing.T) {
	t.Parallel()
	path := node(t)
	s := newSite(t, 0, genesyssim.Options{})
	s.provider.answer["refresh_token"] = "rt"
	oauth := s.request()["oauth"].(object)
	where, err := json.Marshal(object{"base": s.base, "id": s.deployment, "code": object{
		"authCode": oauth["code"], "redirectUri": redirectURI, "nonce": oauth["nonce"], "codeVerifier": codeVerifier,
	}})
	assert.NilError(t, err)
	cmd := exec.CommandContext(t.Context(), path, "--test", "testdata/stand_in.test.mjs")
	cmd.Env = append(os.Environ(), "STAND_IN_SITE="+string(where))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if s.sim.Exchanges() != 1 || s.sim.VisitorTokens() != 0 {
		t.Errorf("%d exchanges, %d tokens left", s.sim.Exchanges(), s.sim.VisitorTokens())
	}
}
