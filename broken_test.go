//go:build linux

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// TestBroken: whatever breaks, the terminal is given back, what exists is told with the way to take it back, and where
// it broke is kept without secrets.
func TestBroken(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, place string
		args        []string
		keys        bool // it is on a terminal, where Enter is pressed until it ends
		made        bool
	}{
		{"the full screen, as a key comes", "update", nil, true, false},
		{"the full screen, as it draws", "view", nil, true, false},
		{"the full screen, as it works", "command", nil, true, false},
		{"the full screen, at its end", "Okta sign-in is set up, in", nil, true, true},
		{"in lines, at a question", "2 of 4  Sign in by", []string{"--plain"}, true, false},
		{"in lines, as it writes in the orgs", "✓ done deployment  ", []string{"--plain"}, true, true},
		{"without questions, as it writes in the orgs", "✓ deployment  ", []string{"--no-input"}, false, true},
		{"without questions, at its end", "<script", []string{"--no-input"}, false, true},
		{"before it begins", "No terminal", nil, false, false},
		{"doctor", "Deployment  ", []string{"doctor", "--no-input"}, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newCrashWorld(t, accident{seed: 4, profile: "workforce"})
			w.heal()
			if c.args != nil && c.args[0] == "doctor" {
				w.converge(t)
			}
			environ := append(w.sim.Environment(), "XDG_STATE_HOME="+w.state)
			code, said := breaking(t, c.place, c.keys, environ, c.args)
			if code != 1 || strings.Count(said, "it broke‹U+001B›[2J and held REDACTED-1") != 1 {
				t.Errorf("exit code %d\n%s", code, said)
			}
			files, _ := filepath.Glob(filepath.Join(w.state, "msgsso-wizard", "crash-*.txt"))
			if len(files) != 1 || !strings.Contains(strings.ReplaceAll(said, "\r\n", ""), files[0]) {
				t.Fatalf("%v are kept\n%s", files, said)
			}
			kept, err := os.ReadFile(files[0])
			info, _ := os.Stat(files[0])
			if err != nil || info.Mode().Perm() != 0o600 || !strings.Contains(string(kept), "goroutine ") || !strings.Contains(string(kept), ".(*fault).at(") {
				t.Errorf("%v %v\n%s", info.Mode(), err, kept)
			}
			for _, secret := range []string{w.sim.Credentials().OktaToken, w.sim.Credentials().GenesysClientSecret, w.state} {
				if strings.Contains(string(kept), secret) {
					t.Errorf("%q is kept:\n%s", secret, kept)
				}
			}
			if undo := strings.Contains(said, "msgsso-wizard undo 2"); undo != c.made || c.made != strings.Contains(said, "app integration  Genesys Cloud Messenger  0oa") {
				t.Errorf("told of undo: %v, made something: %v\n%s", undo, c.made, said)
			}
		})
	}
}

// breaking runs the program until it breaks, and returns what it said on the normal screen.
func breaking(t *testing.T, place string, keys bool, environ, args []string) (code int, said string) {
	t.Helper()
	cmd := command(t, environ, append([]string{place, "msgsso-wizard"}, args...)...)
	cmd.Args[0] = "breaks"
	if !keys {
		var out output
		cmd.Stdout, cmd.Stderr = &out, &out
		_ = cmd.Run()
		return cmd.ProcessState.ExitCode(), out.String()
	}
	tt := started(t, 120, 200, cmd)
	tt.walkUntilItEnds(t)
	if before, after := settings(t, fresh(t)), settings(t, tt.File); before != after {
		t.Errorf("the terminal is not as it was: %+v, was %+v", after, before)
	}
	raw := tt.raw.String()
	if on := strings.LastIndex(raw, "\x1b[?1049l"); on >= 0 {
		return cmd.ProcessState.ExitCode(), raw[on:]
	}
	return cmd.ProcessState.ExitCode(), raw
}

// fresh is a terminal on which no program was yet.
func fresh(t *testing.T) *os.File {
	t.Helper()
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = ours.Close(), theirs.Close() })
	return ours
}

// settings are those of the terminal.
func settings(t *testing.T, terminal *os.File) unix.Termios {
	t.Helper()
	s, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return *s
}
