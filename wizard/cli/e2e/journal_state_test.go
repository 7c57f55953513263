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

// TestRunsOnTwoComputers: what a run made on another computer a moment ago is left to it, and that run goes on.
func TestRunsOnTwoComputers(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: 23})
	sim.Genesys().Faults.Add(simkit.Fault{Method: "POST", Path: regexp.MustCompile(`^/api/v2/integrations$`), Status: 403, Body: "{}", Times: 1})
	here, there := t.TempDir(), t.TempDir()
	for _, c := range []struct {
		computer string
		code     int
		says     string
		writes   bool
	}{
		{here, 4, "", true},
		{there, 5, "Another run of this wizard made the app integration", false},
		{here, 0, "", true},
		{there, 0, "", false},
	} {
		before := writes(sim)
		got := run(t, sim.Environment(), "", "--no-input", "--state-dir", c.computer)
		if got.code != c.code || !strings.Contains(got.said, c.says) {
			t.Fatalf("exit code %d\n%s", got.code, got.said)
		}
		if wrote := writes(sim) > before; wrote != c.writes {
			t.Errorf("something was written: %v\n%s", wrote, got.said)
		}
	}
}
