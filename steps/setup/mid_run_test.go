package setup

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// TestOktaTokenEndsMidRun: the same run resumes with another token where it stopped, and repeats nothing.
func TestOktaTokenEndsMidRun(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 2})
	before, w := kit.Count(sim), guideWrites["rule"]
	sim.Okta().Faults.Add(fault(w.method, w.path, oktasim.Refusal("E0000011")))
	_, err := runAll(t, session)
	e := failed(t, sim, err, explain.ClassSignIn, "{okta} doesn't accept the API token.")
	assert.Check(t, is.DeepEqual(e.Step, guide.StepID("access-policy")), "step")
	assert.Check(t, is.Equal(e.Question, guide.OktaToken), "question")
	assert.Check(t, is.DeepEqual(kit.Count(sim), tally(before, session.Made())), "objects that the changes tell of")
	assert.Check(t, !strings.Contains(err.Error(), sim.Credentials().OktaToken), "the token is told: %v", err)

	sim.Okta().Faults.Clear()
	set(t, session, guide.OktaToken, sim.Credentials().OktaToken)
	mustRun(t, session)
	assert.Check(t, is.DeepEqual(kit.Count(sim), guideMakes(before)), "objects")
	// A credential that was stored when the run stopped, and not yet noted in the settings, is stored again: it can't
	// read which secret it holds.
	more := kit.Writes(sim) - len(firstVisit)
	assert.Check(t, more == 0 || more == 1, "%d writes more than one run needs", more)
}

// TestLostAppKeepsSecret: the answer that carried the app's client secret is lost. The app is taken up, and Genesys
// Cloud gets the secret that Okta has: no second app, no second secret.
func TestLostAppKeepsSecret(t *testing.T) {
	t.Parallel()
	var (
		mu     sync.Mutex
		stored []string
	)
	watch := at(guideWrites["credential"], func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		stored = append(stored, string(body))
		mu.Unlock()
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
	sim, session := world(t, simulator.Options{Seed: 2, WrapGenesys: watch})
	before, w := kit.Count(sim), guideWrites["app"]
	sim.Okta().Faults.Add(fault(w.method, w.path, simkit.Fault{Lose: true, Times: 1}))
	mustRun(t, session)
	secrets := kit.Must(kit.OktaAdmin(t, sim).AppSecrets(t.Context(), session.Result(0).Okta.AppID))(t)
	if len(secrets) != 1 || len(stored) != 1 || !strings.Contains(stored[0], `"`+secrets[0].Secret.Reveal()+`"`) {
		t.Errorf("%d secrets at Okta, stored %d times", len(secrets), len(stored))
	}
	assert.Check(t, is.DeepEqual(kit.Count(sim), guideMakes(before)), "objects")
}

// TestPermissionDeniedMidRun: Genesys Cloud says that everything is allowed, and then refuses one thing.
func TestPermissionDeniedMidRun(t *testing.T) {
	t.Parallel()
	everything := edited(`/subjects/me$`, func(http.Header, string) string {
		return `{"grants":[{"role":{"policies":[{"domain":"*","entityName":"*","actions":["*"]}]}}]}`
	})
	for _, permission := range permissions {
		if permission == "webDeployments:deployment:edit" {
			continue // a first run changes no deployment
		}
		t.Run(permission, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2, Deny: []string{permission}, WrapGenesys: everything})
			before := kit.Count(sim)
			_, err := runAll(t, session)
			e := asError(t, err)
			if !strings.HasPrefix(e.Problem, "Genesys Cloud didn't allow the wizard to ") || !strings.Contains(e.Problem, permission) {
				t.Errorf("problem %q", e.Problem)
			}
			assert.Check(t, is.Equal(e.Fix, explain.PermissionFix), "fix")
			assert.Check(t, is.Equal(explain.ExitCode(err), 4), "exit code")
			assert.Check(t, is.DeepEqual(kit.Count(sim), tally(before, session.Made())), "objects that the changes tell of")
			if reading := strings.HasSuffix(permission, ":view"); reading && kit.Writes(sim) != 0 {
				t.Errorf("%d writes", kit.Writes(sim))
			}
		})
	}
}

