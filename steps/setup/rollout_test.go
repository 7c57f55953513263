package setup

import (
	"regexp"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
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
		result := session.Result(0)
		state := result.Rollout
		assert.Check(t, is.Equal(state.Live, step.version))
		assert.Check(t, is.Equal(state.IsLive(), step.version == "3"))
		shown := map[bool]genesys.Deployment{true: now, false: test}[state.IsLive()] // what is shown is what is tested
		assert.Check(t, is.Equal(result.Genesys.DeploymentID, shown.ID))
		assert.Check(t, is.Equal(result.Genesys.ConfigurationVersion, "3"))
		assert.Check(t, is.Equal(result.Snippet, shown.Snippet))
	}
}

// TestMoveSaysWhatVisitorsNotice: whether a move begins, ends, or keeps sign-in is said before it.
func TestMoveSaysWhatVisitorsNotice(t *testing.T) {
	t.Parallel()
	sim, session := tried(t)
	mustRun(t, session) // the website uses version 3, which requires sign-in
	website, live := theWebsite(t, sim)
	admin := kit.GenesysAdmin(t, sim)
	publish := func(integration string) { // the next version
		draft := kit.Must(admin.Draft(t.Context(), website.ID))(t)
		draft.Auth.IntegrationID = integration
		kit.Must(admin.UpdateDraft(t.Context(), draft))(t)
		kit.Must(admin.Publish(t.Context(), website.ID))(t)
	}
	current := session.Result(0).Genesys.IntegrationID
	publish(current)
	other := kit.Must(admin.CreateIntegration(t.Context(), "Other sign-in", kit.Must(admin.Integration(t.Context(), current))(t).TypeID))(t)
	publish(other.ID)
	notices := func(version string) []string {
		return noticesOf(kit.Must(visit(t, sim).PlanMove(t.Context(), live.ID, version))(t), guide.SectionDeployment)
	}
	const pages = `This changes Messenger on the pages of "Main website" (www.acmecc.example, shop.acmecc.example, localhost). `
	assert.Check(t, is.Equal(notices("1")[0], pages+"Then visitors chat without signing in."))
	assert.Check(t, is.Equal(notices("4")[0], pages+"Sign-in stays as it is. Genesys Cloud doesn't document whether running chats notice the move."))
	assert.Check(t, is.Len(notices("3"), 0), "it uses version 3")
	live.ConfigurationVersion = "2"
	kit.Must(admin.UpdateDeployment(t.Context(), live))(t)
	assert.Check(t, is.Contains(notices("1")[0], "). Visitors chat without signing in, as before."))
	live.ConfigurationVersion = "3"
	kit.Must(admin.UpdateDeployment(t.Context(), live))(t)

	_, err := visit(t, sim).PlanMove(t.Context(), live.ID, "5")
	assert.Check(t, is.Equal(asError(t, err).Problem, `Version 5 signs visitors in with an integration "Other sign-in" that isn't Active, so sign-in would fail. No changes were made.`))
}

