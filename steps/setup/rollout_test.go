package setup

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// tried is a world in which a run tries a new version of the live website's configuration first.
func tried(t *testing.T) (*simulator.Server, *Session) {
	t.Helper()
	sim, session := world(t, simulator.Options{Seed: 3})
	website, _ := theWebsite(t, sim)
	set(t, session, guide.MessengerConfig, website.Name)
	set(t, session, guide.DeploymentName, "Main website")
	return sim, session
}

// TestRolloutIsOffered: moving a live deployment raises the question when, and a new one doesn't.
func TestRolloutIsOffered(t *testing.T) {
	t.Parallel()
	_, session := tried(t)
	asked := func() (keys []guide.Key) {
		for _, q := range session.Answers.Questions(guide.SectionDeployment) {
			if q.Learned && q.Asked(session.Answers) {
				keys = append(keys, q.Key)
			}
		}
		return keys
	}
	plan := planned(t, session)
	assert.Check(t, is.DeepEqual(asked(), []guide.Key{guide.Rollout}))
	assert.Check(t, is.Equal(why(plan, guide.StepDeployment), "update: version 1 → 3, allows localhost"))
	assert.Check(t, is.Contains(noticesOf(plan, guide.SectionDeployment),
		`This moves the live deployment "Main website" (www.acmecc.example, shop.acmecc.example) to the new version at once. To test it first, choose Try it first (Rollout).`))
	set(t, session, guide.Rollout, guide.RolloutTry)
	assert.Check(t, is.DeepEqual(asked(), []guide.Key{guide.Rollout, guide.StagingHosts}))
	set(t, session, guide.DeploymentName, "New page")
	planned(t, session)
	assert.Check(t, is.Len(asked(), 0))
}

// TestTryFirst: the live deployment keeps its version until the user goes live, and gets it back.
func TestTryFirst(t *testing.T) {
	t.Parallel()
	sim, session := tried(t)
	set(t, session, guide.Rollout, guide.RolloutTry)
	set(t, session, guide.StagingHosts, "staging.acmecc.example")
	website, live := theWebsite(t, sim)
	before := rawGet(t, sim, deploymentPath+live.ID)
	plan := mustRun(t, session)
	assert.Check(t, is.Equal(why(plan, guide.StepDeployment), "reuse: keeps version 1 until you go live"))
	assert.Check(t, is.Equal(why(plan, guide.StepTestDeployment), "create: uses the new version, allows localhost, staging.acmecc.example"))
	assert.Check(t, is.DeepEqual(rawGet(t, sim, deploymentPath+live.ID), before), "the live deployment")
	assert.Check(t, is.DeepEqual(noticesOf(plan, guide.SectionDeployment), []string{
		`Pages of the live deployment "Main website" (www.acmecc.example, shop.acmecc.example) keep version 1 until you go live.`,
		"No sign-in redirect URI is on staging.acmecc.example, so visitors can't sign in there. Add the page's URL.",
	}))
	r := session.Result(0)
	admin := kit.GenesysAdmin(t, sim)
	test := kit.Must(admin.Deployment(t.Context(), r.Genesys.DeploymentID))(t)
	assert.Check(t, is.DeepEqual([]string{test.Name, test.ConfigurationID, test.ConfigurationVersion, test.FlowID}, []string{"Main website (test)", website.ID, "3", live.FlowID}))
	assert.Check(t, is.DeepEqual(test.AllowedDomains, []string{"localhost", "staging.acmecc.example"}))
	assert.Check(t, is.Equal(r.Snippet, test.Snippet))

	writesNothing(t, sim, session) // again: nothing is left to do
	for _, step := range []struct{ verb, version string }{{"update: version 1 → 3", "3"}, {"update: version 3 → 1", "1"}} {
		plan := kit.Must(session.PlanRollout(t.Context()))(t)
		assert.Check(t, is.Equal(why(plan, guide.StepDeployment), step.verb))
		assert.NilError(t, apply(t, session, plan))
		now := kit.Must(admin.Deployment(t.Context(), live.ID))(t)
		assert.Check(t, is.Equal(now.ConfigurationVersion, step.version))
		assert.Check(t, is.DeepEqual(now.AllowedDomains, live.AllowedDomains))
		state := session.Result(0).Rollout
		assert.Check(t, is.Equal(state.Live, step.version))
		assert.Check(t, is.Equal(state.IsLive(), step.version == "3"))
	}
}
