package signintest

import (
	"strings"
	"testing"

	"msgsso-wizard/steps/setup"
)

// Played is a scene for tests that also look with doctor, which this package can't import.
type Played struct {
	Session    *setup.Session
	Deployment string            // its id
	Hosts      map[string]string // the simulators' addresses, and what a table has in their place
	Run        func(Setup) Result
}

// Play sets a scene up and breaks what it breaks.
func Play(t *testing.T, name string) Played {
	t.Helper()
	s, known := scenes[name]
	if !known {
		t.Fatalf("there is no scene %q", name)
	}
	w := s.world(t)
	return Played{w.env, w.setup.DeploymentID, w.hosts(), func(made Setup) Result {
		w.setup = made
		return w.run(t, alice).Result
	}}
}

func (w *world) hosts() map[string]string {
	return map[string]string{
		strings.TrimPrefix(w.Sim.OktaURL(), "http://"): "acme.okta.com", strings.TrimPrefix(w.Sim.GenesysURL(), "http://"): "api.mypurecloud.de",
	}
}
