package genesyssim_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

const deployments = "webdeployments/deployments"

func (o *org) webChat() string {
	return o.named("flows?type=inboundshortmessage", "Web chat")["id"].(string)
}

func TestSnippet(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 2, 0)
	live := o.named(deployments, "Main website")
	got := live["snippet"].(string)
	tail := "\n  })(window, 'Genesys', '" + o.base + "/genesys-bootstrap/genesys.min.js', {\n" +
		"    environment: 'simulator',\n    deploymentId: '" + live["id"].(string) + "'\n  });\n</script>"
	if !strings.HasPrefix(got, "<script type=\"text/javascript\" charset=\"utf-8\">\n  (function (g, e, n, es, ys) {\n") || !strings.HasSuffix(got, tail) {
		t.Errorf("snippet:\n%s", got)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.base+"/genesys-bootstrap/genesys.min.js", nil)
	assert.NilError(t, err)
	resp, err := o.http.Do(r)
	assert.NilError(t, err)
	defer func() { _ = resp.Body.Close() }()
	script, err := io.ReadAll(resp.Body)
	if err != nil || !strings.Contains(string(script), "simulator") || resp.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("bootstrap: %q %v", script, err)
	}
}

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
	t.Skip("Messenger's script is not tried without Node.js")
	return ""
}

func TestSnippetCompiles(t *testing.T) {
	t.Parallel()
	if out, err := exec.CommandContext(t.Context(), node(t), "--check", "messenger.js").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	script, err := os.ReadFile("messenger.js")
	assert.NilError(t, err)
	for _, never := range []string{"innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"} {
		assert.Check(t, !strings.Contains(string(script), never),
			"text of others may become markup or code: %s", never)
	}
	lines := strings.Count(string(script), "\n")
	assert.Check(t, lines <= 300, "%d lines are no small script", lines)
}

// The script's own tests; the last of them signs in and out at this simulator.
func TestServedSnippet(t *testing.T) {
	t.Parallel()
	path := node(t)
	s := newSite(t, 0, genesyssim.Options{})
	s.provider.answer["refresh_token"] = "rt"
	oauth := s.request()["oauth"].(object)
	where, err := json.Marshal(object{"base": s.base, "id": s.deployment, "code": object{
		"authCode": oauth["code"], "redirectUri": redirectURI, "nonce": oauth["nonce"], "codeVerifier": codeVerifier,
	}})
	assert.NilError(t, err)
	cmd := exec.CommandContext(t.Context(), path, "--test", "testdata/messenger.test.mjs")
	cmd.Env = append(os.Environ(), "STAND_IN_SITE="+string(where))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if len(s.sim.Senders()) != 1 || s.sim.VisitorTokens() != 0 {
		t.Errorf("%d exchanges, %d tokens left", len(s.sim.Senders()), s.sim.VisitorTokens())
	}
}
