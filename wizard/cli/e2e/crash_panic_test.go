//go:build linux

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/testkit/repeat"
)

// TestPanicRestoresTerminal: wherever the program panics, the terminal is restored, the output names what exists and how
// to undo it, and a crash file without secrets is kept.
func TestPanicRestoresTerminal(t *testing.T) {
	t.Parallel()
	accept := func(string) string { return enter } // of plain mode, where each question offers an answer
	for _, c := range []struct {
		name, point string
		args        []string
		keys        func(shown string) string // it is on a terminal, where these are pressed until it ends
		made        bool
	}{
		{"full screen, at a key", "update", nil, onward, false},
		{"full screen, drawing", "view", nil, onward, false},
		{"full screen, working", "command", nil, onward, false},
		{"full screen, at its end", "Okta sign-in is set up: ", nil, onward, true},
		{"plain mode, at a question", "2 of 4  Sign-in method", []string{"--plain"}, accept, false},
		{"plain mode, writing", "✓ done deployment  ", []string{"--plain"}, accept, true},
		{"unattended, writing", "✓ deployment  ", []string{"--no-input"}, nil, true},
		{"unattended, at its end", "<script", []string{"--no-input"}, nil, true},
		{"before it begins", "No terminal", nil, nil, false},
		{"doctor", "Deployment  ", []string{"doctor", "--no-input"}, nil, false},
	} {
		if repeat.Skips(c.name, 2, 1) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newCrashWorld(t, accident{seed: 4, profile: oktasim.Workforce})
			w.heal()
			if c.args != nil && c.args[0] == "doctor" {
				w.converge(t)
			}
			code, said := panicking(t, w.environ(), c.keys, c.point, c.args...)
			assert.Check(t, code == 1 && strings.Count(said, "it broke‹U+001B›[2J and held REDACTED-1") == 1,
				"exit code %d\n%s", code, said)
			files, _ := filepath.Glob(filepath.Join(w.state, "msgsso-wizard", "crash-*.txt"))
			assert.Assert(t, len(files) == 1 && strings.Contains(strings.ReplaceAll(said, "\r\n", ""), files[0]),
				"%v are kept\n%s", files, said)
			kept, err := os.ReadFile(files[0])
			info, _ := os.Stat(files[0])
			if err != nil || info.Mode().Perm() != 0o600 || !strings.Contains(string(kept), "goroutine ") || !strings.Contains(string(kept), ".(*fault).at(") {
				t.Errorf("%v %v\n%s", info.Mode(), err, kept)
			}
			for _, secret := range []string{w.sim.Credentials().OktaToken, w.sim.Credentials().GenesysClientSecret, w.state} {
				assert.Check(t, !strings.Contains(string(kept), secret), "%q is kept:\n%s", secret, kept)
			}
			if undo := strings.Contains(said, "msgsso-wizard undo 2"); undo != c.made || c.made != strings.Contains(said, "app integration  Genesys Cloud Messenger  0oa") {
				t.Errorf("told of undo: %v, made something: %v\n%s", undo, c.made, said)
			}
		})
	}
}

// panicking runs the program until it panics, and returns what it said on the normal screen.
func panicking(t *testing.T, environ []string, keys func(shown string) string, point string, args ...string) (code int, said string) {
	t.Helper()
	cmd := breaking(t, environ, point, args...)
	if keys == nil {
		got := finish(t, cmd)
		return got.code, got.out + got.said
	}
	tt := started(t, 120, 200, cmd)
	tt.play(keys)
	rest := tt.ends(1)
	tt.isRestored()
	return 1, rest
}
