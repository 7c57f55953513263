//go:build linux

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/oktasim"
)

// TestFullDiskStopsRun: where the journal cannot be written nothing is sent; where it can be no longer, nothing more is, and
// the next run goes on.
func TestFullDiskStopsRun(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		blocks int // of 512 bytes that a file may have
		wrote  bool
	}{
		{"from the beginning", 0, false},
		{"in between", 5, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newCrashWorld(t, accident{seed: 6, profile: oktasim.Workforce})
			w.heal()
			before := w.objects()
			limited := shell(t, w.environ(), "-c", fmt.Sprintf("ulimit -f %d; exec msgsso-wizard --no-input", c.blocks))
			got := finish(t, limited)
			if got.code != 1 || !strings.Contains(got.said, "The wizard cannot write down what it does: ") || !strings.Contains(got.said, "file too large. Nothing was sent.") {
				t.Errorf("exit code %d\n%s", got.code, got.said)
			}
			if wrote := w.objects() != before; wrote != c.wrote || wrote != strings.Contains(got.said, "Made so far:") {
				t.Errorf("objects %+v, before %+v\n%s", w.objects(), before, got.said)
			}
			w.converge(t)
			want, _ := calmRun(t, w.accident)
			assert.Check(t, is.Equal(w.objects(), want), "objects")
		})
	}
}

// TestRunTellsJournalPath: it is told once something was made, and whose it is under sudo.
func TestRunTellsJournalPath(t *testing.T) {
	t.Parallel()
	w := newCrashWorld(t, accident{seed: 7, profile: oktasim.Workforce})
	w.heal()
	own := filepath.Join(t.TempDir(), "own")
	work := func(environ []string, args ...string) ended {
		return run(t, append(w.sim.Environment(), environ...), "", append([]string{"--no-input"}, args...)...)
	}
	if got := work([]string{"HOME=/proc/self"}); got.code != 1 || !strings.Contains(got.said, "/proc/self/.local") || writes(w.sim) != 0 {
		t.Errorf("a home where nothing can be written: exit code %d, %d writes\n%s", got.code, writes(w.sim), got.said)
	}
	got := work([]string{"HOME=" + w.state, "SUDO_USER=ada"}, "--state-dir", own)
	runs, _ := filepath.Glob(filepath.Join(own, "*.json"))
	assert.Assert(t, got.code == 0 && len(runs) == 1, "exit code %d, kept %v\n%s", got.code, runs, got.said)
	id := strings.TrimSuffix(filepath.Base(runs[0]), ".json")
	for _, want := range []string{
		"Run by ada through sudo: what is made is written down in " + own + ", as another user, and undo finds it through sudo only.",
		"To take all of it back: msgsso-wizard undo " + id + " --state-dir " + own + "\n", "written down in " + runs[0] + "\n",
	} {
		assert.Check(t, is.Contains(got.said, want), "not told")
	}
	if got := work(nil, "--state-dir", own); got.code != 0 || strings.Contains(got.said, "written down") {
		t.Errorf("nothing was made: exit code %d\n%s", got.code, got.said)
	}
}

// TestClosedPipeEndsNothing: where a reader has enough, as head, the setup is done, and no error names the pipe.
func TestClosedPipeEndsNothing(t *testing.T) {
	t.Parallel()
	for name, pipe := range map[string]string{
		"of the snippet":  "msgsso-wizard --no-input 2>said | true; cat said",
		"of a document":   "msgsso-wizard --no-input --output json 2>said | true; cat said",
		"of the progress": "msgsso-wizard --no-input 2>&1 >snippet | true",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newCrashWorld(t, accident{seed: 8, profile: oktasim.Workforce})
			w.heal()
			piped := shell(t, w.environ(), "-c", "("+strings.Replace(pipe, " | ", "; echo $? >code) | ", 1))
			piped.Dir = t.TempDir()
			said, err := piped.CombinedOutput()
			code, _ := os.ReadFile(filepath.Join(piped.Dir, "code"))
			if err != nil || string(code) != "0\n" || strings.Contains(string(said), "pipe") || strings.Contains(string(said), "✗") {
				t.Errorf("%v, exit code %s\n%s", err, code, said)
			}
			want, _ := calmRun(t, w.accident)
			assert.Check(t, is.Equal(w.objects(), want), "objects")
		})
	}
}
