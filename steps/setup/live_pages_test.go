package setup

import (
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// conflictOf is the conflict that a plan ends with, without what differs from run to run. Nothing is written.
func conflictOf(t *testing.T, sim *simulator.Server, session *Session, question guide.Key) (problem, fix string) {
	t.Helper()
	wrote := writes(sim)
	_, err := session.Plan(t.Context())
	e := asError(t, err)
	same(t, "exit code", 5, explain.ExitCode(err))
	same(t, "question", question, e.Question)
	same(t, "writes", wrote, writes(sim))
	return anonymous(sim, e.Problem), e.Fix
}

// noticesOf are the notices of a section.
func noticesOf(plan Plan, section guide.SectionID) []string {
	var out []string
	for _, n := range plan.Notices {
		if n.Section == section {
			out = append(out, n.Text)
		}
	}
	return out
}

// TestSecondPageLeavesTheFirst: a run with another app and integration changes nothing for the page of the first run,
// unless what that page lives on is named.
func TestSecondPageLeavesTheFirst(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	first := session.Result(0).Genesys
	live := func() any { return rawGet(t, sim, deploymentPath+first.DeploymentID+"/configurations") }
	before := live()

	second := visit(t, sim)
	set(t, second, guide.AppName, "Second app")
	set(t, second, guide.IntegrationName, "Second integration")
	set(t, second, guide.RedirectURIs, "https://shop.example/chat")
	problem, fix := conflictOf(t, sim, second, guide.MessengerConfig)
	same(t, "problem", `The configuration "Web SSO Messenger" signs visitors in with the integration "Messenger SSO (Okta)", and this run has another one. Changing it would lock out the visitors of the deployment "Web SSO" (localhost).`, problem)
	same(t, "fix", "Use that integration (--integration-name), or give this page a configuration and a deployment of its own (--messenger-config, --deployment); to change it all the same, name this configuration yourself.", fix)

	set(t, second, guide.MessengerConfig, "Second configuration")
	problem, fix = conflictOf(t, sim, second, guide.DeploymentName)
	same(t, "problem", `The deployment "Web SSO" (localhost) shows the configuration "Web SSO Messenger" ({id}), and this run has another one. Moving it would change Messenger for its visitors.`, problem)
	same(t, "fix", "Use that configuration (--messenger-config), or choose another deployment name (--deployment); to move it all the same, name this deployment yourself.", fix)

	set(t, second, guide.DeploymentName, "Second deployment")
	mustRun(t, second)
	same(t, "what the first page gets", before, live())

	third := visit(t, sim)
	set(t, third, guide.AppName, "Second app")
	set(t, third, guide.IntegrationName, "Second integration")
	set(t, third, guide.MessengerConfig, "Web SSO Messenger")
	plan := planned(t, third)
	same(t, "notices", []string{`The configuration "Web SSO Messenger" signs visitors in with the integration "Messenger SSO (Okta)", from the new version on with this run's. That changes it for the deployment "Web SSO" (localhost).`}, noticesOf(plan, guide.SectionConfiguration))
	set(t, third, guide.MessengerConfig, "Second configuration")
	set(t, third, guide.DeploymentName, "Web SSO")
	plan = planned(t, third)
	same(t, "notices", `The deployment "Web SSO" (localhost) shows the configuration "Web SSO Messenger" now, and this run's afterwards.`, noticesOf(plan, guide.SectionDeployment)[0])
	same(t, "what the first page gets", before, live())
}

// TestRenamedConfiguration: a colleague gives our configuration another name. A run without answers finds it by the
// deployment that pins it, and changes nothing.
func TestRenamedConfiguration(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	made, admin := session.Result(0).Genesys, genesysAdmin(t, sim)
	draft := must(admin.Draft(t.Context(), made.ConfigurationID))(t)
	draft.Name = "Acme chat"
	must(admin.UpdateDraft(t.Context(), draft))(t)

	again := visit(t, sim)
	writesNothing(t, sim, again)
	same(t, "configuration of the result", made.ConfigurationID, again.Result(0).Genesys.ConfigurationID)
}

// TestDeploymentOfAnotherConfiguration: a colleague moves our deployment to a configuration of their own. A run without
// answers leaves it there.
func TestDeploymentOfAnotherConfiguration(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	website, _ := theWebsite(t, sim)
	admin := genesysAdmin(t, sim)
	d := must(admin.Deployment(t.Context(), session.Result(0).Genesys.DeploymentID))(t)
	d.ConfigurationID, d.ConfigurationVersion = website.ID, "1"
	must(admin.UpdateDeployment(t.Context(), d))(t)
	problem, _ := conflictOf(t, sim, visit(t, sim), guide.DeploymentName)
	same(t, "problem", `The deployment "Web SSO" (localhost) shows the configuration "Main website" ({id}), and this run has another one. Moving it would change Messenger for its visitors.`, problem)
}

// TestRolledBackDeployment: a colleague published a version and had the deployment go back to the one before, which
// signs visitors in, too. A run without answers leaves it there; one that names the deployment moves it.
func TestRolledBackDeployment(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	made, admin := session.Result(0).Genesys, genesysAdmin(t, sim)
	must(admin.Publish(t.Context(), made.ConfigurationID))(t)
	pinned := func() string {
		return must(admin.Deployment(t.Context(), made.DeploymentID))(t).ConfigurationVersion
	}

	again, wrote := visit(t, sim), writes(sim)
	plan, err := runAll(t, again)
	noError(t, err)
	same(t, "writes", wrote, writes(sim))
	same(t, "version", "1", pinned())
	same(t, "version of the result", "1", again.Result(0).Genesys.ConfigurationVersion)
	same(t, "notices", []string{`The deployment "Web SSO" (localhost) shows version 1, and version 2 is published. Both sign visitors in, so it stays there; to move it, name it (--deployment).`}, noticesOf(plan, guide.SectionDeployment))

	page := visit(t, sim)
	set(t, page, guide.RedirectURIs, "https://shop.example/chat")
	mustRun(t, page)
	same(t, "version after another page was added", "1", pinned())

	set(t, page, guide.DeploymentName, "Web SSO")
	mustRun(t, page)
	same(t, "version of a deployment that was named", "2", pinned())
}

// TestDeletedIntegration: where the integration is gone nobody signs in any more, so there is no page to protect.
func TestDeletedIntegration(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	noError(t, genesysAdmin(t, sim).DeleteIntegration(t.Context(), session.Result(0).Genesys.IntegrationID))
	again := visit(t, sim)
	mustRun(t, again)
	wouldSignIn(t, sim, again)
}
