package verify

import (
	"context"
	"encoding/json"
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
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestFactsAreKept: neither a plan that was left nor a revoked token makes a session forget what it came to, and an
// undo does not close the orgs.
func TestFactsAreKept(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{})
	network, answers := services.New(), guide.NewAnswers()
	t.Cleanup(network.Close)
	assert.NilError(t, answers.FromEnvironment(simtest.Lookup(sim)))
	assert.NilError(t, answers.Set(guide.OktaToken, guide.FromUser, sim.Credentials().OktaToken))
	s := &setup.Session{Answers: answers, Dial: network, Calls: network.Calls, Poll: time.Millisecond}
	plan, err := s.Plan(t.Context())
	assert.NilError(t, err)
	assert.NilError(t, s.Apply(t.Context(), plan, engine.NewStop()))
	made := s.Result(0)
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
	_, err = s.Plan(left)
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
