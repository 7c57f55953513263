package tui

import (
	"errors"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

// TestKeyringSecret: a secret is read when its question comes up, and the screen stays live until then.
func TestKeyringSecret(t *testing.T) {
	env := bareEnv()
	reads := 0
	keep := func(q guide.Question) error {
		reads++
		time.Sleep(time.Second)
		return env.Answers.Set(q.Key, guide.FromKeyring, canary)
	}
	driven(t, env, func(c *Config) { c.Fill = keep }, func(d *drive) {
		d.press("enter", "acme.okta.com", "enter", "enter")
		d.shows("› API token")
		d.hides("Given already")
		d.after(2 * time.Second)
		d.shows("Already set. Leave empty to keep it.")
		d.press("enter", time.Second)
		d.shows("Planned changes", "••••••••  (keyring)")
		d.hides(canary)
		assert.Check(t, is.Equal(reads, 1), "looked")
	})
}

func TestKeyringErrorIsShown(t *testing.T) {
	driven(t, bareEnv(), func(c *Config) {
		c.Fill = func(guide.Question) error { return errors.New("the system's keyring did not answer within 3s") }
	}, func(d *drive) {
		d.press("enter", "acme.okta.com", "enter", "enter")
		d.shows("› API token", "The system's keyring did not answer within 3s.")
		d.press(canary, "enter", time.Second)
		d.shows("Planned changes")
	})
}
