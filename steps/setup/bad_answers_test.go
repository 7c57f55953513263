package setup

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/internal/kit"
)

// spoilt are the ways in which every call of a run goes wrong, one at a time and for good.
var spoilt = map[string]struct {
	fault simkit.Fault
	class explain.Class
	kind  error                    // of the cause; nil: a refusal
	but   map[string]explain.Class // the calls of which the wizard itself finds that they make no sense, by a part of their path
	fine  bool                     // writes succeed: what was carried out is found
}{
	"cut off":          {fault: simkit.Fault{Drop: true}, class: explain.ClassNetwork, kind: apiclient.ErrUnreachable},
	"a portal":         {fault: portal, class: explain.ClassNetwork, kind: apiclient.ErrNotAPI, but: map[string]explain.Class{"okta-organization": explain.ClassUsage}},
	"out of order":     {fault: brokenService, class: explain.ClassFault},
	"half of its JSON": {fault: said(`{"id":"`), class: explain.ClassFault, kind: apiclient.ErrMalformed, but: map[string]explain.Class{"okta-organization": explain.ClassUsage}},
	"null":             {fault: said(`null`), class: explain.ClassFault, kind: apiclient.ErrMalformed, but: map[string]explain.Class{"okta-organization": explain.ClassUsage}},
	"a list of null":   {fault: said(`[null]`), class: explain.ClassFault, kind: apiclient.ErrMalformed, but: map[string]explain.Class{"okta-organization": explain.ClassUsage}},
	"wrong types": {
		fault: said(`{"id":{},"entities":7,"keys":"x","issuer":[],"access_token":{},"properties":3,"grants":4,"version":[]}`),
		class: explain.ClassFault, kind: apiclient.ErrMalformed, but: map[string]explain.Class{"okta-organization": explain.ClassUsage},
	},
	"an empty object": {
		fault: said(`{}`), class: explain.ClassFault, kind: apiclient.ErrMalformed,
		but: map[string]explain.Class{"okta-organization": explain.ClassUsage, "openid-configuration": explain.ClassUsage, "/keys$": explain.ClassUsage, "/configschemas/": explain.ClassFault},
	},
	"a portal, after all": {fault: lost(portal), class: explain.ClassNetwork, kind: apiclient.ErrNotAPI, fine: true},
	"null, after all":     {fault: lost(said(`null`)), class: explain.ClassFault, kind: apiclient.ErrMalformed, fine: true},
	"no order, after all": {fault: lost(brokenService), class: explain.ClassFault, fine: true},
}

func said(body string) simkit.Fault {
	return simkit.Fault{Status: http.StatusOK, Header: jsonHeader, Body: body}
}

// lost is a fault that comes when the service has done what it was asked for.
func lost(f simkit.Fault) simkit.Fault { f.Lose = true; return f }

// optional are the reads with failures that are notices at most.
var optional = regexp.MustCompile(`/api/v1/org\$|/api/v1/policies|/subjects/me\$|/claims\$`)

