package fleet

import (
	"fmt"
	"net/http"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
)

// integrator is an org of the Integrator Free Plan, of which a new token gets half of the rate limits.
var integrator = oktasim.Options{Profile: oktasim.Integrator, HalfForTokens: true}

// plenty has no rate limit that matters.
var plenty = oktasim.Options{Profile: oktasim.Workforce, Limits: map[string]int{}}

func folder(t *testing.T) *journal.Folder {
	t.Helper()
	return kit.Must(journal.Open(t.TempDir() + "/state"))(t)
}

func run(t *testing.T, f *Fleet) {
	t.Helper()
	assert.NilError(t, f.Plan(t.Context()))
	assert.NilError(t, f.Apply(t.Context(), engine.NewStop()))
}

// states are the sites' states in a line.
func states(f *Fleet) string {
	var all []string
	for _, site := range f.Sites {
		all = append(all, string(site.State))
	}
	return strings.Join(all, ", ")
}

// made counts the creates of a path.
func made(calls []answered, path string) (n int) {
	fits := regexp.MustCompile(`^POST ` + path + `$`)
	for _, c := range calls {
		if fits.MatchString(c.call) && c.status/100 == 2 {
			n++
		}
	}
	return n
}

// TestFiftySites: 50 sites, or a sample of 25, stay within the rate limits of both services. No call is refused, plans and
// changes end as predicted, and what is kept of a site doesn't grow with what the orgs have. Other tests don't run at the
// same time: they share the heap.
func TestFiftySites(t *testing.T) {
	n := 50 / repeat.Every(2, 1)
	virtual(t, integrator, genesyssim.Options{MaxInstances: 100, Integrations: 60}, func(t *testing.T, w *world) {
		f := w.fleet(t, sites(n, ""), nil)
		var predicted time.Duration
		var second time.Time
		var heap [2]uint64
		f.Reach = func(i int, left time.Duration) {
			switch i {
			case 1:
				predicted, second = left, time.Now()
			case 10:
				heap[0] = inUse()
			case n - 1:
				heap[1] = inUse()
			}
		}
		assert.NilError(t, f.Plan(t.Context()))
		near(t, "plans", predicted, time.Since(second))
		assert.Check(t, heap[1] < heap[0]+1<<20, "from site 10 to the last, the heap grows from %d to %d", heap[0], heap[1])

		f.Reach = nil
		predicted, second = f.Left(), time.Now()
		assert.NilError(t, f.Apply(t.Context(), engine.NewStop()))
		near(t, "changes", predicted, time.Since(second))
		assert.Check(t, time.Since(second) > time.Duration(n)*12*time.Second, "the limits don't matter")
		for _, c := range w.since(0) {
			assert.Check(t, c.status != http.StatusTooManyRequests, c.call)
		}
		assert.Check(t, is.Equal(made(w.since(0), "/api/v1/apps"), n))
		assert.Check(t, is.Equal(made(w.since(0), "/api/v2/webdeployments/deployments"), n))
		assert.Check(t, is.Equal(made(w.since(0), "/oauth/token"), 1), "sign-ins")
		for _, site := range f.Sites {
			assert.Check(t, site.State == Done && site.Result.Snippet != "" && site.Result.Calls.Writes > 0, "%s: %+v", site.Name, site.Result)
		}
	})
}

// near compares a time with its prediction.
func near(t *testing.T, what string, predicted, took time.Duration) {
	t.Helper()
	assert.Check(t, (predicted-took).Abs() <= took/10, "%s: predicted %v, took %v", what, predicted, took)
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestPredictionAfterReview: the user takes a while between plan and changes, in which windows end.
func TestPredictionAfterReview(t *testing.T) {
	t.Parallel()
	for name, pause := range map[string]time.Duration{"short": 20 * time.Second, "long": 10 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			virtual(t, integrator, genesyssim.Options{MaxInstances: 100}, func(t *testing.T, w *world) {
				f := w.fleet(t, sites(12, "assign: skip\n"), nil)
				assert.NilError(t, f.Plan(t.Context()))
				time.Sleep(pause)
				predicted, began := f.Left(), time.Now()
				assert.NilError(t, f.Apply(t.Context(), engine.NewStop()))
				near(t, "changes", predicted, time.Since(began))
			})
		})
	}
}

// TestRerunTouchesWhatDiffers: nothing after the same file, from a new state folder too; after a change of one site, that
// site alone.
func TestRerunTouchesWhatDiffers(t *testing.T) {
	t.Parallel()
	virtual(t, plenty, genesyssim.Options{}, func(t *testing.T, w *world) {
		file := sites(3, "")
		run(t, w.fleet(t, file, folder(t)))
		for _, f := range []*Fleet{w.fleet(t, file, folder(t)), w.fleet(t, file, nil)} {
			run(t, f)
			assert.Check(t, is.Equal(states(f), "unchanged, unchanged, unchanged"))
			assert.Check(t, !f.Writes() && f.Sites[1].Result.Calls.Writes == 0 && f.Sites[1].Result.Genesys.DeploymentID != "")
		}
		f := w.fleet(t, strings.ReplaceAll(file, "https://site02.example.com/support", "https://site02.example.com/chat"), folder(t))
		run(t, f)
		assert.Check(t, is.Equal(states(f), "unchanged, done, unchanged"))
	})
}

