package pagecode_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/steps/pagecode"
)

// node runs Node.js. Without it the test is skipped, or fails where everything is required.
func node(t *testing.T, environment string, arguments ...string) {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		assert.Equal(t, os.Getenv("MSGSSO_REQUIRE_ALL"), "", "Node.js is missing")
		t.Skip("the page's scripts are not tried without Node.js")
	}
	cmd := exec.CommandContext(t.Context(), path, arguments...)
	cmd.Env = append(os.Environ(), environment)
	out, err := cmd.CombinedOutput()
	assert.Check(t, err, string(out))
}

func write(t *testing.T, path, text string) {
	t.Helper()
	assert.NilError(t, os.WriteFile(path, []byte(text), 0o600))
}

// compiles has Node.js read a script.
func compiles(t *testing.T, script string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "script.js")
	write(t, path, script)
	node(t, "", "--check", path)
}

func TestScriptsCompile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plugin.js", "status.js"} {
		script, err := os.ReadFile(name)
		assert.NilError(t, err)
		compiles(t, string(script))
	}
}

// The plugin's own tests, with as much of a browser as it touches.
func TestPluginBehaves(t *testing.T) {
	t.Parallel()
	dir, stepUp, sendsIssuer := t.TempDir(), facts(), facts()
	stepUp.StepUp, sendsIssuer.SendsIssuer = true, true
	write(t, filepath.Join(dir, "plain.html"), written(t, pagecode.Plugin, facts()))
	write(t, filepath.Join(dir, "step-up.html"), written(t, pagecode.Plugin, stepUp))
	write(t, filepath.Join(dir, "sends-issuer.html"), written(t, pagecode.Plugin, sendsIssuer))
	node(t, "MSGSSO_PLUGINS="+dir, "--test", "testdata/plugin.test.mjs")
}