// TestObjectDeletedMidRun: a colleague deletes what the run made a moment ago, right before it is used.
func TestObjectDeletedMidRun(t *testing.T) {
	t.Parallel()
	byName := func(t *testing.T, sim *simulator.Server, name string) (admin *genesys.Client, integration string) {
		t.Helper()
		admin = kit.GenesysAdmin(t, sim)
		all := kit.Must(admin.Integrations(t.Context()))(t)
		i := slices.IndexFunc(all, func(i genesys.Integration) bool { return i.Name == name })
		return admin, all[i].ID
	}
	for name, tt := range map[string]struct {
		method, path string // the call that comes too late
		remove       func(fixture)
		step         guide.StepID
		left         func(*kit.Census) // what the deleted object leaves behind
	}{
		"integration": {"PUT", `/config/current$`, func(f fixture) {
			admin, id := byName(f.T, f.sim, "Messenger SSO (Okta)")
			assert.NilError(f.T, admin.DeleteIntegration(f.Context(), id))
		}, "settings", func(c *kit.Census) { c.Genesys.Credentials++ }},
		"configuration": {"POST", `/draft/publish$`, func(f fixture) {
			admin := f.genesys()
			all := kit.Must(admin.Configurations(f.Context()))(f.T)
			i := slices.IndexFunc(all, func(c genesys.Configuration) bool { return c.Name == "Web SSO Messenger" })
			assert.NilError(f.T, admin.DeleteConfiguration(f.Context(), all[i].ID))
		}, "publication", func(*kit.Census) {}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var sim *simulator.Server
			var once sync.Once
			early := at(write{method: tt.method, path: tt.path}, func(w http.ResponseWriter, r *http.Request, next http.Handler) {
				once.Do(func() { tt.remove(fixture{t, sim, nil}) })
				next.ServeHTTP(w, r)
			})
			sim, session := world(t, simulator.Options{Seed: 2, WrapOkta: early, WrapGenesys: early})
			before := kit.Count(sim)
			_, err := runAll(t, session)
			e := asError(t, err)
			if !strings.Contains(e.Problem, " can't find an object that it needs to "+tt.step.Doing()) {
				t.Errorf("problem %q", e.Problem)
			}
			assert.Check(t, is.Equal(e.Step, tt.step), "step")
			assert.Check(t, is.Equal(e.Fix, "It may have been deleted. Try again. The wizard creates what is missing."), "fix")
			assert.Check(t, is.Equal(explain.ExitCode(err), 5), "exit code")
			assert.Check(t, is.Equal(e.Retry, true), "retry")

			mustRun(t, visit(t, sim))
			want := guideMakes(before)
			tt.left(&want)
			assert.Check(t, is.DeepEqual(kit.Count(sim), want), "objects")
		})
	}
}

// TestDeletedAppNeedsDecision: an app that was deleted is made again; the integration that had its credential is
// given the new one's when that is decided.
func TestDeletedAppNeedsDecision(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 2})
	mustRun(t, session)
	old, admin := session.Result(0).Okta, kit.OktaAdmin(t, sim)
	second := visit(t, sim)
	set(t, second, guide.RedirectURIs, "http://localhost:8080/", "https://www.example.com/")
	plan := planned(t, second)
	assert.NilError(t, admin.DeactivateApp(t.Context(), old.AppID))
	assert.NilError(t, admin.DeleteApp(t.Context(), old.AppID))
	err := apply(t, second, plan)
	assert.Check(t, is.Equal(anonymous(sim, asError(t, err).Problem), "Okta can't find an object that it needs to set up the app integration: Not found: Resource not found: {id} (AppInstance)."), "problem")
	assert.Check(t, is.Equal(explain.ExitCode(err), 5), "exit code")

	third := visit(t, sim)
	_, err = third.Plan(t.Context())
	e := failed(t, sim, err, explain.ClassConflict, `Integration "Messenger SSO (Okta)" uses the deleted Okta client {id}.`)
	assert.Check(t, is.Equal(strings.Contains(e.Problem, old.ClientID), true), "names the client")
	assert.Check(t, is.Equal(e.Question, guide.IntegrationName), "question")
	set(t, third, guide.IntegrationName, "Messenger SSO (Okta)")
	mustRun(t, third)
	assert.Check(t, is.Equal(third.Result(0).Okta.ClientID == old.ClientID, false), "the old app is taken up")
	wouldSignIn(t, sim, third)
}

// events remembers what a run tells, and calls back before it goes on.
type events struct {
	mu   sync.Mutex
	all  []engine.Event
	when func(engine.Event)
}

