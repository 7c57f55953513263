package doctor

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/pagecode"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

func TestMain(m *testing.M) { kit.Main(m) }

// world is a simulator in which the whole guide has run, and the admin who ran it.
type world struct {
	*kit.Org
	env  *setup.Session
	made setup.Result
}

func newWorld(t *testing.T, opts simulator.Options) *world {
	t.Helper()
	sim := simtest.Start(t, opts)
	w := &world{Org: &kit.Org{Sim: sim, Okta: kit.OktaAdmin(t, sim), Genesys: kit.GenesysAdmin(t, sim)}}
	w.env = w.visit(t, both...)
	assert.NilError(t, w.env.Answers.Set(guide.VisitorNames, guide.FromUser, guide.NamesInclude))
	w.env.Journal = journal.New(nil, "test", w.env.Answers)
	plan := kit.Must(w.env.Plan(t.Context()))(t)
	assert.NilError(t, w.env.Apply(t.Context(), plan, engine.NewStop()))
	w.made = w.env.Result(0)
	made := w.made.Genesys
	w.App, w.Integration, w.Configuration, w.Deployment = w.made.Okta.AppID, made.IntegrationID, made.ConfigurationID, made.DeploymentID
	return w
}

// visit returns a session that knows nothing of earlier runs and is answered the connection questions of those keys.
func (w *world) visit(t *testing.T, keys ...guide.Key) *setup.Session {
	t.Helper()
	services, all := services.New(), guide.NewAnswers()
	t.Cleanup(services.Close)
	assert.NilError(t, all.FromEnvironment(simtest.Lookup(w.Sim)))
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
	r := kit.Must(Examine(t.Context(), cfg))(t)
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
	plan := kit.Must(PlanFix(t.Context(), env, r, "", fixes...))(t)
	assert.NilError(t, env.Apply(t.Context(), plan, engine.NewStop()))
	return plan
}

// facts are what the page code is filled in with.
func facts(t *testing.T, env *setup.Session, r *Report) pagecode.Facts {
	t.Helper()
	facts := kit.Must(r.Page(t.Context(), env))(t)
	return facts
}

// hosts are the simulators', and what a table has in their place.
func (w *world) hosts() map[string]string {
	return map[string]string{
		strings.TrimPrefix(w.Sim.OktaURL(), "http://"): "acme.okta.com", strings.TrimPrefix(w.Sim.GenesysURL(), "http://"): "apps.mypurecloud.de",
	}
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

func finding(t *testing.T, r *Report, check string) Finding {
	t.Helper()
	i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Check == check && f.State != OK })
	assert.Assert(t, i >= 0, "nothing wrong with %s: %v", check, r.Findings)
	return r.Findings[i]
}
