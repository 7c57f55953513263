package conformance

import (
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// requireAll makes a test fail where it would be skipped for want of the definitions.
const requireAll = "MSGSSO_REQUIRE_ALL"

var loaded = sync.OnceValues(Load)

// definitions returns the contract. Without it the test is skipped, or fails where everything is required.
func definitions(t *testing.T) *Contract {
	t.Helper()
	c, err := loaded()
	switch {
	case err == nil:
		return c
	case errors.Is(err, fs.ErrNotExist) && os.Getenv(requireAll) != "1":
		t.Skipf("nothing is checked without the vendors' API definitions (%s says where they are): %v", folderVariable, err)
	}
	t.Fatal(err)
	return nil
}

// world is a simulator whose calls are checked.
type world struct {
	sim           *simulator.Server
	okta, genesys *Recorder
}

// newWorld starts a simulator. When the test ends, every violation fails it.
func newWorld(t *testing.T, opts simulator.Options) *world {
	t.Helper()
	c := definitions(t)
	w := &world{okta: NewRecorder(c.Okta), genesys: NewRecorder(c.Genesys)}
	opts.WrapOkta, opts.WrapGenesys = w.okta.Wrap, w.genesys.Wrap
	w.sim = simtest.Start(t, opts)
	t.Cleanup(func() {
		for _, v := range slices.Concat(w.okta.Violations(), w.genesys.Violations()) {
			t.Error(v)
		}
	})
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

// coverage fails the test when an operation that the simulator serves has not answered with success. later
// are the operations that it does not serve, with reasons.
func coverage(t *testing.T, service string, r *Recorder, later map[string]string) {
	t.Helper()
	defined, exercised := r.checker.Operations(), r.Exercised()
	for _, id := range slices.Sorted(maps.Keys(later)) {
		assert.Check(t, slices.Contains(defined, id), "%s: the definition has no operation %s", service, id)
		assert.Check(t, !slices.Contains(exercised, id), "%s: %s answers, so it is in the wrong table", service, id)
	}
	for _, id := range defined {
		_, notServed := later[id]
		assert.Check(t, notServed || slices.Contains(exercised, id), "%s: %s was not exercised", service, id)
	}
	t.Logf("%s: operations in the definition %d / exercised %d", service, len(defined), len(exercised))
}

var parameter = regexp.MustCompile(`\{[^}]+\}`)

// What is not exercised must not be there: an operation that the simulator learns has to leave the table.
func TestNothingIsServedUnchecked(t *testing.T) {
	t.Parallel()
	c := definitions(t)
	sim := simtest.Start(t, simulator.Options{Seed: 7})
	for _, x := range []struct {
		service string
		checker *Checker
		later   map[string]string
		caller  *caller
	}{
		{"Okta", c.Okta, oktaLater, newCaller(t, sim.OktaURL(), "SSWS "+sim.Credentials().OktaToken)},
		{"Genesys Cloud", c.Genesys, nil, newCaller(t, sim.GenesysURL(), genesysSign(t, sim))},
	} {
		for path, item := range x.checker.requests.Paths.Map() {
			for method, op := range item.Operations() {
				if _, ok := x.later[op.OperationID]; !ok {
					continue
				}
				resp, _ := x.caller.send(call{method: method, path: parameter.ReplaceAllString(path, "default")})
				status := resp.StatusCode
				assert.Check(t, status == http.StatusNotFound || status == http.StatusMethodNotAllowed,
					"%s: %s answers with %d: it is served now and must be exercised", x.service, op.OperationID, status)
			}
		}
	}
}
