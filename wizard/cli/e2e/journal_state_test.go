//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/journal"
)

// TestUnusableStateStopsRun: without a place to keep what is made nothing is made, and two runs do not write at once.
func TestUnusableStateStopsRun(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: 8})
	file := filepath.Join(t.TempDir(), "file")
	assert.NilError(t, os.WriteFile(file, nil, 0o600))
	linked := filepath.Join(t.TempDir(), "linked")
	assert.NilError(t, os.Symlink(t.TempDir(), linked))
	busy := t.TempDir()
	folder, err := journal.Open(busy)
	assert.NilError(t, err)
	unlock, err := folder.Lock()
	assert.NilError(t, err)
	for name, c := range map[string]struct {
		variable, folder string
		code             int
		says             string
	}{
		"no home":        {says: "neither XDG_STATE_HOME nor HOME names a folder", code: 1},
		"a file":         {folder: file, says: file, code: 1},
		"a link":         {folder: linked, says: "it is a link", code: 1},
		"cannot be made": {folder: filepath.Join(file, "below"), says: "not a directory", code: 1},
		"another run":    {folder: busy, says: "Another run of msgsso-wizard is under way on this computer: process ", code: 5},
	} {
		args := []string{"--no-input"}
		if c.folder != "" {
			args = append(args, "--state-dir", c.folder)
		}
		got := run(t, sim.Environment(), "", args...)
		assert.Check(t, got.code == c.code && strings.Contains(got.said, c.says),
			"%s: exit code %d\n%s", name, got.code, got.said)
	}
	assert.Check(t, is.Equal(writes(sim), 0))
	assert.NilError(t, unlock())
	got := run(t, sim.Environment(), "", "--no-input", "--state-dir", busy)
	assert.Check(t, is.Equal(got.code, 0), got.said)
}

// TestRunsOnTwoComputers: what a run made on another computer a moment ago is left to it. Unattended, the run waits and
// says so; here it is stopped. The first run then ends the setup.
func TestRunsOnTwoComputers(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: 23})
	sim.Genesys().Faults.Add(simkit.Fault{Method: "POST", Path: regexp.MustCompile(`^/api/v2/integrations$`), Status: 403, Body: "{}", Times: 1})
	here, there := t.TempDir(), t.TempDir()
	start := func(computer string, code int) {
		t.Helper()
		got := run(t, sim.Environment(), "", "--no-input", "--state-dir", computer)
		assert.Equal(t, got.code, code, got.said)
	}
	start(here, 4)
	before := writes(sim)
	var out output
	waiting := command(t, sim.Environment(), "--no-input", "--state-dir", there)
	waiting.Stderr = &out
	assert.NilError(t, waiting.Start())
	out.await(t, "Another run of this wizard made the app integration")
	assert.NilError(t, waiting.Process.Signal(os.Interrupt))
	_ = waiting.Wait()
	if code := waiting.ProcessState.ExitCode(); code != 130 || writes(sim) != before {
		t.Errorf("exit code %d, %d writes\n%s", code, writes(sim)-before, &out)
	}
	start(here, 0)
	before = writes(sim)
	start(there, 0)
	if writes(sim) != before {
		t.Errorf("a run of a finished setup wrote %d times", writes(sim)-before)
	}
}