func (e *events) emit(ev engine.Event) {
	e.mu.Lock()
	e.all = append(e.all, ev)
	e.mu.Unlock()
	if e.when != nil {
		e.when(ev)
	}
}

func watch(session *Session, when func(engine.Event)) *events {
	e := &events{when: when}
	session.Emit = e.emit
	return e
}

// needing are the kinds whose changes have to wait for a kind's change.
var needing = map[guide.ObjectKind][]guide.ObjectKind{
	guide.KindApp: {
		guide.KindAssignment, guide.KindPolicy, guide.KindRule, guide.KindCredential, guide.KindSettings, guide.KindState, guide.KindVersion, guide.KindDeployment,
	},
	guide.KindAssignment: nil,
	guide.KindOrigin:     nil,
	guide.KindPolicy:     {guide.KindRule},
	guide.KindRule:       nil,
	guide.KindIntegration: {
		guide.KindCredential, guide.KindSettings, guide.KindState, guide.KindConfiguration, guide.KindVersion, guide.KindDeployment,
	},
	guide.KindCredential:    {guide.KindSettings, guide.KindState, guide.KindVersion, guide.KindDeployment},
	guide.KindSettings:      {guide.KindState, guide.KindVersion, guide.KindDeployment},
	guide.KindState:         {guide.KindVersion, guide.KindDeployment},
	guide.KindConfiguration: {guide.KindVersion, guide.KindDeployment},
	guide.KindVersion:       {guide.KindDeployment},
	guide.KindDeployment:    nil,
}

// TestStopEndsAfterCurrentChange stops the run while each of its changes is under way: that one ends well, nothing after
// it begins.
func TestStopEndsAfterCurrentChange(t *testing.T) {
	t.Parallel()
	for kind, later := range needing {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 1})
			before, stop := kit.Count(sim), engine.NewStop()
			reported := watch(session, func(ev engine.Event) {
				if ev.Phase == engine.Working && ev.Change.Kind == kind {
					stop.Stop()
				}
			})
			err := session.Apply(t.Context(), planned(t, session), stop)
			if err != engine.ErrStopped { //nolint:errorlint // it comes bare
				t.Fatalf("Apply returns %v", err)
			}
			made, begun := session.Made(), 0
			for _, ev := range reported.all {
				if ev.Phase == engine.Working {
					begun++
				}
				assert.Check(t, ev.Phase != engine.Failed, "failed: %v", ev.Change)
			}
			assert.Check(t, is.Equal(kit.Writes(sim), begun), "writes")
			assert.Check(t, is.Equal(len(made), begun), "changes that ended")
			assert.Check(t, is.Equal(slices.ContainsFunc(made, func(c engine.Change) bool { return c.Kind == kind }), true), "the change under way ended")
			for _, c := range made {
				assert.Check(t, !slices.Contains(later, c.Kind), "%s began after the stop", c.Kind)
			}
			assert.Check(t, is.DeepEqual(kit.Count(sim), tally(before, made)), "objects")

			mustRun(t, session)
			assert.Check(t, is.DeepEqual(kit.Count(sim), guideMakes(before)), "objects after the next apply")
		})
	}
}

// hang keeps a call waiting until its caller gives up.
func hang(method, path string, reached chan<- struct{}) func(http.Handler) http.Handler {
	return at(write{method: method, path: path}, func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
		_, _ = io.Copy(io.Discard, r.Body) // an unread body hides that the caller has gone
		reached <- struct{}{}
		<-r.Context().Done()
	})
}

// A call hangs until its caller leaves, so that only the cancellation ends the run.
func TestCancel(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ method, path string }{
		"while planning":     {"GET", `^/api/v2/integrations/types$`},
		"while writing":      {"PUT", `/config/current$`},
		"while reading back": {"GET", `/config\.json$`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reached := make(chan struct{}, 8)
			_, session := world(t, simulator.Options{WrapGenesys: hang(tt.method, tt.path, reached)})
			why := errors.New("the user left")
			ctx, cancel := context.WithCancelCause(t.Context())
			go func() {
				<-reached
				cancel(why)
			}()
			plan, err := session.Plan(ctx)
			if err == nil {
				err = session.Apply(ctx, plan, engine.NewStop())
			}
			assert.Check(t, is.Equal(errors.Is(err, why), true), "the cause is returned")
			assert.Check(t, is.Equal(len(reached), 0), "other calls of that kind")
		})
	}
}
