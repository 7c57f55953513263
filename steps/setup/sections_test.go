package setup

import (
	"slices"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
)

// walkThrough plans and applies section by section, in the guide's order.
func walkThrough(t *testing.T, session *Session) []string {
	t.Helper()
	var all []string
	for _, s := range guide.Sections() {
		plan := planned(t, session, s.ID)
		for _, n := range plan.Notices {
			same(t, "section of a notice", s.ID, n.Section)
		}
		if err := apply(t, session, plan); err != nil {
			t.Fatalf("%s: %v", s.ID, err)
		}
		all = append(all, lines(plan.Changes)...)
	}
	return all
}

func TestSectionBySection(t *testing.T) {
	t.Parallel()
	atOnce, one := world(t, simulator.Options{Seed: 4})
	mustRun(t, one)
	stepwise, session := world(t, simulator.Options{Seed: 4})
	before := count(stepwise)
	plan := walkThrough(t, session)

	want := slices.Clone(firstVisit)
	want[slices.Index(want, "create | credential | client credentials")] = "create | credential | client " + session.Result(0).Okta.ClientID
	same(t, "plan", want, plan)
	same(t, "objects", guideMakes(before), count(stepwise))
	same(t, "objects of both ways", count(atOnce), count(stepwise))
	complete(t, stepwise, session.Result(0))
	same(t, "changes of both ways", lines(one.Made())[:6], lines(session.Made())[:6])
}

func TestBackToAnEarlierSection(t *testing.T) {
	t.Parallel()
	for _, s := range guide.Sections() {
		t.Run(string(s.ID), func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			walkThrough(t, session)
			first, wrote := session.Result(0), writes(sim)

			plan := planned(t, session, s.ID)
			same(t, "plan writes", false, plan.Writes())
			if err := apply(t, session, plan); err != nil {
				t.Fatal(err)
			}
			same(t, "writes", wrote, writes(sim))
			same(t, "result", onlyFacts(first), onlyFacts(session.Result(0)))
			same(t, "what was made", first.Changes, session.Result(0).Changes)
		})
	}
}

func TestBackToChangeAnAnswer(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	walkThrough(t, session)
	first := session.Result(0)
	objects, wrote := count(sim), writes(sim)

	set(t, session, guide.RedirectURIs, "http://localhost:8080/", "https://www.example.com/chat")
	same(t, "plan", []string{
		"update | app integration | Genesys Cloud Messenger",
		"reuse | assignment | Everyone",
		"reuse | trusted origin | http://localhost:8080",
		"create | trusted origin | https://www.example.com",
		"reuse | access policy | Genesys Messenger",
		"reuse | policy rule | Messenger sign-in",
		"reuse | integration | Messenger SSO (Okta)",
		"reuse | credential | client " + first.Okta.ClientID,
		"reuse | settings | Discovery URI and credential",
		"reuse | state | Active",
		"reuse | configuration | Web SSO Messenger",
		"reuse | published version | 1",
		"update | deployment | Web SSO",
	}, walkThrough(t, session))
	objects.Okta.TrustedOrigins++
	same(t, "objects", objects, count(sim))
	same(t, "writes", wrote+3, writes(sim))
	app := must(oktaAdmin(t, sim).App(t.Context(), first.Okta.AppID))(t)
	same(t, "redirect URIs", []string{"http://localhost:8080/", "https://www.example.com/chat"}, app.RedirectURIs)
	d := must(genesysAdmin(t, sim).Deployment(t.Context(), first.Genesys.DeploymentID))(t)
	same(t, "domains", []string{"localhost", "www.example.com"}, d.AllowedDomains)
}
