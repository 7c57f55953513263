package setup

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

var brokenService = simkit.Fault{Status: http.StatusInternalServerError, Header: jsonHeader, Body: `{}`}

// madeNow are the changes of a whole first run as they are told after it.
func madeNow(session *Session) []string {
	want := slices.Clone(firstVisit)
	want[slices.Index(want, "create | credential | client credentials")] = "create | credential | client " + session.Result(0).Okta.ClientID
	return want
}

// TestLostAnswers cuts the connection once at every write, before or after the service carries it out. Apply
// mends it by itself.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	for _, name := range writeNames() {
		for how, f := range map[string]simkit.Fault{"lost": {Lose: true, Times: 1}, "dropped": {Drop: true, Times: 1}} {
			for _, settle := range []time.Duration{0, 20 * time.Millisecond} {
				t.Run(strings.Join([]string{name, how, settle.String()}, " "), func(t *testing.T) {
					t.Parallel()
					sim, session := world(t, simulator.Options{Seed: 1, Settle: settle})
					w := guideWrites[name]
					w.faults(sim).Add(fault(w.method, w.path, f))
					before := count(sim)
					mustRun(t, session)
					same(t, "objects", guideMakes(before), count(sim))
					same(t, "what was made", madeNow(session), lines(session.Made()))
					for _, c := range session.Result(0).Changes {
						if c.ID == "" {
							t.Errorf("%s %q has no id", c.Kind, c.Name)
						}
					}

					again := visit(t, sim)
					writesNothing(t, sim, again)
					same(t, "result of the next visit", onlyFacts(session.Result(0)), onlyFacts(again.Result(0)))
				})
			}
		}
	}
}

// TestFailedWritesResume lets every write fail for good, then goes on where it stopped.
func TestFailedWritesResume(t *testing.T) {
	t.Parallel()
	stepOf := map[string]string{"origin": "origins", "policy": "access-policy", "rule": "access-policy"}
	for _, name := range writeNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			w := guideWrites[name]
			w.faults(sim).Add(fault(w.method, w.path, brokenService))
			before := count(sim)
			_, err := runAll(t, session)
			step, service := name, apiclient.Okta
			if s, ok := stepOf[name]; ok {
				step = s
			}
			if w.genesys {
				service = apiclient.GenesysCloud
			}
			same(t, "step", step, asError(t, err).Step)
			same(t, "refusal", refusal{
				Class: explain.ClassFault, Retry: true, Problem: string(service) + " has a problem of its own (HTTP 500) and could not " + explain.Doing[step] + ".",
				Fix: "Try again in a moment; the wizard looks first and makes nothing twice.",
			}, refusalOf(t, sim, err))
			same(t, "objects that the changes tell of", tally(before, session.Made()), count(sim))

			w.faults(sim).Clear()
			mustRun(t, visit(t, sim))
			same(t, "objects after the next visit", guideMakes(before), count(sim))
		})
	}
}

// tally adds to a census what the changes say was created.
func tally(c census, made []engine.Change) census {
	for _, m := range made {
		if m.Verb != engine.Create {
			continue
		}
		switch m.Kind {
		case guide.KindApp:
			c.Okta.Apps++
			c.Okta.Secrets++
		case guide.KindAssignment:
			c.Okta.GroupsAssigned++
		case guide.KindOrigin:
			c.Okta.TrustedOrigins++
		case guide.KindPolicy:
			c.Okta.Policies++
		case guide.KindRule:
			c.Okta.Rules++
		case guide.KindIntegration:
			c.Genesys.Integrations++
		case guide.KindCredential:
			c.Genesys.Credentials++
		case guide.KindConfiguration:
			c.Genesys.Configurations++
		case guide.KindVersion:
			c.Genesys.Versions++
		case guide.KindDeployment:
			c.Genesys.Deployments++
		}
	}
	return c
}
