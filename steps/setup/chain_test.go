package setup

import (
	"fmt"
	"testing"
	"time"

	"msgsso-wizard/apiclient/simulator"
)

// The longest chain of calls that need each other's answers, in an org where nothing is set up yet. A long
// catalogue of integration types takes one call more, for its second page.
//
//	planning  1  Genesys Cloud: token                         Okta: is this an Okta org?
//	          2  integration types, page 1 (beside: lists)    authorization servers and discovery document
//	          3  (page 2, in a long catalogue)                signing keys, access policies
//	          4  schema of the type's properties              rules
//	applying  5  install the integration                      create the app
//	          6  store the credential (beside: the draft)     assign, policy
//	          7  settings                                     rule
//	          8  activate
//	          9  publish
//	         10  deployment
//	         11  read back, four reads side by side
const (
	chainShort = 10
	chainLong  = 11
	slack      = 1.25
)

// TestCriticalPath is not parallel: the clock of a busy machine says little.
func TestCriticalPath(t *testing.T) {
	for seed := uint64(1); seed <= 2; seed++ {
		var ratio float64
		var told string
		// A machine that is too busy for the first tries gets longer calls, beside which its own time counts less. What
		// counts is how many calls wait for each other.
		for _, latency := range []time.Duration{50, 50, 50, 100, 200, 400} {
			latency *= time.Millisecond
			sim, session := world(t, simulator.Options{Seed: seed, Latency: latency})
			chain := chainShort
			if len(must(genesysAdmin(t, sim).IntegrationTypes(t.Context()))(t)) > 100 {
				chain = chainLong
			}
			start := time.Now()
			mustRun(t, session)
			took := time.Since(start)
			ratio = took.Seconds() / (time.Duration(chain) * latency).Seconds()
			told = fmt.Sprintf("seed %d: %v for a chain of %d calls of %v, %.2f of what it takes at least", seed, took.Round(time.Millisecond), chain, latency, ratio)
			if ratio <= slack {
				break
			}
		}
		t.Log(told)
		if ratio > slack {
			t.Errorf("more than %.2f", slack)
		}
	}
}
