package doctor

import (
	"errors"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
)

func TestAHealthySetUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 1})
	wrote := w.writes()
	r := w.examine(t, func(c *Config) { c.User = "alice@acme.test" })
	same(t, "what is wrong", []string{}, bad(r))
	same(t, "failed", false, r.Failed())
	same(t, "writes", wrote, w.writes())
}

// TestARuleForTheGroupOfEveryone lets in whoever is assigned, too.
func TestARuleForTheGroupOfEveryone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 1})
	ruleForTheEveryoneGroup(t, w)
	same(t, "what is wrong", []string{}, bad(w.examine(t, func(c *Config) { c.User = "alice@acme.test" })))
}

func TestNothingToLookAt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 1})
	_, err := Examine(t.Context(), Config{Env: w.visit(t)})
	var e *explain.Error
	same(t, "an *Error", true, errors.As(err, &e))
	same(t, "exit code", 2, explain.ExitCode(err))
}
