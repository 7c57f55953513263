package matrix

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/setup"
)

// crowd is visitors who sign in one time after another: without a pause, or paced by the calls of the program, one for each,
// so that they come in each state that a rotation goes through. A sign-in that is under way ends before Okta deactivates a secret: how long a rotation
// waits for that, it can only guess.
type crowd struct {
	paced   atomic.Bool
	came    chan struct{} // a call of the program
	pending sync.RWMutex

	stop     context.CancelFunc
	done     sync.WaitGroup
	signedIn atomic.Int64
	mu       sync.Mutex
	refused  []error
}

// visit has that many visitors sign in until stop is called.
func (c *crowd) visit(t *testing.T, visitors int, v simtest.Visitor) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	c.stop = stop
	for range visitors {
		c.done.Go(func() {
			for ctx.Err() == nil {
				if c.paced.Load() {
					select {
					case <-ctx.Done():
						return
					case <-c.came:
					}
				}
				c.pending.RLock()
				err := v.SignIn(context.WithoutCancel(ctx))
				c.pending.RUnlock()
				if err == nil {
					c.signedIn.Add(1)
					continue
				}
				c.mu.Lock()
				c.refused = append(c.refused, err)
				c.mu.Unlock()
			}
		})
	}
	t.Cleanup(func() { stop(); c.done.Wait() })
}

func (c *crowd) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/lifecycle/deactivate") {
			c.pending.Lock()
			defer c.pending.Unlock()
		}
		next.ServeHTTP(w, r)
		if r.UserAgent() == apiclient.UserAgent {
			select {
			case c.came <- struct{}{}:
			default: // all visitors are signing in
			}
		}
	})
}

// rotation begins a rotation, or resumes one that was cut off.
func (c *computer) rotation(t *testing.T, deployment string) *run {
	t.Helper()
	r, runs := c.program(t, map[guide.Key][]string{guide.DeploymentName: {deployment}}), c.runs(t)
	if last := runs[len(runs)-1]; last.State == journal.Running && last.Rotates() {
		r.journal.Continue(last)
	}
	return r
}

// rotate carries a rotation out until the old secret has the statuses.
func (r *run) rotate(ctx context.Context, statuses ...string) error {
	found, err := doctor.Examine(ctx, doctor.Config{Env: r.session})
	if err != nil {
		return err
	}
	for _, status := range statuses {
		plan, err := doctor.PlanRotation(ctx, r.session, found, status)
		if err != nil {
			return err
		}
		if err := r.session.Apply(ctx, plan, engine.NewStop()); err != nil {
			return err
		}
	}
	return r.journal.End(journal.Done)
}

// TestRotationUnderLoad: 20 visitors sign in without a pause while the client secret is rotated, and one for each call while
// it is rotated again, killed at every call that writes or checks, and resumed. None of them is refused, and one secret is
// left each time. MSGSSO_TESTS=full kills at every call.
func TestRotationUnderLoad(t *testing.T) {
	t.Parallel()
	const visitors = 20
	k, load := &trap{reads: repeat.Full()}, &crowd{came: make(chan struct{})}
	okta := func(next http.Handler) http.Handler { return k.wrap(load.wrap(next)) }
	c := newComputer(t, simulator.Options{Seed: 81, WrapOkta: okta, WrapGenesys: k.wrap}, time.Millisecond)
	made := c.set(t, nil).result
	load.visit(t, visitors, c.visitor(made))
	all := []string{oktasteps.SecretInactive, oktasteps.SecretDeleted}
	calm := c.rotation(t, made.Genesys.DeploymentID)
	k.set(0, false, nil)
	assert.NilError(t, calm.rotate(t.Context(), all...))
	calls := k.seen
	load.paced.Store(true)
	for n := 0; n < 2*calls; n += repeat.Every(5, 1) { // before and after each call
		c.killedRotation(t, k, made, n/2, n%2 == 1, all)
	}
	load.stop()
	load.done.Wait()
	t.Logf("%d calls of a rotation, %d sign-ins", calls, load.signedIn.Load())
	assert.Check(t, is.Len(load.refused, 0), "refused sign-ins")
	assert.Check(t, load.signedIn.Load() > int64(calls), "the visitors hardly signed in")
}

