package matrix

import (
	"sync/atomic"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
)

// early is longer than a read is taken to be out of date, which is 100 ms with a first pause of 5 ms.
const early = 400 * time.Millisecond

// TestActiveInTheAnswerOnly writes deployments whose answers say Active while reads say Pending for longer than a read
// may be out of date: the run waits as long as a deployment may take.
func TestActiveInTheAnswerOnly(t *testing.T) {
	t.Parallel()
	var opts simulator.Options
	opts.Genesys.EarlyActive = early
	c := newComputer(t, opts, lagPoll)
	for _, step := range []struct {
		name    string
		answers map[guide.Key][]string
	}{
		{"POST", nil},
		{"PUT", map[guide.Key][]string{guide.RedirectURIs: {"https://www.example.com/chat"}}},
		{"nothing to change", nil},
	} {
		r := c.set(t, step.answers)
		got := r.result.Genesys.DeploymentID
		assert.Check(t, got != "" && r.result.Snippet != "", "%s: deployment %q", step.name, got)
	}
}

// TestIntegrationActiveInTheAnswerOnly is the same of an integration, which ends more looks than a read may be out of
// date for.
func TestIntegrationActiveInTheAnswerOnly(t *testing.T) {
	t.Parallel()
	const looks = 12
	var seen atomic.Int32
	c := newComputer(t, simulator.Options{
		WrapGenesys: rewriting("GET", `/api/v2/integrations/[0-9a-f-]{36}$`, `"code":\s*"ACTIVE"`, `"code":"ACTIVATING"`, func(n int32) bool {
			seen.Store(n)
			return n <= looks
		}),
	}, lagPoll)
	c.set(t, nil)
	assert.Check(t, seen.Load() > looks, "the integration was read %d times", seen.Load())
}
