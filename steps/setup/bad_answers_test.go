package setup

import (
	"cmp"
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
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
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
			for i, c := range calls {
				if every := repeat.Every(5, 1); how.fine && c.method == http.MethodGet || (i+len(name))%every != 0 {
					continue // the faults take turns
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

// TestOktaErrors: every row of contract okta.md 1.7, answered to the call that creates the app.
func TestOktaErrors(t *testing.T) {
	t.Parallel()
	codes := map[string][]any{"E0000001": {"label"}, "E0000007": {"0oa1", "AppInstance"}, "E0000113": {"label"}, "E0000195": {"label"}}
	for code := range strings.FieldsSeq("411 E0000003 E0000004 E0000005 E0000006 E0000008 E0000009 E0000010 E0000011 E0000013 E0000015 E0000021 E0000022 " +
		"E0000024 E0000047 E0000056 E0000239") {
		codes[code] = nil
	}
	vendorErrors(t, codes, func(code string, details ...any) (string, simkit.Fault) {
		f := oktasim.Refusal(code, details...)
		switch code {
		case "411": // it has no body
			f = simkit.Fault{Status: http.StatusLengthRequired}
		case "E0000047":
			f.Header.Set("Retry-After", "3600")
		}
		return "app", f
	}, "")
}

// vendorErrors has a call of a run answered with each error; all have that request ID, unless it is empty. The run ends as the
// golden file has it, and without the error a new one ends well.
func vendorErrors(t *testing.T, codes map[string][]any, answer func(code string, args ...any) (call string, f simkit.Fault), request string) {
	t.Helper()
	said := kit.Golden(t, len(codes))
	for code, args := range codes {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			call, f := answer(code, args...)
			fail(sim, call, f)
			before := kit.Count(sim)
			_, err := runAll(t, session)
			said(code, refusalOf(t, sim, err).String())
			e := asError(t, err)
			assert.Check(t, is.Equal(string(e.Step), call), "step")
			assert.Check(t, request == "" || e.RequestID == request, "request %s", e.RequestID)
			assert.Check(t, is.DeepEqual(kit.Count(sim), tally(before, session.Made())), "objects that the changes tell of")

			sim.Okta().Faults.Clear()
			sim.Genesys().Faults.Clear()
			mustRun(t, visit(t, sim))
		})
	}
}

// TestNameTakenAfterPlan: Okta says of a name that it is taken by a 400, though the look before found none.
func TestNameTakenAfterPlan(t *testing.T) {
	t.Parallel()
	for call, tt := range map[string]struct {
		question guide.Key
		problem  string
	}{
		"app":    {guide.AppName, "Okta already has an app integration with this name: An object with this field already exists."},
		"origin": {"", "An existing object conflicts, so the wizard couldn't set the trusted origins. Okta says: An object with this field already exists."},
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			f := said(`{"errorCode":"E0000001","errorSummary":"Api validation failed: name","errorId":"oae1","errorCauses":[{"errorSummary":"An object with this field already exists."}]}`)
			f.Status = http.StatusBadRequest
			fail(sim, call, f)
			before := kit.Count(sim)
			_, err := runAll(t, session)
			e := failed(t, sim, err, explain.ClassConflict, tt.problem)
			assert.Check(t, is.Equal(e.Question, tt.question), "question")
			assert.Check(t, is.Equal(e.RequestID, "oae1"), "request")
			assert.Check(t, is.DeepEqual(kit.Count(sim), tally(before, session.Made())), "objects that the changes tell of")
		})
	}
}

// TestGenesysErrors: every error of contract genesys.md 2.5 and 6 that a write of the guide can get, answered to
// the call that creates the deployment, or to the one that it belongs to.
func TestGenesysErrors(t *testing.T) {
	t.Parallel()
	codes := map[string][]any{
		"app.not.authorized.for.scope": {"webdeployments"}, "authz.policy.denied": {"p1"}, "constraint.validation": {"name: too long"},
		"invalid.value": {"x", "String", "a"}, "ip.not.authorized": {"192.0.2.1"}, "missing.any.division.permissions": {"[a:b:c]", "[d1]"},
		"missing.any.permissions": {"[a:b:c]"}, "missing.division.permission": {"a:b:c"}, "missing.permissions": {"[a:b:c]"},
		"request.entity.too.large": {"9"}, "too.many.requests": {"300", "60"}, "too.many.requests.retry.after": {"900"},
	}
	for code := range strings.FieldsSeq("authentication.request.timeout authentication.required bad.credentials bad.flow.id bad.request client.timeout " +
		"illegal.operation internal.server.error max.integrations.reached not.a.user not.authorized not.found request.conflict request.timeout " +
		"resource.conflict resource.limit.exceeded scp.id.not.found service.unavailable unsupported.media.type version.conflict") {
		codes[code] = nil
	}
	calls := map[string]string{"max.integrations.reached": "integration", "version.conflict": "settings"} // of guideWrites; else the deployment's
	vendorErrors(t, codes, func(code string, args ...any) (string, simkit.Fault) {
		f := genesyssim.Fault(code, args...)
		if code == "too.many.requests" {
			f.Header.Set("Retry-After", "900")
		}
		return cmp.Or(calls[code], "deployment"), f
	}, "00000000-0000-4000-8000-000000000000")
}

// TestGenesysLimits are refusals that the organization brings about itself.
func TestGenesysLimits(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts    genesyssim.Options
		class   explain.Class
		problem string
	}{
		"configurations": {genesyssim.Options{MaxConfigurations: 2}, explain.ClassConflict, "Your organization's limit is reached, so Genesys Cloud couldn't set the Messenger configuration: limit configuration.max: 2."},
		"deployments":    {genesyssim.Options{MaxDeployments: 1}, explain.ClassConflict, "Your organization's limit is reached, so Genesys Cloud couldn't set the deployment: limit deployments.max: 1."},
		"a feature":      {genesyssim.Options{LacksFeature: "authenticationSettings"}, explain.ClassPermission, "This organization lacks a feature that the wizard needs to set the Messenger configuration: authenticationSettings: feature is not yet implemented."},
		"the licence":    {genesyssim.Options{NoMessengerLicense: true}, explain.ClassPermission, "This organization doesn't offer the integration type OpenID Connect Messenger Configuration."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2, Genesys: tt.opts})
			_, err := runAll(t, session)
			_ = failed(t, sim, err, tt.class, tt.problem)
		})
	}
}
