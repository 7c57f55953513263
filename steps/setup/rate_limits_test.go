package setup

import (
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/services"
)

// TestRateLimitIsNeverExceeded: the org's own buckets and numbers, half of them for the token, in windows
// of 2 s instead of a minute. The wizard goes by the headers alone, so what it does in a short window it does in a
// long one: it is never refused, and waits once for each window that it uses up.
func TestRateLimitIsNeverExceeded(t *testing.T) {
	t.Parallel()
	const groups = 30
	var guard sentry
	var usedUp atomic.Int32 // windows
	wrap := func(next http.Handler) http.Handler {
		return guard.wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r)
			if w.Header().Get("X-Rate-Limit-Remaining") == "0" {
				usedUp.Add(1)
			}
		}))
	}
	sim, session := world(t, simulator.Options{Seed: 5, WrapOkta: wrap, Okta: oktasim.Options{
		Profile: oktasim.Integrator, Limits: oktasim.IntegratorLimits(), HalfForTokens: true, Window: 2 * time.Second, Groups: groups,
	}})
	var names []string
	for n := range groups {
		names = append(names, fmt.Sprintf("Group %04d", n+1))
	}
	set(t, session, guide.Assign, guide.AssignSelected)
	set(t, session, guide.AssignGroups, names...)
	var waits atomic.Int32
	session.Dial.(*services.Network).OnWait = func(text string, d time.Duration) {
		waits.Add(1)
		assert.Check(t, d <= 4*time.Second, "%s is longer than a window", text)
		session.Pause(text, d)
	}
	reported := watch(session, nil)
	before := kit.Count(sim).Okta
	plan := mustRun(t, session)
	assert.Check(t, is.Equal(slices.Contains(plan.Notices, passed(guide.SectionOkta, "Okta allows 10 app calls a minute here. The wizard slows down to match.")), true), "the budget is told")
	assert.Check(t, is.Equal(kit.Count(sim).Okta.GroupsAssigned-before.GroupsAssigned, groups), "groups assigned")
	calls := map[string]int{}
	for _, what := range guard.list() {
		calls[what.call]++
		assert.Check(t, what.status != http.StatusTooManyRequests, "%s was too much", what.call)
	}
	for call, n := range calls {
		assert.Check(t, call[:3] != http.MethodPut || n == 1, "%s was sent %d times", call, n)
	}
	// A list, a create and 30 assignments by tens use three windows up.
	n := waits.Load()
	assert.Check(t, n <= 3, "%d waits", n)
	paused := 0
	for _, ev := range reported.all {
		if ev.Phase == engine.Paused {
			paused++
		}
	}
	assert.Check(t, is.Equal(paused, int(waits.Load())), "waits that were shown")
}
