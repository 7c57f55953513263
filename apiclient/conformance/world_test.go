package conformance

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// requireAll makes a test fail where it would be skipped for want of the definitions.
const requireAll = "MSGSSO_REQUIRE_ALL"

var loaded = sync.OnceValues(func() (*Contract, error) { return Load(Folder()) })

// definitions returns the contract. Without it the test is skipped, or fails where everything is required.
func definitions(t *testing.T) *Contract {
	t.Helper()
	c, err := loaded()
	switch {
	case err == nil:
		return c
	case Missing(err) && os.Getenv(requireAll) != "1":
		t.Skipf("nothing is checked without the vendors' API definitions (%s says where they are): %v", FolderVariable, err)
	}
	t.Fatal(err)
	return nil
}

// world is a simulator whose calls are checked.
type world struct {
	sim           *simulator.Server
	okta, genesys *Recorder
	close         func()
}

// newWorld starts a simulator. When the test ends, every violation fails it.
func newWorld(t *testing.T, opts simulator.Options) *world {
	t.Helper()
	c := definitions(t)
	w := &world{okta: NewRecorder(c.Okta), genesys: NewRecorder(c.Genesys)}
	opts.WrapOkta, opts.WrapGenesys = w.okta.Wrap, w.genesys.Wrap
	if opts.Okta.Limits == nil {
		opts.Okta.Limits = map[string]int{} // an Integrator org's limits would make a second run wait
	}
	sim, err := simulator.Start(t.Context(), opts)
	assert.NilError(t, err)
	w.sim = sim
	w.close = sync.OnceFunc(func() {
		// A connection that was opened and never used holds a server up for 5 s.
		ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
		defer cancel()
		assert.Check(t, sim.Close(ctx))
		// Only now has every answer been checked.
		for _, r := range []*Recorder{w.okta, w.genesys} {
			for _, v := range r.Violations() {
				t.Error(v)
			}
		}
	})
	t.Cleanup(w.close)
	return w
}

// env is one visit of an admin who knows nothing of earlier ones.
func (w *world) env(t *testing.T, answers map[guide.Key][]string) *setup.Session {
	t.Helper()
	credentials := w.sim.Credentials()
	env := &setup.Session{Answers: guide.NewAnswers(), Poll: time.Millisecond}
	services := services.New()
	env.Dial, env.Calls = services, services.Calls
	for key, value := range map[guide.Key]string{
		guide.OktaOrg: w.sim.OktaURL(), guide.OktaToken: credentials.OktaToken, guide.GenesysRegion: w.sim.GenesysURL(),
		guide.GenesysClientID: credentials.GenesysClientID, guide.GenesysClientSecret: credentials.GenesysClientSecret,
	} {
		assert.NilError(t, env.Answers.Set(key, guide.FromUser, value))
	}
	for key, values := range answers {
		assert.NilError(t, env.Answers.Set(key, guide.FromUser, values...))
	}
	return env
}

// run plans and applies the whole guide.
func run(t *testing.T, env *setup.Session) error {
	t.Helper()
	plan, err := env.Plan(t.Context())
	if err != nil {
		return err
	}
	return env.Apply(t.Context(), plan, engine.NewStop())
}

// times returns how often an operation answered with that status.
func (r *Recorder) times(operation string, status int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.answered[operation][status]
}