// TestSharedObjects are made once, by the first site. The others add to them what is theirs.
func TestSharedObjects(t *testing.T) {
	t.Parallel()
	virtual(t, plenty, genesyssim.Options{MaxInstances: 1}, func(t *testing.T, w *world) {
		f := w.fleet(t, sites(4, "app-name: Acme chat\nintegration-name: Sign-in\nmessenger-config: Look\n"), folder(t))
		assert.NilError(t, f.Plan(t.Context()))
		assert.Check(t, is.Len(f.Sites[0].Shares(), 0))
		for _, site := range f.Sites[1:] {
			assert.Assert(t, len(site.Shares()) > 3, "%+v", site.Shares())
			assert.Check(t, is.Equal(site.Shares()[0], Share{"app integration", "Acme chat", "site 01"}))
		}
		assert.NilError(t, f.Apply(t.Context(), engine.NewStop()))
		for path, want := range map[string]int{
			"/api/v1/apps": 1, "/api/v1/trustedOrigins": 4, "/api/v2/integrations": 1, "/api/v2/webdeployments/configurations": 1, "/api/v2/webdeployments/deployments": 4,
		} {
			assert.Check(t, is.Equal(made(w.since(0), path), want), path)
		}
		ids := map[string]bool{}
		for _, site := range f.Sites {
			assert.Check(t, is.Equal(site.Result.Okta.AppID, f.Sites[0].Result.Okta.AppID))
			ids[site.Result.Genesys.DeploymentID] = true
		}
		assert.Check(t, is.Len(ids, 4))
		again := w.fleet(t, sites(4, "app-name: Acme chat\nintegration-name: Sign-in\nmessenger-config: Look\n"), folder(t))
		run(t, again)
		assert.Check(t, is.Equal(states(again), "unchanged, unchanged, unchanged, unchanged"))
	})
}

// brands are five sites of two brands: three share an app, and two of these an integration and a configuration as well. Of
// the others, one has a page of the shared app's host, and one adds nothing to it.
const brands = `
assign: everyone
sites:
- {name: shop, app-name: Acme, integration-name: Acme, messenger-config: Acme, redirect-uri: "https://shop.example.com/support"}
- {name: help, app-name: Acme, integration-name: Acme, messenger-config: Acme, redirect-uri: "https://help.example.com/chat"}
- {name: blog, app-name: Acme, redirect-uri: ["https://shop.example.com/blog", "https://help.example.com/chat"]}
- {name: toys, app-name: Bert, integration-name: Bert, redirect-uri: "https://toys.example.com/chat", visitor-names: include}
- {name: news, redirect-uri: "https://shop.example.com/news"}
`

// writing are the changes of a plan that alter something.
func writing(changes []engine.Change) (out []string) {
	for _, c := range changes {
		if c.Writes() {
			name := c.Name
			if c.Kind == guide.KindCredential { // it has the client ID, which Okta chooses
				name = ""
			}
			out = append(out, fmt.Sprintf("%s %s %q: %s", c.Verb, c.Kind, name, c.Why))
		}
	}
	return out
}

// TestPlanIsWhatHappens: what an earlier site does is an input of the plans of later ones, so that each site changes what its
// plan says, with the same names, numbers, and URIs.
func TestPlanIsWhatHappens(t *testing.T) {
	t.Parallel()
	numbered := oktasim.Options{Profile: oktasim.Integrator, Limits: map[string]int{}} // each app needs an access policy
	for name, before := range map[string]string{"nothing exists": "", "objects exist": sites(1, "app-name: Acme\nintegration-name: Acme\nmessenger-config: Acme\nassign: skip\n")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			virtual(t, numbered, genesyssim.Options{}, func(t *testing.T, w *world) {
				if before != "" {
					run(t, w.fleet(t, before, nil))
				}
				f := w.fleet(t, brands, folder(t))
				assert.NilError(t, f.Plan(t.Context()))
				assert.Check(t, is.DeepEqual(f.SharedApps()[0].RedirectURIs[max(0, len(f.SharedApps()[0].RedirectURIs)-3):],
					[]string{"https://shop.example.com/support", "https://help.example.com/chat", "https://shop.example.com/blog"}))
				assert.Check(t, slices.ContainsFunc(f.Sites[4].Plan.Changes, func(c engine.Change) bool { return c.Name == "Genesys Messenger (3)" }), "names with numbers")
				for _, site := range f.Sites {
					site.Session.Ahead = nil // as in the run: that is done
					now := kit.Must(site.Session.Plan(t.Context()))(t)
					assert.Check(t, is.DeepEqual(writing(site.Plan.Changes), writing(now.Changes)), site.Name)
					assert.NilError(t, site.Session.Apply(t.Context(), now, engine.NewStop()))
				}
				after := w.fleet(t, brands, folder(t))
				assert.NilError(t, after.Plan(t.Context()))
				assert.Check(t, !after.Writes())
				app, _ := kit.Must(f.Sites[0].Session.Connect(t.Context()))(t).Okta.Apps(t.Context(), "Acme")
				assert.Check(t, is.DeepEqual(app[0].RedirectURIs, f.SharedApps()[0].RedirectURIs))
			})
		})
	}
}

