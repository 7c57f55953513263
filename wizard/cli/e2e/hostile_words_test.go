//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/guide"
)

// TestHostileWords: what the program repeats of its command line moves no cursor and sets no clipboard.
func TestHostileWords(t *testing.T) {
	t.Parallel()
	const evil = "\x1b[2J\x1b]52;c;ZXZpbA==\x07\u202e"
	for _, args := range [][]string{
		{"--x" + evil},
		{"--x" + evil + "=1"},
		{"-" + evil},
		{evil},
		{"help", evil},
		{"undo", evil},
		{"undo", "--yes", evil},
		{"completion", evil},
		{"doctor", evil},
		{"demo", "--fault", evil},
		{"--color", evil},
		{"--output", evil},
		{"--no-input=" + evil},
		{"simulator", "--okta-listen", evil},
		{"simulator", "--seed", evil},
		{"--okta-org", evil},
		{"--genesys-region", evil},
		{"--redirect-uri", evil},
		{"--redirect-uri", "https://a.test/" + evil},
		{"--allowed-domain", evil},
		{"--group", evil, "--assign", evil},
		{"--okta-sign-in", evil},
		{"--callback-port", evil},
		{"--discovery-uri", evil},
		{"--app-name", evil},
		{"--confirm-okta-org", evil},
		{"--ca-cert", evil},
		{"--state-dir", "/dev/null/" + evil},
		{"--transcript", "/dev/null/" + evil},
		{"--snippet-file", "/dev/null/" + evil},
		{"--handover", "/dev/null/" + evil},
		{"doctor", "--site", evil},
		{"page", "--file", "/dev/null/" + evil},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			got := run(t, []string{"HOME=" + home}, "", append(args, "--no-input")...)
			assert.Check(t, is.Equal(strings.ContainsAny(got.out+got.said, "\x1b\x07\u202e"), false), "%q", got.said)
			got = run(t, []string{"HOME=" + home}, "", append(args, "--output=json")...)
			assert.Check(t, is.Equal(strings.ContainsAny(got.out+got.said, "\x1b\x07\u202e"), false), "%q", got.said)
		})
	}
}

// TestHostileVariables: the same of its variables, and of the names in its state folder.
func TestHostileVariables(t *testing.T) {
	t.Parallel()
	const evil = "x\x1b[2J\x1b]52;c;ZXZpbA==\x07\u202e"
	variables := []string{"SUDO_USER", "XDG_STATE_HOME", "HOME", "SSL_CERT_FILE", "HTTPS_PROXY", "TERM", "LANG", "BROWSER"}
	for _, q := range guide.Questions("") {
		variables = append(variables, q.Env...)
	}
	sim := simtest.Start(t, simulator.Options{Seed: 28, Okta: oktasim.Options{Profile: oktasim.Workforce}})
	for _, name := range variables {
		if repeat.Skips(name, 4, 1) {
			continue
		}
		home := t.TempDir()
		value := evil
		if name == "XDG_STATE_HOME" || name == "HOME" {
			value = filepath.Join(home, evil)
		}
		environ := append(sim.Environment(), "HOME="+home, name+"="+value)
		for _, args := range [][]string{{}, {"--output=json"}, {"doctor"}, {"undo", "--yes"}, {"undo", "--yes"}} {
			got := run(t, environ, "", append(args, "--no-input")...)
			assert.Check(t, !strings.ContainsAny(got.out+got.said, "\x1b\x07\u202e"), "%s, %v: %q", name, args, got.said)
		}
	}
	home := t.TempDir()
	assert.NilError(t, os.WriteFile(filepath.Join(home, evil+".json"), []byte("{"), 0o600))
	for _, args := range [][]string{{}, {"undo", "--yes"}, {"undo", "--yes", evil}} {
		got := run(t, sim.Environment(), "", append(args, "--no-input", "--state-dir", home)...)
		assert.Check(t, !strings.ContainsAny(got.out+got.said, "\x1b\x07\u202e"), "%v: %q", args, got.said)
	}
}
