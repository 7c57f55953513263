package cli

import (
	"errors"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/wizard/keyring"
)

// drawer is a keyring of this test.
type drawer struct {
	kept map[string]string
	err  error
}

func (d *drawer) Get(_, account string) (string, error) {
	if secret, ok := d.kept[account]; ok || d.err != nil {
		return secret, d.err
	}
	return "", keyring.ErrNone
}

func (d *drawer) Set(_, account, secret string) error {
	if d.err == nil {
		d.kept[account] = secret
	}
	return d.err
}

func (d *drawer) Delete(_, account string) error {
	delete(d.kept, account)
	return d.err
}

// TestKeyringKeepsTypedSecrets: what was typed once is not asked again, a token that was revoked is not kept, and a
// keyring that fails changes nothing.
func TestKeyringKeepsTypedSecrets(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: 21})
	c := sim.Credentials()
	state := t.TempDir()
	program := func(store keyring.Store, in string, code int, args ...string) string {
		t.Helper()
		p, out, said := program(map[string]string{
			"OKTA_CLIENT_ORGURL": sim.OktaURL(), "GENESYSCLOUD_REGION": sim.GenesysURL(), "GENESYSCLOUD_OAUTHCLIENT_ID": c.GenesysClientID,
			"LANG": "C.UTF-8", "XDG_STATE_HOME": state,
		})
		p.In, p.Keyring = strings.NewReader(in), store
		assert.Check(t, is.Equal(p.Run(t.Context(), args), code), said)
		all := out.String() + said.String()
		assert.Check(t, !strings.Contains(all, c.OktaToken) && !strings.Contains(all, c.GenesysClientSecret),
			"%v tells a secret", args)
		return said.String()
	}
	typed := "\n\n" + c.OktaToken + strings.Repeat("\n", 9) + c.GenesysClientSecret + strings.Repeat("\n", 10)

	d := &drawer{kept: map[string]string{}}
	said := program(d, typed, 0, "--plain")
	assert.Check(t, len(d.kept) == 0 && !strings.Contains(said, "keyring"), "not asked for, kept %d\n%s", len(d.kept), said)
	said = program(d, typed, 0, "--plain", "--keyring")
	assert.Assert(t, is.Len(d.kept, 2))
	assert.Check(t, is.Contains(said, "Saved in the system keyring: API token, OAuth client secret."))
	said = program(d, "", 0, "--no-input", "--keyring")
	assert.Check(t, !strings.Contains(said, "Saved in the system keyring"), said)
	said = program(d, strings.Repeat("\n", 21)+"y\n", 0, "--plain", "--keyring")
	assert.Check(t, is.Contains(said, "[hidden (keyring)]"))
	assert.Check(t, is.Contains(program(d, "", 2, "demo", "--keyring"), "no flag --keyring"))
	broken := &drawer{err: errors.New("it is locked")}
	said = program(broken, typed, 0, "--plain", "--keyring")
	const sentence = "The system keyring can't be used (\"it is locked\"). The wizard asks for secrets and doesn't save them."
	assert.Check(t, is.Equal(strings.Count(said, sentence), 1), said)
	assert.Check(t, is.Contains(program(broken, "", 2, "--no-input", "--keyring"), "Missing required values: API token"))
	said = program(d, "\n\n"+c.OktaToken+strings.Repeat("\n", 19)+"y\n", 0, "--plain", "--keyring")
	_, there := d.kept["okta-token "+sim.OktaURL()]
	assert.Check(t, !there && strings.Contains(said, "API token revoked."), "a token that was revoked: kept %v\n%s", there, said)
}
