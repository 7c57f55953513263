package matrix

import (
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
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
			assert.NilError(t, w.run(t))
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