func (c *computer) visitor(made setup.Result) simtest.Visitor {
	return simtest.Visitor{
		Sim: c.sim, Issuer: made.Okta.Issuer, ClientID: made.Okta.ClientID, DeploymentID: made.Genesys.DeploymentID, RedirectURI: "http://localhost:8080/",
	}
}

// cutOff begins a rotation and kills it.
func (c *computer) cutOff(t *testing.T, k *trap, made setup.Result, call int, after bool, statuses []string) *run {
	t.Helper()
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	killed := c.rotation(t, made.Genesys.DeploymentID)
	k.set(call+1, after, kill)
	err := killed.rotate(ctx, statuses...)
	k.arm(false)
	assert.Check(t, err != nil)
	killed.close()
	return killed
}

// TestKilledRotationGoesBack: undo of a rotation that was killed leaves what was there before, and visitors sign in.
func TestKilledRotationGoesBack(t *testing.T) {
	t.Parallel()
	k := &trap{reads: repeat.Full()}
	c := newComputer(t, simulator.Options{Seed: 82, WrapOkta: k.wrap, WrapGenesys: k.wrap}, time.Millisecond)
	setUp := c.set(t, nil)
	made, first := setUp.result, setUp.journal.RunID()
	config := func() map[string]string {
		return kit.Must(c.genesys.IntegrationConfig(t.Context(), made.Genesys.IntegrationID))(t).Credentials
	}
	calls := 7 // until the old secret is inactive
	if repeat.Full() {
		calls = 100
	}
	before, counts := config(), c.counts()
	for call := range 2 * calls {
		where := fmt.Sprintf("call %d, after it: %t", call/2, call%2 == 1)
		killed := c.cutOff(t, k, made, call/2, call%2 == 1, []string{oktasteps.SecretInactive, oktasteps.SecretDeleted})
		if repeat.Full() && len(killed.journal.Did(guide.KindOldSecret)) > 1 {
			break // the old one may be deleted
		}
		c.undoAll(t, first)
		assert.Check(t, is.DeepEqual(config(), before), where)
		assert.Check(t, is.DeepEqual(c.counts(), counts), where)
		secrets := kit.Must(c.okta.AppSecrets(t.Context(), made.Okta.AppID))(t)
		assert.Assert(t, len(secrets) == 1 && secrets[0].Status == "ACTIVE", "%s: %d secrets", where, len(secrets))
		assert.NilError(t, c.visitor(made).SignIn(t.Context()), where)
	}
}

// killedRotation is killed at a call and resumed, and leaves one active secret, stored, and a complete journal.
func (c *computer) killedRotation(t *testing.T, k *trap, made setup.Result, call int, after bool, statuses []string) {
	t.Helper()
	where := fmt.Sprintf("call %d, after it: %t", call, after)
	c.cutOff(t, k, made, call, after, statuses)
	resumed := c.rotation(t, made.Genesys.DeploymentID)
	defer resumed.close()
	assert.NilError(t, resumed.rotate(t.Context(), statuses...), where)
	secrets := kit.Must(c.okta.AppSecrets(t.Context(), made.Okta.AppID))(t)
	assert.Assert(t, len(secrets) == 1 && secrets[0].Status == "ACTIVE", "%s: %d secrets", where, len(secrets))
	run := resumed.journal.Run()
	assert.Check(t, is.Equal(run.State, journal.Done), where)
	for i, e := range run.Entries { // what was cut off was made later, or never
		again := slices.ContainsFunc(run.Entries[i+1:], func(l journal.Entry) bool { return l.Kind == e.Kind && l.Stage == journal.Made })
		assert.Check(t, e.Stage == journal.Made || again, "%s: %s %s is open", where, e.Kind, e.Name)
	}
}

