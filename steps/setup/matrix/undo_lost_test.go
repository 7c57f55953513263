package matrix

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
)

const writes = 12 // of a whole run

// A run is cut off at each of its writes, before and after the service carried it out, and undone as a whole.
func TestPartialRuns(t *testing.T) {
	t.Parallel()
	for n := range writes {
		for _, committed := range []bool{false, true} {
			if committed != (n%2 == 0) && repeat.Every(2, 1) > 1 {
				continue // they take turns
			}
			t.Run(fmt.Sprintf("write %d committed %v", n+1, committed), func(t *testing.T) {
				t.Parallel()
				b := cut(n+1, committed)
				w := newWorld(t, simulator.Options{Seed: 4, WrapOkta: b.wrap, WrapGenesys: b.wrap})
				before := w.snapshot(t)
				b.arm(true)
				if err := w.apply(t.Context()); err == nil && (n < writes-1 || !committed) { // the last one is found by a second look
					t.Fatal("the run was not cut off")
				}
				b.arm(false)
				w.visit(t, w.journal.Run())
				w.undo(t)
				assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
			})
		}
	}
}

// cut has the connection cut at the nth write, and at all that follow. With after, the service carries the nth one out
// before its answer is lost.
func cut(nth int, after bool) *trap {
	return &trap{accident: accident{"reset", after}, at: nth, rest: true}
}

var errKilled = errors.New("killed")

// dying is the journal of a process that is killed when a receipt is due: what it intended is kept, what became of it is
// not, and it begins nothing more.
type dying struct {
	*journal.Journal
	kind guide.ObjectKind // of which the first success is missing

	mu   sync.Mutex
	dead bool
}

func (d *dying) Intend(c engine.Change) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead {
		return 0, errKilled
	}
	return d.Journal.Intend(c)
}

func (d *dying) Settle(entry int, id string, failed error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dead = d.dead || failed == nil && d.kind == d.Run().Entries[entry].Kind
	if d.dead {
		return errKilled
	}
	return d.Journal.Settle(entry, id, failed)
}

// killed runs the guide until the journal dies.
func (w *world) killed(t *testing.T, d *dying) {
	t.Helper()
	d.Journal = w.journal
	w.session.Journal = d
	assert.ErrorIs(t, w.apply(t.Context()), errKilled, "the run wasn't killed")
	w.visit(t, w.journal.Run())
}

// The receipt of one kind is missing. An undo that may not list that kind changes nothing and keeps the run open; one
// that may finds the object, also where lists lag behind.
func TestMissingReceipt(t *testing.T) {
	t.Parallel()
	for kind, list := range map[guide.ObjectKind]string{
		guide.KindApp:           `^/api/v1/apps$`,
		guide.KindOrigin:        `^/api/v1/trustedOrigins$`,
		guide.KindPolicy:        `^/api/v1/authorizationServers/[^/]+/policies$`,
		guide.KindRule:          `^/api/v1/authorizationServers/[^/]+/policies/[^/]+/rules$`,
		guide.KindFederated:     `^/api/v1/apps/[^/]+/federated-claims$`,
		guide.KindIntegration:   `^/api/v2/integrations$`,
		guide.KindCredential:    `^/api/v2/integrations/credentials$`,
		guide.KindConfiguration: `^/api/v2/webdeployments/configurations$`,
		guide.KindDeployment:    `^/api/v2/webdeployments/deployments$`,
	} {
		for _, lag := range []time.Duration{0, 60 * time.Millisecond} {
			t.Run(fmt.Sprintf("%s lag %v", kind, lag), func(t *testing.T) {
				t.Parallel()
				org := oktasim.Options{Lag: lag}
				if kind == guide.KindFederated {
					org.Profile = oktasim.NoAPIAM
				}
				w := newWorld(t, simulator.Options{Seed: 6, Okta: org, Genesys: genesyssim.Options{Lag: lag}})
				if lag > 0 {
					w.poll = 50 * time.Millisecond // so that the lag is shorter than the run's patience
					w.begin(t)
				}
				if kind == guide.KindRule {
					w.policyWithoutRule(t)
				}
				if kind == guide.KindFederated {
					app := w.existingApp(t)
					w.set(t, guide.VisitorNames, guide.NamesInclude)
					defer func() {
						assert.Check(t, is.Len(kit.Must(w.okta.FederatedClaims(t.Context(), app.ID))(t), 0), "federated claims are left")
					}()
				}
				before := w.snapshot(t)
				w.killed(t, &dying{kind: kind})
				if lag == 0 {
					w.refuseList(t, list)
				}
				w.undo(t)
				assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
			})
		}
	}
}

