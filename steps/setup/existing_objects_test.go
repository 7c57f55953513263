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
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

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
