package setup

import (
	"maps"
	"net/http"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

const personalData = "Once authentication is on, Genesys Cloud stores visitors' personal data on contacts. Check that your privacy notice covers it."

const fixOtherDeployment = "Use that configuration, or choose another deployment name. To move it anyway, choose this deployment."

// conflicts plans a session, which ends in a conflict with what others live on. Nothing is written.
func conflicts(t *testing.T, sim *simulator.Server, session *Session, question guide.Key, problem, fix string) {
	t.Helper()
	wrote := kit.Writes(sim)
	_, err := session.Plan(t.Context())
	assert.Check(t, is.DeepEqual(refusalOf(t, sim, err), refusal{Class: explain.ClassConflict, Question: question, Problem: problem, Fix: fix}), "refusal")
	assert.Check(t, is.Equal(kit.Writes(sim), wrote), "writes")
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

// TestSecondPageKeepsFirst: a run with another app and integration changes nothing for the page of the first run,
// unless what that page lives on is named.
func TestSecondPageKeepsFirst(t *testing.T) {
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
	conflicts(t, sim, second, guide.MessengerConfig,
		`Configuration "Web SSO Messenger" uses integration "Messenger SSO (Okta)", but this run has another one. Changing it would lock out the visitors of the deployment "Web SSO" (localhost).`,
		"Use that integration, or create a separate configuration and deployment for this page. To change it anyway, choose this configuration.")

	apart := visit(t, sim)
	set(t, apart, guide.AppName, "Second app")
	set(t, apart, guide.IntegrationName, "Second integration")
	set(t, apart, guide.DeploymentName, "Second deployment")
	conflicts(t, sim, apart, guide.MessengerConfig,
		`Configuration "Web SSO Messenger" uses integration "Messenger SSO (Okta)", but this run has another one. A new version would use that one, so it isn't for these deployments: "Web SSO" (localhost).`,
		"Use that integration, or create a separate configuration and deployment for this page. To change it anyway, choose this configuration.")

	set(t, second, guide.MessengerConfig, "Second configuration")
	conflicts(t, sim, second, guide.DeploymentName,
		`Deployment "Web SSO" (localhost) uses configuration "Web SSO Messenger" ({id}), but this run has another one. Moving it would change Messenger for its visitors.`,
		fixOtherDeployment)

	set(t, second, guide.DeploymentName, "Second deployment")
	mustRun(t, second)
	assert.Check(t, is.DeepEqual(live(), before), "what the first page gets")

	third := visit(t, sim)
	set(t, third, guide.AppName, "Second app")
	set(t, third, guide.IntegrationName, "Second integration")
	set(t, third, guide.MessengerConfig, "Web SSO Messenger")
	plan := planned(t, third)
	assert.Check(t, is.DeepEqual(noticesOf(plan, guide.SectionConfiguration), []string{
		`Configuration "Web SSO Messenger" uses integration "Messenger SSO (Okta)". The new version uses this run's integration. That affects the deployment "Web SSO" (localhost).`,
		personalData,
	}), "notices")
	set(t, third, guide.DeploymentName, "Third deployment") // the first page keeps its version
	plan = planned(t, third)
	assert.Check(t, is.DeepEqual(noticesOf(plan, guide.SectionConfiguration), []string{
		`Configuration "Web SSO Messenger" uses integration "Messenger SSO (Okta)". The new version uses this run's integration. These deployments keep their version: "Web SSO" (localhost).`,
		personalData,
	}), "notices")
	set(t, third, guide.MessengerConfig, "Second configuration")
	set(t, third, guide.DeploymentName, "Web SSO")
	plan = planned(t, third)
	assert.Check(t, is.Equal(noticesOf(plan, guide.SectionDeployment)[0], `Deployment "Web SSO" (localhost) uses configuration "Web SSO Messenger". After this run, it uses this run's configuration.`), "notices")
	assert.Check(t, is.DeepEqual(live(), before), "what the first page gets")
}

// TestNoticesNameWhatChanges: a live site uses version 1 of the configuration that a new page shares. It keeps that version,
// and the notice says so.
func TestNoticesNameWhatChanges(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	website, _ := theWebsite(t, sim)
	set(t, session, guide.MessengerConfig, website.Name)
	set(t, session, guide.DeploymentName, "New page")
	assert.Check(t, is.DeepEqual(noticesOf(planned(t, session), guide.SectionConfiguration), []string{
		`After publishing, everyone must sign in to chat, also in mobile apps. These deployments keep their version: "Main website" (www.acmecc.example, shop.acmecc.example).`,
		personalData,
	}), "notices")
}

// TestRenamedConfiguration: a colleague gives our configuration another name. A run without answers finds it by the
// deployment that uses it, and changes nothing.
func TestRenamedConfiguration(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	made, admin := session.Result(0).Genesys, kit.GenesysAdmin(t, sim)
	draft := kit.Must(admin.Draft(t.Context(), made.ConfigurationID))(t)
	draft.Name = "Acme chat"
	kit.Must(admin.UpdateDraft(t.Context(), draft))(t)

	again := visit(t, sim)
	writesNothing(t, sim, again)
	assert.Check(t, is.Equal(again.Result(0).Genesys.ConfigurationID, made.ConfigurationID), "configuration of the result")
}

// TestDeploymentOfOtherConfiguration: a colleague moves our deployment to their own configuration. A run without
// answers leaves it there.
func TestDeploymentOfOtherConfiguration(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	website, _ := theWebsite(t, sim)
	admin := kit.GenesysAdmin(t, sim)
	d := kit.Must(admin.Deployment(t.Context(), session.Result(0).Genesys.DeploymentID))(t)
	d.ConfigurationID, d.ConfigurationVersion = website.ID, "1"
	kit.Must(admin.UpdateDeployment(t.Context(), d))(t)
	conflicts(t, sim, visit(t, sim), guide.DeploymentName,
		`Deployment "Web SSO" (localhost) uses configuration "Main website" ({id}), but this run has another one. Moving it would change Messenger for its visitors.`,
		fixOtherDeployment)
}

// TestRolledBackDeployment: a colleague published a version and had the deployment go back to the one before, which
// signs visitors in, too. A run without answers leaves it there; one that names the deployment moves it.
func TestRolledBackDeployment(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	made, admin := session.Result(0).Genesys, kit.GenesysAdmin(t, sim)
	kit.Must(admin.Publish(t.Context(), made.ConfigurationID))(t)
	pinned := func() string {
		return kit.Must(admin.Deployment(t.Context(), made.DeploymentID))(t).ConfigurationVersion
	}

	again, wrote := visit(t, sim), kit.Writes(sim)
	plan := mustRun(t, again)
	assert.Check(t, is.Equal(kit.Writes(sim), wrote), "writes")
	assert.Check(t, is.Equal(pinned(), "1"), "version")
	assert.Check(t, is.Equal(again.Result(0).Genesys.ConfigurationVersion, "1"), "version of the result")
	assert.Check(t, is.DeepEqual(noticesOf(plan, guide.SectionDeployment), []string{`Deployment "Web SSO" (localhost) uses version 1. Version 2 is published. Both require sign-in, so it stays there. To move it, enter its name.`}), "notices")

	page := visit(t, sim)
	set(t, page, guide.RedirectURIs, "https://shop.example/chat")
	mustRun(t, page)
	assert.Check(t, is.Equal(pinned(), "1"), "version after another page was added")

	set(t, page, guide.DeploymentName, "Web SSO")
	mustRun(t, page)
	assert.Check(t, is.Equal(pinned(), "2"), "version of a deployment that was named")
}

// TestDeletedIntegration: where the integration is deleted, visitors can't sign in, so there is no page to protect.
func TestDeletedIntegration(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 3})
	mustRun(t, session)
	assert.NilError(t, kit.GenesysAdmin(t, sim).DeleteIntegration(t.Context(), session.Result(0).Genesys.IntegrationID))
	again := visit(t, sim)
	mustRun(t, again)
	wouldSignIn(t, sim, again)
}

