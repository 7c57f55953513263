//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
)

// TestScripts runs the program as its users do; see testdata/script.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			_, folders, _ := strings.Cut(path(), "=")
			env.Setenv("PATH", folders)
			env.Setenv("GOGC", "off")
			env.Setenv("GOMEMLIMIT", "64MiB")
			env.Setenv("LANG", "C.UTF-8")
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, ".state"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"simulator": startSimulator,
			"json":      compareJSON,
			"opentofu":  checkOpenTofu,
			"proxy":     startProxy,
			"untouched": untouched,
		},
	})
}

// TestEveryFaultHasScript compares the scripts named faults with the faults of the demo.
func TestEveryFaultHasScript(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/script/faults*.txtar")
	assert.NilError(t, err)
	script := ""
	for _, file := range files {
		text, err := os.ReadFile(file)
		assert.NilError(t, err)
		script += string(text)
	}
	for _, f := range simulator.Faults() {
		assert.Check(t, is.Contains(script, "--fault "+f.Name+"\n"), "no script runs a demo with --fault %s", f.Name)
	}
}

// TestScriptsValidateDocuments: each document that a script has the program write is compared with its schema.
func TestScriptsValidateDocuments(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/script/*.txtar")
	assert.NilError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		assert.NilError(t, err)
		for i, after := range strings.Split("\n"+string(text), "\nexec ")[1:] {
			line, checks, _ := strings.Cut(after, "\n")
			if strings.Contains(line, "--output json") && !strings.HasPrefix(line, "sh -c") {
				assert.Check(t, is.Contains("\n"+checks, "json stdout "), "%s, command %d: exec %s", file, i+1, line)
			}
		}
	}
}