// TestEveryCallFails has one call of a first run go wrong for good, in each way. The run ends with a sentence, makes
// nothing twice, and a later run makes what is missing.
func TestEveryCallFails(t *testing.T) {
	t.Parallel()
	calls := callsOfARun(t)
	assert.Assert(t, len(calls) >= 35, "%d calls: the run wasn't watched", len(calls))
	for name, how := range spoilt {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			type point struct {
				write
				sim     *simulator.Server
				session *Session
				before  kit.Census
				err     error
			}
			var points []*point
			var wg sync.WaitGroup
			for _, c := range calls {
				if how.fine && c.method == http.MethodGet {
					continue
				}
				sim, session := world(t, simulator.Options{Seed: 1})
				c.faults(sim).Add(fault(c.method, c.path, how.fault))
				p := &point{write: c, sim: sim, session: session, before: kit.Count(sim)}
				points = append(points, p)
				wg.Go(func() { _, p.err = runAll(t, session) }) // side by side: most of the time is spent waiting
			}
			wg.Wait()
			for _, p := range points {
				at := p.method + " " + p.path
				want, kind := how.class, how.kind
				for path, class := range how.but {
					if strings.Contains(p.path, path) {
						want, kind = class, nil
					}
				}
				if optional.MatchString(p.path) || how.fine && (p.method == http.MethodPost || p.method == http.MethodPatch) && !strings.Contains(p.path, "/oauth/") {
					want = 0
				}
				assert.Check(t, is.Equal(explain.ExitCode(p.err), int(want)), at+": exit code")
				if p.err != nil {
					e := asError(t, p.err)
					if strings.Contains(e.Problem, "itself broke") || e.Fix == "" || kind != nil && !errors.Is(e, kind) {
						t.Errorf("%s: %s %s (%v)", at, e.Problem, e.Fix, e.Err)
					}
					noSecretIn(t, p.sim, fmt.Sprintf("%v %+v %v", e, e, e.Err))
				}
				if !how.fine {
					assert.Check(t, is.DeepEqual(kit.Count(p.sim), tally(p.before, p.session.Made())), at+": objects that the changes tell of")
				}
				if kit.Count(p.sim) == p.before {
					continue // a later run is a first one
				}
				p.faults(p.sim).Clear()
				mustRun(t, visit(t, p.sim))
				assert.Check(t, is.DeepEqual(kit.Count(p.sim), guideMakes(p.before)), at+": objects in the end")
			}
		})
	}
}

// callsOfARun are those of an undisturbed first run, each once; an id in a path stands for any. The public file is
// left out: its failure is a warning, after ten seconds.
func callsOfARun(t *testing.T) []write {
	t.Helper()
	var (
		mu   sync.Mutex
		all  []write
		seen = map[write]bool{}
		id   = regexp.MustCompile(`(0oa\w{17}|00\w{18}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})`)
	)
	watch := func(genesys bool) func(http.Handler) http.Handler {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				c := write{r.Method, "^" + id.ReplaceAllString(r.URL.Path, id.String()) + "$", genesys}
				mu.Lock()
				if !seen[c] && !strings.Contains(c.path, "config.json") {
					seen[c], all = true, append(all, c)
				}
				mu.Unlock()
				next.ServeHTTP(w, r)
			})
		}
	}
	_, session := world(t, simulator.Options{Seed: 1, WrapOkta: watch(false), WrapGenesys: watch(true)})
	mustRun(t, session)
	return all
}

// A list whose next page comes round again may lack an object of the wizard's: nothing is created then.
func TestIncompleteListEndsRun(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		list    write
		answer  simkit.Fault
		problem string
	}{
		{
			write{http.MethodGet, "^/api/v1/apps$", false},
			simkit.Fault{Status: http.StatusOK, Body: `[]`, Header: http.Header{
				"Content-Type": {"application/json"}, "Link": {`</api/v1/apps?after=1>; rel="next"`},
			}},
			"Okta gave an incomplete list, so the wizard couldn't set up the app integration: its next page was read already.",
		},
		{
			write{http.MethodGet, "^/api/v2/integrations$", true},
			said(`{"entities":[],"nextUri":"/api/v2/integrations?pageNumber=2"}`),
			"Genesys Cloud gave an incomplete list, so the wizard couldn't read what exists: its next page was read already.",
		},
	} {
		t.Run(tt.list.path, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 1})
			tt.list.faults(sim).Add(fault(tt.list.method, tt.list.path, tt.answer))
			before := kit.Count(sim)
			_, err := runAll(t, session)
			assert.Check(t, is.Equal(explain.ExitCode(err), int(explain.ClassFault)), "exit code")
			assert.Check(t, is.Equal(asError(t, err).Problem, explain.Sentence(tt.problem)), "problem")
			assert.Check(t, is.Equal(errors.Is(err, apiclient.ErrIncompleteList), true), "the cause is kept")
			assert.Check(t, is.DeepEqual(kit.Count(sim), before), "objects in the end")
		})
	}
}