// TestUnstoredSecretStays: where an integration can't get the new client secret, the old one stays active.
func TestUnstoredSecretStays(t *testing.T) {
	t.Parallel()
	c := newComputer(t, simulator.Options{Seed: 83}, time.Millisecond)
	made := c.set(t, nil).result
	r := c.rotation(t, made.Genesys.DeploymentID)
	a := r.session.Answers
	for key, id := range map[guide.Key]string{guide.AppName: made.Okta.AppID, guide.IntegrationName: made.Genesys.IntegrationID} {
		assert.NilError(t, a.Set(key, guide.FromFlag, id))
	}
	plan, err := r.session.PlanFix(t.Context(), setup.Fix{
		Answers: a, Nodes: setup.RotationSteps, KeepApp: true, Rotate: &setup.Rotate{Old: oktasteps.SecretInactive, Also: []string{"\x00"}},
	})
	assert.NilError(t, err)
	assert.ErrorContains(t, r.session.Apply(t.Context(), plan, engine.NewStop()), "control character")
	for _, secret := range kit.Must(c.okta.AppSecrets(t.Context(), made.Okta.AppID))(t) {
		assert.Check(t, secret.Status == "ACTIVE", "a secret is %s", secret.Status)
	}
	assert.NilError(t, c.visitor(made).SignIn(t.Context()))
}

// TestSetupUndoneAfterRotation: an undo of the setup alone also deletes what a rotation stored for it, in any order and
// however far the rotation came.
func TestSetupUndoneAfterRotation(t *testing.T) {
	t.Parallel()
	c := newComputer(t, simulator.Options{Seed: 84}, time.Millisecond)
	empty := c.counts()
	for _, statuses := range [][]string{{""}, {oktasteps.SecretInactive}, {oktasteps.SecretInactive, oktasteps.SecretDeleted}} {
		made := c.set(t, nil).result
		r := c.rotation(t, made.Genesys.DeploymentID)
		assert.NilError(t, r.rotate(t.Context(), statuses...))
		c.undoAll(t, r.journal.RunID())
		assert.Check(t, is.DeepEqual(c.counts(), empty), "%q", statuses)
		c.undoAll(t)
		assert.Check(t, is.DeepEqual(c.counts(), empty), "%q", statuses)
	}
	for _, inOrder := range []bool{false, true} {
		made := c.set(t, nil)
		r := c.rotation(t, made.result.Genesys.DeploymentID)
		assert.NilError(t, r.rotate(t.Context(), oktasteps.SecretInactive))
		if inOrder {
			c.undoAll(t, made.journal.RunID())
			assert.NilError(t, c.visitor(made.result).SignIn(t.Context()))
		}
		c.undoAll(t)
		assert.Check(t, is.DeepEqual(c.counts(), empty), "in order: %t", inOrder)
	}
}

// TestCredentialNeededByRotation: where a run stored a credential for an integration that it didn't create, an undo keeps it
// while the undo of a rotation needs it.
func TestCredentialNeededByRotation(t *testing.T) {
	t.Parallel()
	c := newComputer(t, simulator.Options{Seed: 85}, time.Millisecond)
	first := c.set(t, nil)
	second := c.set(t, map[guide.Key][]string{guide.AppName: {"Second"}, guide.IntegrationName: {first.result.Genesys.IntegrationID}})
	r := c.rotation(t, second.result.Genesys.DeploymentID)
	assert.NilError(t, r.rotate(t.Context(), oktasteps.SecretInactive))
	c.undoAll(t, first.journal.RunID(), r.journal.RunID())
	c.undoAll(t, first.journal.RunID(), second.journal.RunID())
	assert.NilError(t, c.visitor(second.result).SignIn(t.Context()))
}
