package doctor

import (
	"testing"

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
		noError(t, err)
		for _, o := range origins {
			all = append(all, o.Status)
		}
		return all
	}
	env := w.visit(t, both...)
	book := journal.NewBook(nil, "test", env.Answers)
	env.Journal = book
	plan, err := PlanFix(t.Context(), env, w.examine(t, nil), FixOrigins)
	noError(t, err)
	noError(t, env.Apply(t.Context(), plan, engine.NewStop()))
	same(t, "after the fix", []string{"ACTIVE"}, status())
	same(t, "what is wrong then", []string{}, bad(w.examine(t, nil)))
	same(t, "warnings of the guide's run", 0, len(env.Result(0).Warnings))
	u := setup.NewUndo(env, journal.Undoing{Book: book})
	items, err := u.Plan(t.Context())
	noError(t, err)
	noError(t, u.Apply(t.Context(), items, engine.NewStop(), nil))
	same(t, "after undo", []string{"INACTIVE"}, status())
}