// policyWithoutRule has the run use an app and an access policy that exist: the rule does not go away with its policy.
func (w *world) policyWithoutRule(t *testing.T) {
	t.Helper()
	app := w.existingApp(t)
	policy := kit.Must(w.okta.CreatePolicy(t.Context(), "default", okta.Policy{Name: "Chat", Clients: []string{app.ClientID}, Priority: 1}))(t)
	for err := errKilled; err != nil; { // until reads show it, which was created last
		_, err = w.okta.Policy(t.Context(), "default", policy.ID)
	}
}

// existingApp has the run use an app that exists.
func (w *world) existingApp(t *testing.T) okta.App {
	t.Helper()
	app := w.addApp(t, "Customer chat", "http://localhost:8080/")
	for err := errKilled; err != nil; { // until reads show it
		_, err = w.okta.App(t.Context(), app.ID)
	}
	w.set(t, guide.AppName, app.ID)
	w.set(t, guide.RedirectURIs, "https://shop.example/chat")
	return app
}

// refuseList shows that an undo without a list ends before its first write.
func (w *world) refuseList(t *testing.T, path string) {
	t.Helper()
	refusal := simkit.Fault{Method: http.MethodGet, Path: regexp.MustCompile(path), Status: http.StatusForbidden, Body: "{}"}
	w.sim.Okta().Faults.Add(refusal)
	w.sim.Genesys().Faults.Add(refusal)
	wrote := w.sim.Okta().Calls().Writes + w.sim.Genesys().Calls().Writes
	items, err := w.undoing().Plan(t.Context())
	assert.Check(t, err != nil, "planned without the list: %+v", items)
	assert.Check(t, is.Equal(w.sim.Okta().Calls().Writes+w.sim.Genesys().Calls().Writes, wrote), "writes")
	assert.Check(t, is.Equal(w.undoing().Left(), true), "left")
	w.sim.Okta().Faults.Clear()
	w.sim.Genesys().Faults.Clear()
}

// A run of which nothing came to be takes nothing of what others made by the same names since.
func TestNeverMade(t *testing.T) {
	t.Parallel()
	for name, others := range map[string]func(*testing.T, *world){
		"a whole setup": func(t *testing.T, w *world) {
			w.begin(t)
			assert.NilError(t, w.apply(t.Context()))
		},
		"an origin": func(t *testing.T, w *world) {
			w.createOrigin(t, "Our web team")
		},
		"an origin of an app that is older": func(t *testing.T, w *world) {
			app := w.addApp(t, "Their chat", "http://localhost:8080/")
			for { // until the org's clock went on
				origin := w.createOrigin(t, "Genesys Messenger http://localhost:8080")
				if app.Created.Before(origin.Created) {
					return
				}
				assert.NilError(t, w.okta.DeleteTrustedOrigin(t.Context(), origin.ID))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := cut(1, false)
			w := newWorld(t, simulator.Options{Seed: 4, WrapOkta: b.wrap, WrapGenesys: b.wrap})
			b.arm(true)
			assert.Assert(t, w.apply(t.Context()) != nil, "the run wasn't cut off")
			b.arm(false)
			mine := w.journal.Run()
			others(t, w)
			before := w.snapshot(t)
			w.visit(t, mine)
			for _, i := range w.undo(t) {
				assert.Check(t, is.Equal(i.Act, engine.Keep), "%s, %s, %s", i.Kind, i.Name, i.Why)
			}
			assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
		})
	}
}

// createOrigin creates a trusted origin of the page that runs set up.
func (w *world) createOrigin(t *testing.T, name string) okta.TrustedOrigin {
	t.Helper()
	return kit.Must(w.okta.CreateTrustedOrigin(t.Context(), okta.TrustedOrigin{
		Name: name, Origin: "http://localhost:8080", Scopes: []string{"CORS", "REDIRECT"},
	}))(t)
}
