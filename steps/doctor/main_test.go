package doctor

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"go.uber.org/goleak"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/pagecode"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// TestMain leaves SSL_CERT_FILE out: all calls are plain HTTP on loopback, and each transport would read it.
func TestMain(m *testing.M) {
	_ = os.Unsetenv("SSL_CERT_FILE")
	goleak.VerifyTestMain(m)
}

// world is a simulator in which the whole guide has run, and the admin who ran it.
type world struct {
	sim     *simulator.Server
	env     *setup.Session
	made    setup.Result
	okta    *okta.Client
	genesys *genesys.Client
}

func newWorld(t *testing.T, opts simulator.Options) *world {
	t.Helper()
	sim := simtest.Start(t, opts)
	w := &world{sim: sim}
	w.env = w.visit(t, both...)
	assert.NilError(t, w.env.Answers.Set(guide.VisitorNames, guide.FromUser, guide.NamesInclude))
	w.env.Journal = journal.New(nil, "test", w.env.Answers)
	plan, err := w.env.Plan(t.Context())
	assert.NilError(t, err)
	assert.NilError(t, w.env.Apply(t.Context(), plan, engine.NewStop()))
	w.made = w.env.Result(0)
	api, err := w.env.Dial.Okta(sim.OktaURL(), guide.OktaLogin{Method: guide.OktaByToken, Token: w.env.Answers.Secret(guide.OktaToken)})
	assert.NilError(t, err)
	w.okta = api.(*okta.Client)
	c := sim.Credentials()
	org, err := w.env.Dial.Genesys(sim.GenesysURL(), guide.GenesysLogin{Method: guide.GenesysByClient, ClientID: c.GenesysClientID, Secret: guide.NewSecret(c.GenesysClientSecret)})
	assert.NilError(t, err)
	w.genesys = org.(*genesys.Client)
	return w
}

// visit returns a session that knows nothing of earlier runs and is answered the connection questions of those keys.
func (w *world) visit(t *testing.T, keys ...guide.Key) *setup.Session {
	t.Helper()
	services, all := services.New(), guide.NewAnswers()
	t.Cleanup(services.Close)
	assert.NilError(t, all.FromEnvironment(simtest.Lookup(w.sim)))
	return &setup.Session{Answers: all.Only(keys...), Poll: time.Millisecond, Dial: services, Calls: services.Calls}
}

// These are the keys of an admin of both orgs, and of one.
var (
	both        = []guide.Key{guide.OktaOrg, guide.OktaToken, guide.GenesysRegion, guide.GenesysClientID, guide.GenesysClientSecret}
	genesysOnly = both[2:]
)

func (w *world) examine(t *testing.T, change func(*Config)) *Report {
	t.Helper()
	cfg := Config{Env: w.visit(t, both...), Deployment: w.made.Genesys.DeploymentID}
	if change != nil {
		change(&cfg)
	}
	r, err := Examine(t.Context(), cfg)
	assert.NilError(t, err)
	return r
}

// examineWith is what doctor finds with the answers of those keys, and the session that has them.
func (w *world) examineWith(t *testing.T, keys ...guide.Key) (*setup.Session, *Report) {
	t.Helper()
	env := w.visit(t, keys...)
	return env, w.examine(t, func(c *Config) { c.Env = env })
}

// applyFixes carries fixes out and returns their plan.
func applyFixes(t *testing.T, env *setup.Session, r *Report, fixes ...signintest.Fix) setup.Plan {
	t.Helper()
	plan, err := PlanFix(t.Context(), env, r, fixes...)
	assert.NilError(t, err)
	assert.NilError(t, env.Apply(t.Context(), plan, engine.NewStop()))
	return plan
}

// facts are what the page code is filled in with.
func facts(t *testing.T, env *setup.Session, r *Report) pagecode.Facts {
	t.Helper()
	facts, err := r.Page(t.Context(), env)
	assert.NilError(t, err)
	return facts
}

func (w *world) writes() int { return w.sim.Okta().Calls().Writes + w.sim.Genesys().Calls().Writes }

// call is an admin's call of either service, as its path says, that the clients of this program do not have.
func (w *world) call(t *testing.T, method, path, body string) map[string]any {
	t.Helper()
	host := w.sim.OktaURL()
	if strings.HasPrefix(path, "/api/v2/") {
		host = w.sim.GenesysURL()
	}
	return simtest.Call(t, w.sim, method, host+path, body)
}

// bad are the findings that are neither OK nor skipped, as "check state".
func bad(r *Report) []string {
	out := []string{}
	for _, f := range r.Findings {
		if f.State == Fail || f.State == Warn {
			out = append(out, f.Check+" "+f.State.String())
		}
	}
	return out
}

// expected is what bad should be where check is what is wrong; empty: nothing is. more says so where it is not that alone.
func expected(check string, more []string) []string {
	switch {
	case check == "":
		return []string{}
	case more == nil:
		return []string{check + " fail"}
	}
	return more
}

func finding(t *testing.T, r *Report, check string) Finding {
	t.Helper()
	i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Check == check && f.State != OK })
	assert.Assert(t, i >= 0, "nothing wrong with %s: %v", check, r.Findings)
	return r.Findings[i]
}
