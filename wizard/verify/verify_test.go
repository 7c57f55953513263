package verify

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"time"

	"go.uber.org/goleak"

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
	noError(t, answers.FromEnvironment(simtest.Lookup(sim)))
	if len(keys) > 0 {
		answers = answers.Only(keys...)
	}
	return &setup.Session{Answers: answers, Dial: network, Calls: network.Calls, Poll: time.Millisecond}
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// setUp runs the whole guide.
func setUp(t *testing.T, s *setup.Session) setup.Result {
	t.Helper()
	plan, err := s.Plan(t.Context())
	noError(t, err)
	noError(t, s.Apply(t.Context(), plan, engine.NewStop()))
	return s.Result(0)
}

// TestWhatIsKnownStays: neither a plan that was left nor a revoked token makes a session forget what it came to, and an
// undo does not close the orgs.
func TestWhatIsKnownStays(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{})
	s := session(t, sim)
	noError(t, s.Answers.Set(guide.OktaToken, guide.FromUser, sim.Credentials().OktaToken))
	made := setUp(t, s)
	unchanged := func(after string) {
		t.Helper()
		now := s.Result(0)
		now.Calls = made.Calls
		want, _ := json.Marshal(made)
		if got, _ := json.Marshal(now); string(got) != string(want) {
			t.Errorf("after %s the result is\n%s\nwant\n%s", after, got, want)
		}
		if view := s.View().Get(guide.DiscoveryURI); view.From != guide.FromOrg || view.Value != made.Okta.DiscoveryURI {
			t.Errorf("after %s the view has %+v", after, view)
		}
	}
	unchanged("the run")
	left, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Plan(left); !errors.Is(err, context.Canceled) {
		t.Errorf("a plan that was left: %v", err)
	}
	unchanged("a plan that was left")
	if !s.Revocable() {
		t.Error("the typed token is not offered to be revoked")
	}
	noError(t, s.Revoke(t.Context()))
	unchanged("the token was revoked")
	if s.Revocable() {
		t.Error("the token is offered to be revoked again")
	}
	identity := s.Identity()
	s.StartOver()
	if now := s.Identity(); now != identity || now == (setup.Identity{}) {
		t.Errorf("the session is in %+v, and was in %+v", now, identity)
	}
	if view := s.View().Get(guide.DiscoveryURI); view.Given {
		t.Errorf("the view still has %+v", view)
	}
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
	noError(t, err)
	plan, err := bench.PlanFix(t.Context(), signintest.FixIntegration)
	noError(t, err)
	for range 2 { // the second time the plan is used up, so that it is made again
		noError(t, bench.Fix(t.Context(), plan, engine.NewStop()))
		if state := simtest.Call(t, sim, http.MethodGet, address, "")["intendedState"]; state != "ENABLED" {
			t.Errorf("the integration is %v", state)
		}
		disable()
	}
}
