package setup

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"sync"
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

// levels are the calls of a first run by how many calls come before them, in an org where nothing is set up yet. Those
// of one level need no answer of each other, so they are under way at the same time.
var levels = [][]string{
	{`POST /oauth/token`, `GET /\.well-known/okta-organization`},
	{
		`GET /api/v2/integrations/types`, `GET /api/v2/integrations/credentials/types`, `GET /api/v2/integrations`,
		`GET /api/v2/webdeployments/configurations`, `GET /api/v2/webdeployments/deployments`, `GET /api/v2/flows`,
		`GET /api/v2/organizations/me`, `GET /api/v2/authorization/subjects/me`,
		`GET /api/v1/apps`, `GET /api/v1/org`, `GET /api/v1/users/me`, `GET /api/v1/authorizationServers`, `GET /api/v1/trustedOrigins`,
		`GET /oauth2/default/\.well-known/openid-configuration`, `GET /api/v1/policies`,
	},
	{
		`GET /api/v1/users/\w+/roles`, `GET /api/v1/groups`, `GET /oauth2/default/v1/keys`,
		`GET /api/v1/authorizationServers/\w+/policies`, `GET /api/v1/policies/\w+/rules`, `GET /api/v1/authorizationServers/\w+/claims`, `GET /api/v2/integrations/types/[^/]+/configschemas/properties`,
	},
	{`POST /api/v1/apps`, `POST /api/v1/trustedOrigins`, `POST /api/v2/integrations`},
	{
		`PUT /api/v1/apps/\w+/groups/\w+`, `POST /api/v1/authorizationServers/\w+/policies`,
		`POST /api/v2/integrations/credentials`, `POST /api/v2/webdeployments/configurations`,
	},
	{`POST /api/v1/authorizationServers/\w+/policies/\w+/rules`, `PUT /api/v2/integrations/[0-9a-f-]{36}/config/current`},
	{`PATCH /api/v2/integrations/[0-9a-f-]{36}`},
	{`POST /api/v2/webdeployments/configurations/[^/]+/versions/draft/publish`},
	{`POST /api/v2/webdeployments/deployments`},
	{
		`GET /api/v2/webdeployments/deployments/[^/]+`, `GET /api/v2/webdeployments/configurations/[^/]+/versions/1`,
		`GET /api/v2/integrations/[0-9a-f-]{36}`, `GET /webdeployments/v1/deployments/[^/]+/config\.json`,
	},
}

// meetings has the first call of each kind wait for the others of its level.
type meetings struct {
	t     *testing.T
	mu    sync.Mutex
	level map[string]*sync.WaitGroup // by the pattern; a pattern goes away with its first call
	calls []string                   // of no level
}

func newMeetings(t *testing.T) *meetings {
	t.Helper()
	m := &meetings{t: t, level: map[string]*sync.WaitGroup{}}
	for _, patterns := range levels {
		all := &sync.WaitGroup{}
		all.Add(len(patterns))
		for _, p := range patterns {
			m.level[p] = all
		}
	}
	return m
}

// arrive returns the level of a call; nil: it is of none.
func (m *meetings) arrive(call string) *sync.WaitGroup {
	m.mu.Lock()
	defer m.mu.Unlock()
	for pattern, all := range m.level {
		if regexp.MustCompile("^" + pattern + "$").MatchString(call) {
			delete(m.level, pattern)
			return all
		}
	}
	m.calls = append(m.calls, call)
	return nil
}

func (m *meetings) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := r.Method + " " + r.URL.Path
		if all := m.arrive(call); all != nil {
			all.Done()
			met := make(chan struct{})
			go func() { all.Wait(); close(met) }()
			select {
			case <-met:
			case <-time.After(time.Minute):
				m.t.Errorf("%s is under way without the other calls of its level", call)
				panic(http.ErrAbortHandler)
			}
		}
		next.ServeHTTP(w, r)
	})
}

// A run needs as few round trips as there are levels: calls that do not need each other's answers are sent side by side.
func TestIndependentCallsRunInParallel(t *testing.T) {
	t.Parallel()
	m := newMeetings(t)
	_, session := world(t, simulator.Options{Seed: 1, WrapOkta: m.wrap, WrapGenesys: m.wrap})
	mustRun(t, session)
	for pattern := range m.level {
		t.Errorf("no call %s", pattern)
	}
	assert.Check(t, is.DeepEqual(m.calls, []string(nil)), "other calls")
}

// TestNodesHaveWords: whichever node fails, the error says what the wizard was about to do.
func TestNodesHaveWords(t *testing.T) {
	t.Parallel()
	_, session := world(t, simulator.Options{})
	for _, method := range []string{guide.OktaByToken, guide.OktaManual} {
		set(t, session, guide.OktaSignIn, method)
		for _, fix := range []*Fix{nil, {Nodes: []guide.StepID{guide.StepAssignUser}}} {
			run := session.build(session.Answers, fix).run
			run.SectionsOf(func(id guide.StepID, section guide.SectionID) bool {
				assert.Check(t, id.Doing() != "", "%s has no words", id)
				if !slices.ContainsFunc(guide.Sections(), func(s guide.Section) bool { return s.ID == section }) {
					t.Errorf("%s is in no section of the guide", id)
				}
				return false
			})
		}
	}
}

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
		Profile: oktasim.Integrator, Limits: oktasim.Limits(oktasim.Integrator), HalfForTokens: true, Window: 2 * time.Second, Groups: groups,
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
