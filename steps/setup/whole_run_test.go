package setup

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/services"
)

var firstVisit = []string{
	"create | app integration | Genesys Cloud Messenger",
	"create | assignment | Everyone",
	"create | trusted origin | http://localhost:8080",
	"create | access policy | Genesys Messenger",
	"create | policy rule | Messenger sign-in",
	"create | integration | Messenger SSO (Okta)",
	"create | credential | client credentials",
	"update | settings | Discovery URI and credential",
	"update | state | Disabled → Active",
	"create | configuration | Web SSO Messenger",
	"create | published version | 1",
	"create | deployment | Web SSO",
}

// nextVisit is what a run finds that comes after a whole one.
func nextVisit(clientID string) []string {
	return []string{
		"reuse | app integration | Genesys Cloud Messenger",
		"reuse | assignment | Everyone",
		"reuse | trusted origin | http://localhost:8080",
		"reuse | access policy | Genesys Messenger",
		"reuse | policy rule | Messenger sign-in",
		"reuse | integration | Messenger SSO (Okta)",
		"reuse | credential | client " + clientID,
		"reuse | settings | Discovery URI and credential",
		"reuse | state | Active",
		"reuse | configuration | Web SSO Messenger",
		"reuse | published version | 1",
		"reuse | deployment | Web SSO",
	}
}

func TestWholeRun(t *testing.T) {
	t.Parallel()
	for _, settle := range []time.Duration{0, 5 * time.Millisecond} {
		for seed := uint64(1); seed <= 5; seed++ {
			t.Run(fmt.Sprintf("seed %d, settle %v", seed, settle), func(t *testing.T) {
				t.Parallel()
				sim, session := world(t, simulator.Options{Seed: seed, Settle: settle})
				before := kit.Count(sim)
				assert.Check(t, is.DeepEqual(lines(mustRun(t, session).Changes), firstVisit), "plan")
				assert.Check(t, is.DeepEqual(kit.Count(sim), guideMakes(before)), "objects")
				assert.Check(t, is.Equal(kit.Writes(sim), len(firstVisit)), "writes")
				first := session.Result(0)
				complete(t, sim, first)

				for n := range 2 {
					again, wrote := visit(t, sim), kit.Writes(sim)
					assert.Check(t, is.DeepEqual(lines(mustRun(t, again).Changes), nextVisit(first.Okta.ClientID)), "plan of a later visit")
					assert.Check(t, is.Equal(kit.Writes(sim), wrote), "writes of a later visit")
					later := again.Result(0)
					assert.Check(t, is.Equal(later.Calls.Writes, 0), "calls that count as writes")
					assert.Check(t, is.DeepEqual(kit.Count(sim), guideMakes(before)), "objects after a later visit")
					assert.Check(t, is.DeepEqual(onlyFacts(later), onlyFacts(first)), fmt.Sprintf("result of visit %d", n+2))
					sameIDs(t, first, later)
				}
			})
		}
	}
}

// TestPlanNamesTheRun: a plan tells what this run made from what an earlier one made.
func TestPlanNamesTheRun(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	for want, s := range map[string]*Session{"this run": session, "an earlier run": visit(t, sim)} {
		plan, err := s.Plan(t.Context())
		assert.NilError(t, err)
		for step, did := range map[guide.StepID]string{guide.StepApp: "created", guide.StepIntegration: "created", guide.StepCredential: "stored"} {
			assert.Check(t, is.Equal(why(plan, step), "reuse: "+did+" by "+want), step)
		}
	}
}

// onlyFacts leaves out of a result what differs from visit to visit.
func onlyFacts(r Result) Result {
	r.Calls, r.Changes, r.Notices = services.Calls{}, nil, nil
	return r
}

// sameIDs compares the ids of what a later visit found with those of what the first one made.
func sameIDs(t *testing.T, first, later Result) {
	t.Helper()
	ids := map[guide.ObjectKind]string{}
	for _, c := range first.Changes {
		ids[c.Kind] = c.ID
	}
	for _, c := range later.Changes {
		assert.Check(t, c.ID != "" && c.ID == ids[c.Kind],
			"%s %q has the id %q, and had %q", c.Kind, c.Name, c.ID, ids[c.Kind])
	}
}

