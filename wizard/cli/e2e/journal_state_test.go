//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

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
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	linked := filepath.Join(t.TempDir(), "linked")
	if err := os.Symlink(t.TempDir(), linked); err != nil {
		t.Fatal(err)
	}
	busy := t.TempDir()
	folder, err := journal.Open(busy)
	if err != nil {
		t.Fatal(err)
	}
	unlock, err := folder.Lock()
	if err != nil {
		t.Fatal(err)
	}
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
		if got := run(t, sim.Environment(), "", args...); got.code != c.code || !strings.Contains(got.said, c.says) {
			t.Errorf("%s: exit code %d\n%s", name, got.code, got.said)
		}
	}
	if wrote := writes(sim); wrote != 0 {
		t.Errorf("%d writes", wrote)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	if got := run(t, sim.Environment(), "", "--no-input", "--state-dir", busy); got.code != 0 {
		t.Errorf("exit code %d\n%s", got.code, got.said)
	}
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
		if got := run(t, sim.Environment(), "", "--no-input", "--state-dir", computer); got.code != code {
			t.Fatalf("exit code %d\n%s", got.code, got.said)
		}
	}
	start(here, 4)
	before := writes(sim)
	var out output
	waiting := command(t, sim.Environment(), "--no-input", "--state-dir", there)
	waiting.Stderr = &out
	if err := waiting.Start(); err != nil {
		t.Fatal(err)
	}
	out.await(t, "Another run of this wizard made the app integration")
	if err := waiting.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
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
