//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator/oktasim"
)

// TestDiskFull: where the journal cannot be written nothing is sent; where it can be no longer, nothing more is, and
// the next run goes on.
func TestDiskFull(t *testing.T) {
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
			shell := exec.CommandContext(t.Context(), "sh", "-c", fmt.Sprintf("ulimit -f %d; exec msgsso-wizard --no-input", c.blocks))
			shell.Env = append(w.sim.Environment(), "LANG=C.UTF-8", "XDG_STATE_HOME="+w.state, "PATH="+os.Getenv("PATH"))
			said, _ := shell.CombinedOutput()
			if code := shell.ProcessState.ExitCode(); code != 1 || !strings.Contains(string(said), "The wizard cannot write down what it does: ") || !strings.Contains(string(said), "file too large. Nothing was sent.") {
				t.Errorf("exit code %d\n%s", code, said)
			}
			if wrote := w.objects() != before; wrote != c.wrote || wrote != strings.Contains(string(said), "Made so far:") {
				t.Errorf("objects %+v, before %+v\n%s", w.objects(), before, said)
			}
			w.converge(t)
			if got, want := w.objects(), calmRun(t, w.accident); got != want {
				t.Errorf("objects: %+v, want %+v", got, want)
			}
		})
	}
}

// TestWhereTheRecordIs: it is told once something was made, and whose it is under sudo.
func TestWhereTheRecordIs(t *testing.T) {
	t.Parallel()
	w := newCrashWorld(t, accident{seed: 7, profile: oktasim.Workforce})
	w.heal()
	own := filepath.Join(t.TempDir(), "own")
	var said output
	work := func(environ []string, args ...string) int {
		said.clear()
		return run(t.Context(), append([]string{"--no-input"}, args...), strings.NewReader(""), &output{}, &said, append(w.sim.Environment(), environ...))
	}
	if code := work([]string{"HOME=/proc/self"}); code != 1 || !strings.Contains(said.String(), "/proc/self/.local") || w.writes() != 0 {
		t.Errorf("a home that nobody writes to: exit code %d, %d writes\n%s", code, w.writes(), said.String())
	}
	code := work([]string{"HOME=" + w.state, "SUDO_USER=ada"}, "--state-dir", own)
	runs, _ := filepath.Glob(filepath.Join(own, "*.json"))
	if code != 0 || len(runs) != 1 {
		t.Fatalf("exit code %d, kept %v\n%s", code, runs, said.String())
	}
	id := strings.TrimSuffix(filepath.Base(runs[0]), ".json")
	for _, want := range []string{
		"Run by ada through sudo: what is made is written down in " + own + ", as another user, and undo finds it through sudo only.",
		"To take all of it back: msgsso-wizard undo " + id + " --state-dir " + own + "\n", "written down in " + runs[0] + "\n",
	} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("not told: %q\n%s", want, said.String())
		}
	}
	if code := work(nil, "--state-dir", own); code != 0 || strings.Contains(said.String(), "written down") {
		t.Errorf("nothing was made: exit code %d\n%s", code, said.String())
	}
}

// TestAReaderThatHasEnough, as head has, ends nothing: the set-up is done, and nobody complains of the pipe.
func TestAReaderThatHasEnough(t *testing.T) {
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
			shell := exec.CommandContext(t.Context(), "sh", "-c", "("+strings.Replace(pipe, " | ", "; echo $? >code) | ", 1))
			shell.Dir = t.TempDir()
			shell.Env = append(w.sim.Environment(), "LANG=C.UTF-8", "XDG_STATE_HOME="+w.state, "PATH="+os.Getenv("PATH"))
			said, err := shell.CombinedOutput()
			code, _ := os.ReadFile(filepath.Join(shell.Dir, "code"))
			if err != nil || string(code) != "0\n" || strings.Contains(string(said), "pipe") || strings.Contains(string(said), "✗") {
				t.Errorf("%v, exit code %s\n%s", err, code, said)
			}
			if got, want := w.objects(), calmRun(t, w.accident); got != want {
				t.Errorf("objects: %+v, want %+v", got, want)
			}
		})
	}
}
