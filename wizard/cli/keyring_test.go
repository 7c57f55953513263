package cli

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/wizard/keyring"
)

// drawer is a keyring of this test.
type drawer struct {
	mu   sync.Mutex
	kept map[string]string
	err  error
}

func (d *drawer) Get(_, account string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if secret, ok := d.kept[account]; ok || d.err != nil {
		return secret, d.err
	}
	return "", keyring.ErrNone
}

func (d *drawer) Set(_, account, secret string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err == nil {
		d.kept[account] = secret
	}
	return d.err
}

func (d *drawer) Delete(_, account string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
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
	work := func(store keyring.Store, in string, args ...string) (int, string) {
		p, out, said := program(map[string]string{
			"OKTA_CLIENT_ORGURL": sim.OktaURL(), "GENESYSCLOUD_REGION": sim.GenesysURL(), "GENESYSCLOUD_OAUTHCLIENT_ID": c.GenesysClientID,
			"LANG": "C.UTF-8", "XDG_STATE_HOME": state,
		}, nil)
		p.In, p.Keyring = strings.NewReader(in), store
		code := p.Run(t.Context(), args)
		all := out.String() + said.String()
		assert.Check(t, !strings.Contains(all, c.OktaToken) && !strings.Contains(all, c.GenesysClientSecret),
			"%v tells a secret", args)
		return code, said.String()
	}
	typed := "\n\n" + c.OktaToken + strings.Repeat("\n", 9) + c.GenesysClientSecret + strings.Repeat("\n", 9)

	d := &drawer{kept: map[string]string{}}
	if code, said := work(d, typed, "--plain"); code != 0 || len(d.kept) != 0 || strings.Contains(said, "keyring") {
		t.Fatalf("not asked for, exit code %d, kept %d\n%s", code, len(d.kept), said)
	}
	code, said := work(d, typed, "--plain", "--keyring")
	if code != 0 || len(d.kept) != 2 || !strings.Contains(said, "Kept in the system's keyring: API token, OAuth client secret.") {
		t.Fatalf("exit code %d, kept %d\n%s", code, len(d.kept), said)
	}
	if code, said := work(d, "", "--no-input", "--keyring"); code != 0 || strings.Contains(said, "Kept in") {
		t.Errorf("without questions: exit code %d\n%s", code, said)
	}
	if code, said := work(d, strings.Repeat("\n", 20)+"y\n", "--plain", "--keyring"); code != 0 || !strings.Contains(said, "[hidden (keyring)]") {
		t.Errorf("exit code %d\n%s", code, said)
	}
	if code, said := work(d, "", "demo", "--keyring"); code != 2 || !strings.Contains(said, "no flag --keyring") {
		t.Errorf("a demo: exit code %d\n%s", code, said)
	}
	broken := &drawer{err: errors.New("it is locked")}
	code, said = work(broken, typed, "--plain", "--keyring")
	if code != 0 || strings.Count(said, "The system's keyring cannot be used (\"it is locked\"); secrets are asked for in this run, and kept nowhere.") != 1 {
		t.Errorf("a locked one: exit code %d\n%s", code, said)
	}
	if code, said := work(broken, "", "--no-input", "--keyring"); code != 2 || !strings.Contains(said, "Not answered: API token") {
		t.Errorf("a locked one, without questions: exit code %d\n%s", code, said)
	}
	code, said = work(d, "\n\n"+c.OktaToken+strings.Repeat("\n", 19)+"y\n", "--plain", "--keyring")
	_, there := d.kept["okta-token "+sim.OktaURL()]
	assert.Check(t, code == 0 && !there && strings.Contains(said, "The API token is revoked."),
		"a token that was revoked: exit code %d, kept %v\n%s", code, there, said)
}
