package doctor

import (
	"errors"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
)

func TestAHealthySetUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 1})
	wrote := w.writes()
	r := w.examine(t, func(c *Config) { c.User = "alice@acme.test" })
	assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong")
	assert.Check(t, is.Equal(r.Failed(), false), "failed")
	assert.Check(t, is.Equal(w.writes(), wrote), "writes")
}

// TestARuleForTheGroupOfEveryone lets in whoever is assigned, too.
func TestARuleForTheGroupOfEveryone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 1})
	ruleForTheEveryoneGroup(t, w)
	assert.Check(t, is.DeepEqual(bad(w.examine(t, func(c *Config) { c.User = "alice@acme.test" })), []string{}), "what is wrong")
}

func TestNothingToLookAt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 1})
	_, err := Examine(t.Context(), Config{Env: w.visit(t)})
	var e *explain.Error
	assert.Check(t, is.Equal(errors.As(err, &e), true), "an *Error")
	assert.Check(t, is.Equal(explain.ExitCode(err), 2), "exit code")
}