func complete(t *testing.T, sim *simulator.Server, r Result) {
	t.Helper()
	assert.Check(t, is.Equal(r.Okta.Org, sim.OktaURL()), "org")
	assert.Check(t, is.Equal(r.Okta.Issuer, sim.OktaURL()+"/oauth2/default"), "issuer")
	assert.Check(t, is.Equal(r.Okta.DiscoveryURI, sim.OktaURL()+"/oauth2/default/.well-known/openid-configuration"), "discovery URI")
	assert.Check(t, is.Equal(r.Genesys.Org, "Acme Contact Centre"), "Genesys Cloud organization")
	assert.Check(t, is.Equal(r.Genesys.Region, sim.GenesysURL()), "region")
	assert.Check(t, is.Equal(r.Genesys.ConfigurationVersion, "1"), "version")
	assert.Check(t, is.Equal(r.Calls.Writes, len(firstVisit)), "writes")
	assert.Check(t, len(r.Warnings) == 0 && r.Error == nil, "warnings %q, error %v", r.Warnings, r.Error)
	for name, text := range map[string]string{
		"app": r.Okta.AppID, "client id": r.Okta.ClientID, "integration": r.Genesys.IntegrationID,
		"configuration": r.Genesys.ConfigurationID, "deployment": r.Genesys.DeploymentID,
	} {
		assert.Check(t, text != "", "the result has no id of the %s", name)
	}
	assert.Check(t, is.Contains(r.Snippet, "deploymentId: '"+r.Genesys.DeploymentID+"'"),
		"the snippet isn't the deployment's")
	made := genesysFacts(t, sim, r)
	assert.Check(t, is.Equal(made, "configuration "+r.Genesys.ConfigurationID+" version 1 domains [localhost] flow Web chat"), "what was set up at Genesys Cloud")
	var kinds []string
	for _, c := range r.Changes {
		kinds = append(kinds, string(c.Verb)+" "+string(c.Kind))
		assert.Check(t, c.ID != "", "%s %q has no id", c.Kind, c.Name)
	}
	want := make([]string, len(firstVisit))
	for i, line := range firstVisit {
		parts := strings.Split(line, " | ")
		want[i] = parts[0] + " " + parts[1]
	}
	assert.Check(t, is.DeepEqual(kinds, want), "changes of the result")
}

// genesysFacts is what a colleague sees of the deployment.
func genesysFacts(t *testing.T, sim *simulator.Server, r Result) string {
	t.Helper()
	admin := kit.GenesysAdmin(t, sim)
	d := kit.Must(admin.Deployment(t.Context(), r.Genesys.DeploymentID))(t)
	flow := ""
	for _, f := range kit.Must(admin.Flows(t.Context()))(t) {
		if f.ID == d.FlowID {
			flow = f.Name
		}
	}
	return fmt.Sprintf("configuration %s version %s domains %v flow %s", d.ConfigurationID, d.ConfigurationVersion, d.AllowedDomains, flow)
}

func TestPlanNotices(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	plan := planned(t, session)
	assert.Check(t, is.DeepEqual(plan.Notices, []engine.Notice{
		passed(guide.SectionOkta, "Signed in as ada@acme.test (Super Administrator) at Acme."),
		warning(guide.SectionOkta, `New apps get the app sign-in policy "Any two factors", which asks for two factors. Users may need to enroll one.`),
		passed(guide.SectionGenesys, "Signed in to Acme Contact Centre."),
		passed(guide.SectionGenesys, "Genesys Cloud doesn't report licenses. The next section checks for the integration type."),
		passed(guide.SectionGenesys, "The OAuth client has all required permissions."),
		passed(guide.SectionIntegration, "discovery document · issuer matches · RS256 · S256 · 1 key"),
		warning(guide.SectionIntegration, `"default" has no access policy for this app, so Okta would refuse sign-in. The wizard adds one.`),
		warning(guide.SectionIntegration, "ID tokens lack given_name and family_name, so agents don't see visitors' names. Set Visitor names to include them."),
		passed(guide.SectionIntegration, "The integration type requires Max Refresh Token Lifetime. The wizard sets 86400."),
		warning(guide.SectionConfiguration, personalData),
	}), "notices")
	assert.Check(t, is.Equal(plan.Writes(), true), "plan writes")
	assert.Check(t, is.Equal(kit.Writes(sim), 0), "writes while planning")
	host := strings.TrimPrefix(sim.OktaURL(), "http://")
	assert.Check(t, is.DeepEqual(session.Identity(), Identity{host, "Acme Contact Centre"}), "identity")
	again := planned(t, session)
	assert.Check(t, is.DeepEqual(again.Notices, plan.Notices), "notices of the same plan once more")
	assert.Check(t, is.DeepEqual(again.Changes, plan.Changes), "changes of the same plan once more")
}
