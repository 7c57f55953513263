package matrix

import (
	"context"
	"slices"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
)

// TestRolloutIsUndone: however far a run came that tries a version first, its undo returns the live deployment to its
// version, and deletes the test deployment.
func TestRolloutIsUndone(t *testing.T) {
	t.Parallel()
	for name, moves := range map[string]int{"tried": 0, "gone live": 1, "gone back": 2, "gone live again": 3} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 3})
			deployments := func() []genesys.Deployment {
				return kit.Must(kit.GenesysAdmin(t, w.sim).Deployments(t.Context()))(t)
			}
			website := deployments()[0]
			w.set(t, guide.MessengerConfig, website.ConfigurationID)
			w.set(t, guide.DeploymentName, website.ID)
			w.set(t, guide.Rollout, guide.RolloutTry)
			assert.NilError(t, w.apply(t.Context()))
			for range moves {
				plan := kit.Must(w.session.PlanRollout(t.Context()))(t)
				assert.NilError(t, w.session.Apply(t.Context(), plan, engine.NewStop()))
			}
			version := "1"
			if moves%2 == 1 {
				version = "3"
			}
			assert.Check(t, is.Equal(deployments()[0].ConfigurationVersion, version))
			w.undo(t)
			left := deployments()
			assert.Check(t, !slices.ContainsFunc(left, func(d genesys.Deployment) bool { return d.Name == website.Name+" (test)" }), "the test deployment is left")
			assert.Check(t, is.Equal(left[0].ConfigurationVersion, "1"))
			assert.Check(t, is.DeepEqual(left[0].AllowedDomains, website.AllowedDomains))
			assert.Check(t, !w.undoing().Left(), "something is left")
		})
	}
}

// TestUndoWhileSomeoneIsLive: undoing a run while a later rollout keeps its version live keeps the draft's sign-in, so that
// the next version has it, too. The plan names that rollout. Once that is undone, the draft is restored.
func TestUndoWhileSomeoneIsLive(t *testing.T) {
	t.Parallel()
	c := newComputer(t, simulator.Options{Seed: 3}, time.Millisecond)
	website := kit.Must(c.genesys.Deployments(t.Context()))(t)[0]
	r := c.set(t, map[guide.Key][]string{
		guide.MessengerConfig: {website.ConfigurationID}, guide.DeploymentName: {website.ID}, guide.Rollout: {guide.RolloutTry},
	})
	later := c.start(t, nil)
	later.journal.By("msgsso-wizard rollout")
	plan := kit.Must(later.session.PlanMove(t.Context(), website.ID, "3"))(t)
	assert.NilError(t, later.session.Apply(t.Context(), plan, engine.NewStop()))
	assert.NilError(t, later.journal.End(journal.Done))

	signsIn := func() bool { return kit.Must(c.genesys.Draft(t.Context(), website.ConfigurationID))(t).SignsIn() }
	undo := func(r *run, why map[guide.ObjectKind]string) {
		t.Helper()
		items := r.undo(t)
		for kind, want := range why {
			i := slices.IndexFunc(items, func(i engine.Item) bool { return i.Kind == kind && i.Act == engine.Keep })
			assert.Assert(t, i >= 0, "%s goes: %+v", kind, items)
			assert.Check(t, is.Equal(items[i].Why, want))
		}
	}
	id := later.journal.Run().ID
	moved := ": run " + id + " (msgsso-wizard rollout) moved it; undo that first: msgsso-wizard undo " + id
	undo(r, map[guide.ObjectKind]string{
		guide.KindConfiguration: `visitors of the deployment "Main website" sign in with version 3` + moved,
		guide.KindIntegration:   `visitors of the deployment "Main website" sign in with it` + moved,
	})
	assert.Check(t, signsIn())
	undo(later, nil)
	r.journal.Continue(r.journal.Run())
	undo(r, nil)
	assert.Check(t, !signsIn())
	assert.Check(t, is.Equal(kit.Must(c.genesys.Deployment(t.Context(), website.ID))(t).ConfigurationVersion, "1"))
}

// TestMoveIsKilledAnywhere: a move that is killed at any of its calls, before or after the service carried that out, can be
// repeated. Undo then returns the deployment to its version, whichever of the two moved it.
func TestMoveIsKilledAnywhere(t *testing.T) {
	t.Parallel()
	k := &trap{reads: true}
	c := newComputer(t, simulator.Options{Seed: 3, WrapGenesys: k.wrap}, time.Millisecond)
	website := kit.Must(c.genesys.Deployments(t.Context()))(t)[0]
	move := func(ctx context.Context) error {
		r := c.start(t, nil)
		r.journal.Continue(journal.NewRun(time.Now(), "test")) // each has its own
		plan, err := r.session.PlanMove(ctx, website.ID, "2")
		if err == nil && plan.Writes() {
			if err = r.session.Apply(ctx, plan, engine.NewStop()); err == nil {
				err = r.journal.End(journal.Done)
			}
		}
		if ctx.Err() != nil {
			r.gone()
		}
		return err
	}
	uses := func() string {
		return kit.Must(c.genesys.Deployment(t.Context(), website.ID))(t).ConfigurationVersion
	}
	for n, whole := 0, false; !whole; n++ {
		for _, after := range []bool{false, true} {
			ctx, kill := context.WithCancel(t.Context())
			k.set(n+1, after, kill)
			whole = move(ctx) == nil
			kill()
			k.arm(false)
			assert.NilError(t, move(t.Context()))
			assert.Check(t, is.Equal(uses(), "2"), "repeated after call %d", n)
			c.undoAll(t)
			assert.Check(t, is.Equal(uses(), "1"), "undone after call %d", n)
		}
		assert.Assert(t, n < 100)
		assert.Check(t, !whole || n > 5, "only %d calls", n)
	}
}