// TestDomainNotices: pages on which Messenger would not start, and localhost next to the site's own domains, are
// reported before the deployment is touched.
func TestDomainNotices(t *testing.T) {
	t.Parallel()
	const (
		out  = ": it isn't an allowed domain."
		away = ". Remove it after testing."
	)
	for name, tt := range map[string]struct {
		pages, domains []string
		existing       bool
		want           []string
	}{
		"localhost only":                 {pages: []string{"http://localhost:8080/"}},
		"the site only":                  {pages: []string{"https://www.example.com/"}},
		"both":                           {pages: []string{"https://www.example.com/", "http://localhost:8080/"}, want: []string{"localhost is an allowed domain next to www.example.com" + away}},
		"a page elsewhere":               {pages: []string{"https://www.example.com/", "https://Shop.example.com/"}, domains: []string{"WWW.example.com"}, want: []string{"Messenger won't start on shop.example.com" + out}},
		"on everyone's host":             {pages: []string{"https://github.io/"}, want: []string{"github.io is a public suffix. Messenger will also start on websites of others."}},
		"on the own network":             {pages: []string{"https://intranet/"}, want: []string{"The allowed domain intranet has no dot. Only a host on your own network has such a name."}},
		"below an allowed domain":        {pages: []string{"https://www.example.com/"}, domains: []string{"example.com"}},
		"in the deployment already":      {pages: []string{"https://shop.acmecc.example/"}, domains: []string{"www.acmecc.example"}, existing: true},
		"in no list":                     {pages: []string{"https://chat.acmecc.example/"}, domains: []string{"www.acmecc.example"}, existing: true, want: []string{"Messenger won't start on chat.acmecc.example" + out}},
		"localhost added to the website": {pages: []string{"http://localhost:8080/"}, existing: true, want: []string{"localhost is an allowed domain next to www.acmecc.example" + away}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			set(t, session, guide.RedirectURIs, tt.pages...)
			if tt.domains != nil {
				set(t, session, guide.AllowedDomains, tt.domains...)
			}
			if tt.existing {
				website, live := theWebsite(t, sim)
				set(t, session, guide.MessengerConfig, website.ID)
				set(t, session, guide.DeploymentName, live.ID)
				set(t, session, guide.Rollout, guide.RolloutNow)
			}
			plan := planned(t, session)
			assert.Check(t, is.DeepEqual(noticesOf(plan, guide.SectionDeployment), tt.want), "notices of the deployment")
			assert.Check(t, is.Equal(kit.Writes(sim), 0), "writes")
		})
	}
}

