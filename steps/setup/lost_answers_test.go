package setup

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/engine"
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
	for name := range guideWrites {
		for how, f := range map[string]simkit.Fault{"lost": {Lose: true, Times: 1}, "dropped": {Drop: true, Times: 1}} {
			for _, settle := range []time.Duration{0, 20 * time.Millisecond} {
				t.Run(strings.Join([]string{name, how, settle.String()}, " "), func(t *testing.T) {
					t.Parallel()
					sim, session := world(t, simulator.Options{Seed: 1, Settle: settle})
					fail(sim, name, f)
					before := count(sim)
					mustRun(t, session)
					assert.Check(t, is.DeepEqual(count(sim), guideMakes(before)), "objects")
					assert.Check(t, is.DeepEqual(lines(session.Made()), madeNow(session)), "what was made")
					for _, c := range session.Result(0).Changes {
						assert.Check(t, c.ID != "", "%s %q has no id", c.Kind, c.Name)
					}

					again := visit(t, sim)
					writesNothing(t, sim, again)
					assert.Check(t, is.DeepEqual(onlyFacts(again.Result(0)), onlyFacts(session.Result(0))), "result of the next visit")
				})
			}
		}
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
