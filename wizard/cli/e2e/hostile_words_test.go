//go:build unix

package e2e

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
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
