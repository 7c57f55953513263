package doctor

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
)

// TestUndoOfActivatedOrigin: an origin that a fix activated is inactive again after undo.
func TestUndoOfActivatedOrigin(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 4})
	deactivateOrigins(t, w)
	status := func() (all []string) {
		origins, err := w.okta.TrustedOrigins(t.Context())
		assert.NilError(t, err)
		for _, o := range origins {
			all = append(all, o.Status)
		}
		return all
	}
	env := w.visit(t, both...)
	book := journal.NewBook(nil, "test", env.Answers)
	env.Journal = book
	plan, err := PlanFix(t.Context(), env, w.examine(t, nil), FixOrigins)
	assert.NilError(t, err)
	assert.NilError(t, env.Apply(t.Context(), plan, engine.NewStop()))
	assert.Check(t, is.DeepEqual(status(), []string{"ACTIVE"}), "after the fix")
	assert.Check(t, is.DeepEqual(bad(w.examine(t, nil)), []string{}), "what is wrong then")
	assert.Check(t, is.Equal(len(env.Result(0).Warnings), 0), "warnings of the guide's run")
	u := setup.NewUndo(env, journal.Undoing{Book: book})
	items, err := u.Plan(t.Context())
	assert.NilError(t, err)
	assert.NilError(t, u.Apply(t.Context(), items, engine.NewStop(), nil))
	assert.Check(t, is.DeepEqual(status(), []string{"INACTIVE"}), "after undo")
}
