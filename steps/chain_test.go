package steps

import (
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
	const latency = 50 * time.Millisecond
	for seed := uint64(1); seed <= 2; seed++ {
		best := time.Hour
		var limit time.Duration
		var chain int
		for range 6 { // on a busy machine the best of several is the program's own time
			sim, env := world(t, simulator.Options{Seed: seed, Latency: latency})
			chain = chainShort
			if len(must(genesysAdmin(t, sim).IntegrationTypes(t.Context()))(t)) > 100 {
				chain = chainLong
			}
			limit = time.Duration(slack * float64(chain) * float64(latency))
			start := time.Now()
			mustRun(t, env)
			best = min(best, time.Since(start))
			if best <= limit {
				break
			}
		}
		t.Logf("seed %d: %v for a chain of %d calls, %.2f of what it takes at least", seed, best.Round(time.Millisecond), chain, best.Seconds()/(time.Duration(chain)*latency).Seconds())
		if best > limit {
			t.Errorf("seed %d: %v, more than %v", seed, best, limit)
		}
	}
}