// TestMoveIsRefused: a deployment isn't moved to a version that doesn't exist or can't sign visitors in, and not away from
// one that others moved it to.
func TestMoveIsRefused(t *testing.T) {
	t.Parallel()
	sim, session := tried(t)
	set(t, session, guide.Rollout, guide.RolloutTry)
	mustRun(t, session)
	_, live := theWebsite(t, sim)
	admin := kit.GenesysAdmin(t, sim)
	plan := kit.Must(session.PlanRollout(t.Context()))(t)
	theirs := live
	theirs.ConfigurationVersion = "2"
	kit.Must(admin.UpdateDeployment(t.Context(), theirs))(t)
	err := asError(t, apply(t, session, plan))
	assert.Check(t, is.Contains(err.Problem, `Deployment "Main website" was moved to version 2 of `))
	assert.Check(t, is.Equal(kit.Must(admin.Deployment(t.Context(), live.ID))(t).ConfigurationVersion, "2"))

	// The version is gone: before the plan, and after it.
	gone := sim.Genesys().Faults.Add
	kit.Must(admin.UpdateDeployment(t.Context(), live))(t)
	plan = kit.Must(session.PlanRollout(t.Context()))(t)
	gone(simkit.Fault{
		Method: "PUT", Path: regexp.MustCompile("/deployments/"), Status: 400, Times: 1,
		Body: `{"code":"constraint.validation","message":"The configuration version does not exist.","status":400}`,
	})
	err = asError(t, apply(t, session, plan))
	assert.Check(t, is.Equal(err.Problem, "Genesys Cloud refused to set the deployment."))
	assert.Check(t, is.Equal(kit.Must(admin.Deployment(t.Context(), live.ID))(t).ConfigurationVersion, "1"))
	gone(simkit.Fault{Method: "GET", Path: regexp.MustCompile("/versions/3$"), Status: 404, Times: 1, Body: `{"status":404}`})
	_, refused := session.PlanRollout(t.Context())
	assert.Check(t, is.Contains(asError(t, refused).Problem, `The configuration of deployment "Main website" has no version 3.`))

	_, refused = session.PlanMove(t.Context(), live.ID, "9")
	assert.Check(t, is.Equal(asError(t, refused).Fix, "Choose one of its versions: 3, 2, 1."))
	kit.Must(admin.DisableIntegration(t.Context(), session.Result(0).Genesys.IntegrationID))(t)
	_, refused = session.PlanMove(t.Context(), live.ID, "3")
	assert.Check(t, is.Equal(asError(t, refused).Problem, `Version 3 signs visitors in with an integration "Messenger SSO (Okta)" that isn't Active, so sign-in would fail. No changes were made.`))
	assert.Check(t, is.Equal(asError(t, refused).Class, explain.ClassConflict))
}

// TestPreviousVersion: the older version that the deployment used before; without a record, the one below.
func TestPreviousVersion(t *testing.T) {
	t.Parallel()
	moved := func(before, after string) engine.PastRun {
		return engine.PastRun{Entries: []engine.Entry{{
			Kind: guide.KindDeployment, Verb: engine.Update, Ref: engine.Ref{ID: "d"},
			Fields: []engine.FieldChange{{Field: "configuration", Before: engine.Text("c"), After: engine.Text("c")}, {Field: "configuration version", Before: engine.Text(before), After: engine.Text(after)}},
		}}}
	}
	for name, tt := range map[string]struct {
		now  string
		runs []engine.PastRun
		want string // empty: none
	}{
		"no record":                     {now: "10", want: "9"},
		"moved forward":                 {now: "10", runs: []engine.PastRun{moved("7", "10")}, want: "7"},
		"moved twice":                   {now: "10", runs: []engine.PastRun{moved("7", "10"), moved("10", "8"), moved("8", "10")}, want: "8"},
		"gone back":                     {now: "7", runs: []engine.PastRun{moved("7", "10"), moved("10", "7")}, want: ""},
		"gone back twice":               {now: "9", runs: []engine.PastRun{moved("9", "10"), moved("10", "9")}, want: ""}, // and not to 7
		"back to the one after another": {now: "9", runs: []engine.PastRun{moved("7", "9"), moved("9", "10"), moved("10", "9")}, want: "7"},
		"others moved it":               {now: "9", runs: []engine.PastRun{moved("7", "10")}, want: "7"},
		"the first":                     {now: "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := Versions{
				Deployment: genesys.Deployment{ID: "d", Name: "Web SSO", ConfigurationVersion: tt.now},
				All:        []Version{{Version: "10"}, {Version: "9"}, {Version: "7"}, {Version: "1"}},
			}
			if tt.now == "7" {
				v.All = v.All[:3]
			}
			got, err := v.Previous(tt.runs...)
			assert.Check(t, is.Equal(got, tt.want))
			assert.Check(t, is.Equal(err != nil, tt.want == ""), "%v", err)
		})
	}
}