// rawGet reads a resource of Genesys Cloud as it is, without this program's client.
func rawGet(t *testing.T, sim *simulator.Server, path string) map[string]any {
	t.Helper()
	return simtest.Call(t, sim, http.MethodGet, sim.GenesysURL()+path, "")
}

// settingsOf leaves out of an object what the service sets by itself.
func settingsOf(o map[string]any, more ...string) map[string]any {
	o = maps.Clone(o)
	for _, name := range append(more, "version", "selfUri", "dateModified", "datePublished", "lastModifiedUser", "publishedUser", "status") {
		delete(o, name)
	}
	return o
}

const (
	configurationPath = "/api/v2/webdeployments/configurations/"
	deploymentPath    = "/api/v2/webdeployments/deployments/"
)

// theWebsite is the seeded configuration that is live, and the deployment that uses it.
func theWebsite(t *testing.T, sim *simulator.Server) (genesys.Configuration, genesys.Deployment) {
	t.Helper()
	admin := kit.GenesysAdmin(t, sim)
	var found genesys.Configuration
	for _, c := range kit.Must(admin.Configurations(t.Context()))(t) {
		if c.Name == "Main website" {
			found = c
		}
	}
	return found, kit.Must(admin.Deployments(t.Context()))(t)[0]
}

func TestExistingConfigurationKeepsSettings(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 2})
	website, live := theWebsite(t, sim)
	before := rawGet(t, sim, configurationPath+website.ID+"/versions/2")
	pinned := rawGet(t, sim, deploymentPath+live.ID)
	objects := kit.Count(sim)
	choose := func(session *Session) {
		set(t, session, guide.MessengerConfig, "Main website")
		set(t, session, guide.DeploymentName, live.ID)
		set(t, session, guide.RedirectURIs, "https://www.acmecc.example/chat", "http://localhost:8080/")
	}
	choose(session)
	plan := planned(t, session)
	tail := plan.Changes[len(plan.Changes)-3:]
	for i := range tail {
		tail[i].Fields = nil // Why has them in words
	}
	assert.Check(t, is.DeepEqual(tail, []engine.Change{
		{Step: "configuration", Verb: engine.Update, Kind: "configuration", Name: "Main website", ID: website.ID, Mark: website.Description, Why: "authentication off → on, other settings kept"},
		{Step: "publication", Verb: engine.Create, Kind: "published version", Name: "3", Why: "Save New Version"},
		{Step: "deployment", Verb: engine.Update, Kind: "deployment", Name: "Main website", ID: live.ID, Mark: live.Description, Why: "version 1 → 3, allows localhost"},
	}), "plan")
	assert.NilError(t, apply(t, session, plan))

	result := session.Result(0)
	after := rawGet(t, sim, configurationPath+website.ID+"/versions/3")
	assert.Check(t, is.DeepEqual(after["authenticationSettings"], any(map[string]any{"enabled": true, "integrationId": result.Genesys.IntegrationID, "allowSessionUpgrade": false})), "authentication")
	assert.Check(t, is.DeepEqual(settingsOf(after, "authenticationSettings"), settingsOf(before)), "every other setting")
	assert.Check(t, is.DeepEqual(rawGet(t, sim, configurationPath+website.ID+"/versions/2"), before), "the older version")

	moved := rawGet(t, sim, deploymentPath+live.ID)
	assert.Check(t, is.DeepEqual(moved["allowedDomains"].([]any), []any{"www.acmecc.example", "shop.acmecc.example", "localhost"}), "domains")
	assert.Check(t, is.DeepEqual(moved["configuration"].(map[string]any)["version"], any("3")), "pinned version")
	assert.Check(t, is.DeepEqual(settingsOf(moved, "configuration", "allowedDomains"), settingsOf(pinned, "configuration", "allowedDomains")), "the deployment's other settings")

	want := guideMakes(objects)
	want.Genesys.Configurations--
	want.Genesys.Deployments--
	want.Okta.TrustedOrigins++
	assert.Check(t, is.DeepEqual(kit.Count(sim), want), "objects")

	again := visit(t, sim)
	choose(again)
	writesNothing(t, sim, again)
	assert.Check(t, is.DeepEqual(onlyFacts(again.Result(0)), onlyFacts(result)), "result of a second run")
}

