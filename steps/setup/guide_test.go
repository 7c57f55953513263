package setup

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
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

func TestWholeGuide(t *testing.T) {
	t.Parallel()
	for _, settle := range []time.Duration{0, 5 * time.Millisecond} {
		for seed := uint64(1); seed <= 5; seed++ {
			t.Run(fmt.Sprintf("seed %d, settle %v", seed, settle), func(t *testing.T) {
				t.Parallel()
				sim, session := world(t, simulator.Options{Seed: seed, Settle: settle})
				before := count(sim)
				same(t, "plan", firstVisit, mustRun(t, session))
				same(t, "objects", guideMakes(before), count(sim))
				same(t, "writes", len(firstVisit), writes(sim))
				first := session.Result(0)
				complete(t, sim, first)

				for n := range 2 {
					again, wrote := visit(t, sim), writes(sim)
					same(t, "plan of a later visit", nextVisit(first.Okta.ClientID), mustRun(t, again))
					same(t, "writes of a later visit", wrote, writes(sim))
					later := again.Result(0)
					same(t, "calls that count as writes", 0, later.Calls.Writes)
					same(t, "objects after a later visit", guideMakes(before), count(sim))
					same(t, fmt.Sprintf("result of visit %d", n+2), onlyFacts(first), onlyFacts(later))
					sameIDs(t, first, later)
				}
			})
		}
	}
}

// onlyFacts leaves out of a result what differs from visit to visit.
func onlyFacts(r Result) Result {
	r.Calls, r.Changes = services.Calls{}, nil
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
		if c.ID == "" || c.ID != ids[c.Kind] {
			t.Errorf("%s %q has the id %q, and had %q", c.Kind, c.Name, c.ID, ids[c.Kind])
		}
	}
}

func complete(t *testing.T, sim *simulator.Server, r Result) {
	t.Helper()
	same(t, "org", sim.OktaURL(), r.Okta.Org)
	same(t, "issuer", sim.OktaURL()+"/oauth2/default", r.Okta.Issuer)
	same(t, "discovery URI", sim.OktaURL()+"/oauth2/default/.well-known/openid-configuration", r.Okta.DiscoveryURI)
	same(t, "Genesys Cloud organization", "Acme Contact Centre", r.Genesys.Org)
	same(t, "region", sim.GenesysURL(), r.Genesys.Region)
	same(t, "version", "1", r.Genesys.ConfigurationVersion)
	same(t, "writes", len(firstVisit), r.Calls.Writes)
	if len(r.Warnings) > 0 || r.Error != nil {
		t.Errorf("warnings %q, error %v", r.Warnings, r.Error)
	}
	for name, text := range map[string]string{
		"app": r.Okta.AppID, "client id": r.Okta.ClientID, "integration": r.Genesys.IntegrationID,
		"configuration": r.Genesys.ConfigurationID, "deployment": r.Genesys.DeploymentID,
	} {
		if text == "" {
			t.Errorf("the result has no id of the %s", name)
		}
	}
	if !strings.Contains(r.Snippet, "deploymentId: '"+r.Genesys.DeploymentID+"'") {
		t.Errorf("the snippet is not the deployment's: %s", r.Snippet)
	}
	made := genesysFacts(t, sim, r)
	same(t, "what was set up at Genesys Cloud", "configuration "+r.Genesys.ConfigurationID+" version 1 domains [localhost] flow Web chat", made)
	var kinds []string
	for _, c := range r.Changes {
		kinds = append(kinds, string(c.Verb)+" "+string(c.Kind))
		if c.ID == "" {
			t.Errorf("%s %q has no id", c.Kind, c.Name)
		}
	}
	want := make([]string, len(firstVisit))
	for i, line := range firstVisit {
		parts := strings.Split(line, " | ")
		want[i] = parts[0] + " " + parts[1]
	}
	same(t, "changes of the result", want, kinds)
}

// genesysFacts is what a colleague sees of the deployment.
func genesysFacts(t *testing.T, sim *simulator.Server, r Result) string {
	t.Helper()
	admin := genesysAdmin(t, sim)
	d := must(admin.Deployment(t.Context(), r.Genesys.DeploymentID))(t)
	flow := ""
	for _, f := range must(admin.Flows(t.Context()))(t) {
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
	same(t, "notices", []engine.Notice{
		warning(guide.SectionOkta, "A new app asks for two factors: at first, people may have to set one up."),
		passed(guide.SectionOkta, "Signed in as ada@acme.test (Super Administrator) at Acme."),
		passed(guide.SectionGenesys, "Licences are not told; whether yours includes sign-in for Messenger shows in the next section."),
		passed(guide.SectionGenesys, "Signed in to Acme Contact Centre."),
		passed(guide.SectionGenesys, "The OAuth client has every permission that the next steps need."),
		warning(guide.SectionIntegration, `"default" has no access policy for this app: sign-in would be refused. One will be added.`),
		passed(guide.SectionIntegration, "Okta's document · issuer matches · RS256 · S256 · 1 key"),
	}, sorted(plan.Notices))
	same(t, "plan writes", true, plan.Writes())
	same(t, "writes while planning", 0, writes(sim))
	host := strings.TrimPrefix(sim.OktaURL(), "http://")
	same(t, "identity", Identity{host, "Acme Contact Centre"}, session.Identity())
	again := planned(t, session)
	same(t, "notices of the same plan once more", sorted(plan.Notices), sorted(again.Notices))
	same(t, "changes of the same plan once more", plan.Changes, again.Changes)
}

// sorted puts the notices of one section in the order of their texts: steps side by side give them in any order.
func sorted(notices []engine.Notice) []engine.Notice {
	out := append([]engine.Notice{}, notices...)
	for i := range out {
		for j := i; j > 0 && out[j].Section == out[j-1].Section && out[j].Text < out[j-1].Text; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}
