package pagecode_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/steps/pagecode"
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
	t.Skip("the page's scripts are not tried without Node.js")
	return ""
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
	out, err := exec.CommandContext(t.Context(), node(t), "--check", path).CombinedOutput()
	assert.Check(t, err, string(out))
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
	path, dir := node(t), t.TempDir()
	write(t, filepath.Join(dir, "plain.html"), written(t, pagecode.Plugin, facts()))
	stepUp := facts()
	stepUp.StepUp = true
	write(t, filepath.Join(dir, "step-up.html"), written(t, pagecode.Plugin, stepUp))
	cmd := exec.CommandContext(t.Context(), path, "--test", "testdata/plugin.test.mjs")
	cmd.Env = append(os.Environ(), "MSGSSO_PLUGINS="+dir)
	out, err := cmd.CombinedOutput()
	assert.Check(t, err, string(out))
}