func TestConfigurationOfOtherIntegration(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 5})
	other := foreignIntegration(t, sim, "Sign-in of the shop")
	admin := kit.GenesysAdmin(t, sim)
	website, _ := theWebsite(t, sim)
	draft := kit.Must(admin.Draft(t.Context(), website.ID))(t)
	draft.Auth = &genesys.AuthenticationSettings{Enabled: true, IntegrationID: other, SessionUpgrade: true}
	kit.Must(admin.UpdateDraft(t.Context(), draft))(t)
	kit.Must(admin.Publish(t.Context(), website.ID))(t)
	foreign := rawGet(t, sim, "/api/v2/integrations/"+other+"/config/current")

	set(t, session, guide.MessengerConfig, website.ID)
	plan := planned(t, session)
	assert.Check(t, is.Equal(why(plan, "integration"), "create: 1 other integration of this type stays as before"), "integration")
	assert.Check(t, is.Equal(why(plan, "configuration"), "update: authentication with another integration → on, other settings kept"), "configuration")
	assert.NilError(t, apply(t, session, plan))
	after := rawGet(t, sim, configurationPath+website.ID+"/versions/4")
	assert.Check(t, is.DeepEqual(after["authenticationSettings"], any(map[string]any{"enabled": true, "integrationId": session.Result(0).Genesys.IntegrationID, "allowSessionUpgrade": true})), "authentication")
	assert.Check(t, is.DeepEqual(rawGet(t, sim, "/api/v2/integrations/"+other+"/config/current"), foreign), "the other integration")
}

// TestOwnDraftIsPublished is an earlier run that ended before it published: its draft is ours to publish.
func TestOwnDraftIsPublished(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]string{"new configuration": "Web SSO Messenger", "existing configuration": "Main website"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 3})
			set(t, session, guide.MessengerConfig, config)
			sim.Genesys().Faults.Add(fault("POST", `/publish$`, brokenService))
			_, err := runAll(t, session)
			assert.Check(t, is.Equal(asError(t, err).Problem, "Genesys Cloud failed to publish the configuration (HTTP 500)."), "problem")
			sim.Genesys().Faults.Clear()

			again, versions := visit(t, sim), kit.Count(sim).Genesys.Versions
			set(t, again, guide.MessengerConfig, config)
			plan := planned(t, again)
			assert.Check(t, is.Equal(why(plan, "configuration"), "reuse: the draft has authentication on"), "configuration")
			assert.NilError(t, apply(t, again, plan))
			assert.Check(t, is.Equal(kit.Count(sim).Genesys.Versions, versions+1), "versions")
		})
	}
}