// TestTooManyIntegrations is found while the sites are planned.
func TestTooManyIntegrations(t *testing.T) {
	t.Parallel()
	virtual(t, plenty, genesyssim.Options{MaxInstances: 4}, func(t *testing.T, w *world) {
		f := w.fleet(t, sites(6, ""), nil)
		err := f.Plan(t.Context())
		assert.Check(t, is.ErrorContains(err, `Site "site `))
		assert.Check(t, is.ErrorContains(err, "Genesys Cloud allows "))
		assert.Check(t, is.Equal(made(w.since(0), "/api/v1/apps"), 0))
	})
}

// TestFailedSite ends the run. The next one continues with it, and each run can be undone alone.
func TestFailedSite(t *testing.T) {
	t.Parallel()
	virtual(t, plenty, genesyssim.Options{}, func(t *testing.T, w *world) {
		state := folder(t)
		w.genesys.Faults.Add(simkit.Fault{Method: http.MethodPost, Path: regexp.MustCompile("/webdeployments/deployments$"), After: 1, Times: 1, Status: http.StatusForbidden})
		f := w.fleet(t, sites(4, ""), state)
		assert.NilError(t, f.Plan(t.Context()))
		err := f.Apply(t.Context(), engine.NewStop())
		assert.Check(t, is.ErrorContains(err, `Site "site 02": `))
		assert.Check(t, is.Equal(states(f), "done, failed, not started, not started"))
		f = w.fleet(t, sites(4, ""), state)
		run(t, f)
		assert.Check(t, is.Equal(states(f), "unchanged, done, done, done"))
		assert.Check(t, is.Equal(made(w.since(0), "/api/v1/apps"), 4))
	})
}

// TestStop ends the run at the site that it is at. The next run continues there.
func TestStop(t *testing.T) {
	t.Parallel()
	virtual(t, plenty, genesyssim.Options{}, func(t *testing.T, w *world) {
		state := folder(t)
		f := w.fleet(t, sites(3, ""), state)
		assert.NilError(t, f.Plan(t.Context()))
		stop := engine.NewStop()
		f.Reach = func(i int, _ time.Duration) {
			if i == 1 {
				stop.Stop()
			}
		}
		assert.Check(t, is.ErrorIs(f.Apply(t.Context(), stop), engine.ErrStopped))
		assert.Check(t, is.Equal(states(f), "done, interrupted, not started"))
		f = w.fleet(t, sites(3, ""), state)
		run(t, f)
		assert.Check(t, is.Equal(states(f), "unchanged, done, done"))
	})
}

// TestOrgsChangedAfterPlan: a site that would now write more than was shown is refused.
func TestOrgsChangedAfterPlan(t *testing.T) {
	t.Parallel()
	virtual(t, plenty, genesyssim.Options{}, func(t *testing.T, w *world) {
		run(t, w.fleet(t, sites(2, ""), folder(t)))
		file := strings.ReplaceAll(sites(2, ""), "https://site02.example.com/support", "https://site02.example.com/chat")
		f := w.fleet(t, file, folder(t))
		assert.NilError(t, f.Plan(t.Context()))
		session := w.fleet(t, sites(2, ""), folder(t)).Sites[1].Session
		c := kit.Must(session.Connect(t.Context()))(t)
		assert.NilError(t, c.Genesys.DeleteDeployment(t.Context(), f.Sites[1].Result.Genesys.DeploymentID))
		err := f.Apply(t.Context(), engine.NewStop())
		assert.Check(t, is.ErrorContains(err, `Site "site 02"`))
		assert.Check(t, is.ErrorContains(err, "deployment"))
	})
}

// TestUndoOfOneSite leaves the others.
func TestUndoOfOneSite(t *testing.T) {
	t.Parallel()
	virtual(t, plenty, genesyssim.Options{}, func(t *testing.T, w *world) {
		state := folder(t)
		f := w.fleet(t, sites(3, ""), state)
		run(t, f)
		runs, _, err := state.Runs()
		assert.NilError(t, err)
		assert.Assert(t, is.Len(runs, 3))
		for _, r := range runs {
			if r.Site != "site 02" {
				continue
			}
			session := w.fleet(t, sites(3, ""), nil).Sites[1].Session
			kept := journal.New(state, "test", session.Answers)
			kept.Continue(r)
			session.Journal = kept
			u := setup.NewUndo(session, journal.Undoing{Journal: kept})
			items := kit.Must(u.Plan(t.Context()))(t)
			assert.NilError(t, u.Apply(t.Context(), items, engine.NewStop(), func(engine.Item) {}))
		}
		again := w.fleet(t, sites(3, ""), state)
		assert.NilError(t, again.Plan(t.Context()))
		assert.Check(t, is.Equal(states(again), "unchanged, planned, unchanged"))
	})
}
