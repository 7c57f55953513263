//go:build linux

package e2e

import (
	"strings"
	"syscall"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/eventually"
)

func TestTypedSecretIsNotEchoed(t *testing.T) {
	t.Parallel()
	services := simtest.Start(t, simulator.Options{Seed: 3})
	c := services.Credentials()
	tt := onTerminal(t, []string{"OKTA_CLIENT_ORGURL=" + services.OktaURL(), "XDG_STATE_HOME=" + t.TempDir()}, "--plain")
	for _, a := range []struct {
		prompt, text string
		secret       bool
	}{
		{"1 of 8  Okta org", "", false},
		{"2 of 8  Sign in by", "", false},
		{"3 of 8  API token", c.OktaToken, true},
		{"4 of 8", "Typed name", false},
		{"5 of 8", "", false},
		{"6 of 8", "", false},
		{"7 of 8", "", false},
		{"8 of 8", "", false},
		{"1 of 4  Region", services.GenesysURL(), false},
		{"2 of 4  Sign in by", "", false},
		{"3 of 4  OAuth client id", c.GenesysClientID, false},
		{"4 of 4  OAuth client secret", c.GenesysClientSecret, true},
		{"1 of 2  Integration", "", false},
		{"2 of 2  Discovery URI", "", false},
		{"1 of 1  Configuration", "", false},
		{"1 of 3  Deployment", "", false},
		{"2 of 3  Allowed domains", "", false},
		{"3 of 3  Inbound message flow", "", false},
		{"1 of 1  Save to", "", false},
		{"Do it?", "y", false},
		{"Enter goes on > ", "", false},
		{"Revoke the Okta API token?", "y", false},
	} {
		tt.answer(a.prompt, a.text, a.secret)
	}
	tt.ends(0)
	shown := tt.screen.String()
	for _, want := range []string{"> Typed name", "OAuth client secret", "<script ", "The API token is revoked.", "Revoke what the wizard no longer needs"} {
		assert.Check(t, is.Contains(shown, want), "no")
	}
	for _, secret := range []string{c.OktaToken, c.GenesysClientSecret} {
		assert.Check(t, !strings.Contains(tt.raw.String(), secret), "the terminal was sent a secret:\n%s", shown)
	}
	assert.Check(t, !strings.Contains(tt.raw.String(), "\x1b"), "the terminal was sent an escape sequence")
}

func TestInterruptedSecretRestoresEcho(t *testing.T) {
	t.Parallel()
	tt := onTerminal(t, []string{"OKTA_CLIENT_ORGURL=https://acme.okta.com"}, "--plain", "--color", "never")
	tt.answer("1 of 8  Okta org", "", false)
	tt.answer("2 of 8  Sign in by", "", false)
	tt.answer("3 of 8  API token", "", true)
	tt.wrote("needs an answer")
	eventually.True(t, func() bool { return !tt.echoes() }, func() string { return "the next prompt echoes" })
	assert.NilError(t, tt.cmd.Process.Signal(syscall.SIGINT))
	// The program holds the terminal's other side. It must be asked before that is closed.
	eventually.True(t, tt.echoes, func() string { return "the echo stays off" })
	tt.ends(130)
}
