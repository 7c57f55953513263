package verify

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// session is one whose answers are those of an admin of the simulated orgs; only those of keys, if any are named.
func session(t *testing.T, sim *simulator.Server, keys ...guide.Key) *setup.Session {
	t.Helper()
	network, answers := services.New(), guide.NewAnswers()
	t.Cleanup(network.Close)
	assert.NilError(t, answers.FromEnvironment(simtest.Lookup(sim)))
	if len(keys) > 0 {
		answers = answers.Only(keys...)
	}
	return &setup.Session{Answers: answers, Dial: network, Calls: network.Calls, Poll: time.Millisecond}
}

// setUp runs the whole guide.
func setUp(t *testing.T, s *setup.Session) setup.Result {
	t.Helper()
	plan, err := s.Plan(t.Context())
	assert.NilError(t, err)
	assert.NilError(t, s.Apply(t.Context(), plan, engine.NewStop()))
	return s.Result(0)
}

// TestWhatIsKnownStays: neither a plan that was left nor a revoked token makes a session forget what it came to, and an
// undo does not close the orgs.
func TestWhatIsKnownStays(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{})
	s := session(t, sim)
	assert.NilError(t, s.Answers.Set(guide.OktaToken, guide.FromUser, sim.Credentials().OktaToken))
	made := setUp(t, s)
	unchanged := func(after string) {
		t.Helper()
		now := s.Result(0)
		now.Calls = made.Calls
		want, _ := json.Marshal(made)
		got, _ := json.Marshal(now)
		assert.Check(t, is.Equal(string(got), string(want)), "after %s the result is\n%s\nwant\n%s", after, got, want)
		view := s.View().Get(guide.DiscoveryURI)
		assert.Check(t, view.From == guide.FromOrg && view.Value == made.Okta.DiscoveryURI,
			"after %s the view has %+v", after, view)
	}
	unchanged("the run")
	left, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Plan(left)
	assert.Check(t, is.ErrorIs(err, context.Canceled), "a plan that was left")
	unchanged("a plan that was left")
	assert.Check(t, s.Revocable(), "the typed token is not offered to be revoked")
	assert.NilError(t, s.Revoke(t.Context()))
	unchanged("the token was revoked")
	assert.Check(t, !s.Revocable(), "the token is offered to be revoked again")
	identity := s.Identity()
	s.StartOver()
	now := s.Identity()
	assert.Check(t, now == identity && now != (setup.Identity{}),
		"the session is in %+v, and was in %+v", now, identity)
	view := s.View().Get(guide.DiscoveryURI)
	assert.Check(t, !view.Given, "the view still has %+v", view)
}

// TestAFixPlansItsOwnPartAgain: a fix that is carried out later than planned needs no more answers than before.
func TestAFixPlansItsOwnPartAgain(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{})
	made := setUp(t, session(t, sim))
	address := sim.GenesysURL() + "/api/v2/integrations/" + made.Genesys.IntegrationID
	disable := func() {
		simtest.Call(t, sim, http.MethodPatch, address, `{"intendedState":"DISABLED"}`)
	}
	disable()
	bench := &Bench{Env: session(t, sim, guide.GenesysRegion, guide.GenesysClientID, guide.GenesysClientSecret), Deployment: made.Genesys.DeploymentID}
	_, err := bench.Examine(t.Context())
	assert.NilError(t, err)
	plan, err := bench.PlanFix(t.Context(), signintest.FixIntegration)
	assert.NilError(t, err)
	for range 2 { // the second time the plan is used up, so that it is made again
		assert.NilError(t, bench.Fix(t.Context(), plan, engine.NewStop()))
		state := simtest.Call(t, sim, http.MethodGet, address, "")["intendedState"]
		assert.Check(t, state == "ENABLED", "the integration is %v", state)
		disable()
	}
}
