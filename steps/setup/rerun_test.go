package setup

import (
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// TestRerunTakesNothingAway: a later run with other answers, or with none, leaves the live page on the app.
func TestRerunTakesNothingAway(t *testing.T) {
	t.Parallel()
	sim, first := world(t, simulator.Options{Seed: 6})
	set(t, first, guide.RedirectURIs, "http://localhost:8080/", "https://www.example.com/chat")
	mustRun(t, first)
	wrote := writes(sim)
	none := visit(t, sim)
	mustRun(t, none)
	same(t, "writes of a run without answers", wrote, writes(sim))
	same(t, "what it found", guide.FromOrg, none.View().Get(guide.RedirectURIs).From)

	other := visit(t, sim)
	set(t, other, guide.RedirectURIs, "https://shop.example/")
	plan := planned(t, other)
	i := slices.IndexFunc(plan.Changes, func(c engine.Change) bool { return c.Kind == guide.KindApp })
	same(t, "the app's change", "sign-in redirect URIs + https://shop.example/, sign-out redirect URIs + https://shop.example/", plan.Changes[i].Why)
	noError(t, apply(t, other, plan))
	app := must(oktaAdmin(t, sim).App(t.Context(), other.Result(0).Okta.AppID))(t)
	same(t, "redirect URIs", []string{"http://localhost:8080/", "https://www.example.com/chat", "https://shop.example/"}, app.RedirectURIs)
}

func TestGroupsImplyTheirAssignment(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 6})
	set(t, session, guide.AssignGroups, "Web partners")
	same(t, "assignment", guide.AssignSelected, session.Answers.Value(guide.Assign))
	if made := mustRun(t, session); slices.ContainsFunc(made, func(line string) bool { return strings.Contains(line, "Everyone") }) {
		t.Errorf("everyone was let in: %v", made)
	}
	both := visit(t, sim)
	set(t, both, guide.AssignGroups, "Web partners")
	set(t, both, guide.Assign, guide.AssignEveryone)
	_, err := both.Plan(t.Context())
	e := asError(t, err)
	same(t, "exit code", 2, explain.ExitCode(e))
	same(t, "problem", `Groups are named (Web partners), and the assignment is "everyone": only one of them can be meant.`, e.Problem)
}

func TestNoFlow(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 6})
	set(t, session, guide.MessageFlow, guide.NoFlow)
	mustRun(t, session)
	same(t, "flow", "", must(genesysAdmin(t, sim).Deployment(t.Context(), session.Result(0).Genesys.DeploymentID))(t).FlowID)
}

// TestAnotherClientNeedsADecision: an integration of ours is not given another app's credentials unasked.
func TestAnotherClientNeedsADecision(t *testing.T) {
	t.Parallel()
	sim, first := world(t, simulator.Options{Seed: 6})
	mustRun(t, first)
	wrote, was := writes(sim), first.Result(0).Okta.ClientID

	other := visit(t, sim)
	set(t, other, guide.AppName, "Second app")
	_, err := other.Plan(t.Context())
	e := asError(t, err)
	same(t, "exit code", 5, explain.ExitCode(e))
	same(t, "question", guide.IntegrationName, e.Question)
	if !strings.Contains(e.Problem, was) {
		t.Errorf("the problem does not name the client %s: %s", was, e.Problem)
	}
	same(t, "writes", wrote, writes(sim))

	set(t, other, guide.IntegrationName, "Messenger SSO (Okta)")
	mustRun(t, other)
	if config := must(genesysAdmin(t, sim).IntegrationConfig(t.Context(), other.Result(0).Genesys.IntegrationID))(t); !strings.Contains(config.Notes, other.Result(0).Okta.ClientID) || strings.Contains(config.Notes, was) {
		t.Errorf("notes %q", config.Notes)
	}
}
