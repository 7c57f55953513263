package setup

import (
	"fmt"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// setUpInConsole is an active integration that an admin set up in the console, complete.
func setUpInConsole(t *testing.T, sim *simulator.Server, typeID, name string) (id string) {
	t.Helper()
	admin := kit.GenesysAdmin(t, sim)
	keys := kit.Must(genesyssteps.ReadType(t.Context(), admin, typeID, guide.NewAnswers()))(t)
	made := kit.Must(admin.CreateIntegration(t.Context(), name, typeID))(t)
	fields := map[string]guide.Secret{keys.ClientIDField: guide.NewSecret("0oa1"), keys.SecretField: guide.NewSecret("s")}
	credential := kit.Must(admin.CreateCredential(t.Context(), genesys.NewCredential{Name: name, Type: keys.CredentialType, Fields: fields}))(t)
	config := kit.Must(admin.IntegrationConfig(t.Context(), made.ID))(t)
	config.Properties = map[string]any{keys.DiscoveryKey: sim.OktaURL() + "/oauth2/default/.well-known/openid-configuration"}
	for key := range keys.Properties {
		config.Properties[key] = 86400
	}
	config.Credentials = map[string]string{keys.CredentialKey: credential.ID}
	kit.Must(admin.UpdateIntegrationConfig(t.Context(), made.ID, config))(t)
	kit.Must(admin.EnableIntegration(t.Context(), made.ID))(t)
	return made.ID
}

// messengerType is the type, by what its admin sees.
func messengerType(t *testing.T, sim *simulator.Server) string {
	t.Helper()
	for _, kind := range kit.Must(kit.GenesysAdmin(t, sim).IntegrationTypes(t.Context()))(t) {
		if kind.Category == "WebDeployments" && !kind.NonInstallable {
			return kind.ID
		}
	}
	t.Fatal("the type is not offered")
	return ""
}

// TestManualIntegrationAfterEachProblem causes each problem of the section Integration. The user then sets the
// integration up in the console and chooses it, and the run comes to its snippet.
func TestManualIntegrationAfterEachProblem(t *testing.T) {
	t.Parallel()
	refused := func(status int, code string) simkit.Fault {
		return simkit.Fault{Status: status, Header: jsonHeader, Body: fmt.Sprintf(`{"code":%q,"message":"It is refused.","status":%d}`, code, status)}
	}
	forever := func(f simkit.Fault) simkit.Fault {
		f.Times = 1 << 20
		return f
	}
	for name, tt := range map[string]struct {
		arrange func(fixture)
	}{
		"permission to add": {arrange: func(f fixture) {
			f.fault("GET", `^/api/v2/authorization/subjects/me$`, forever(simkit.Fault{Status: 200, Header: jsonHeader, Body: `{"id":"u","grants":[{"role":{"policies":[
				{"domain":"webDeployments","entityName":"*","actions":["*"]},{"domain":"integrations","entityName":"integration","actions":["view"]},
				{"domain":"architect","entityName":"flow","actions":["view"]}]}}]}`}))
		}},
		"unlisted type": {arrange: func(f fixture) {
			f.fault("GET", `^/api/v2/integrations/types$`, forever(simkit.Fault{Status: 200, Header: jsonHeader, Body: `{"entities":[{"id":"other","name":"Data actions"}],"pageCount":1}`}))
		}},
		"unreadable schema": {arrange: func(f fixture) {
			f.fault("GET", `^/api/v2/integrations/types/[^/]+/configschemas/properties$`, forever(refused(404, "not.found")))
		}},
		"schema without texts": {arrange: func(f fixture) {
			f.fault("GET", `^/api/v2/integrations/types/[^/]+/configschemas/properties$`, forever(simkit.Fault{Status: 200, Header: jsonHeader, Body: `{"properties":{"n":{"type":"integer"}}}`}))
		}},
		"unlisted credential type": {arrange: func(f fixture) {
			f.fault("GET", `^/api/v2/integrations/credentials/types$`, forever(simkit.Fault{Status: 200, Header: jsonHeader, Body: `{"entities":[]}`}))
		}},
		"taken name": {arrange: func(f fixture) { foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)") }},
		"several of one name": {arrange: func(f fixture) {
			foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)")
			foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)")
		}},
		"refused create": {arrange: func(f fixture) {
			f.fault("POST", guideWrites["integration"].path, forever(refused(400, "max.integrations.reached")))
		}},
		"refused credential": {arrange: func(f fixture) {
			f.fault("POST", guideWrites["credential"].path, forever(refused(400, "invalid.value")))
		}},
		"refused settings": {arrange: func(f fixture) { f.fault("PUT", guideWrites["settings"].path, forever(refused(400, "invalid.value"))) }},
		"refused activation": {arrange: func(f fixture) {
			f.fault("PATCH", guideWrites["activation"].path, forever(refused(403, "not.authorized")))
		}},
		"refused policy": {arrange: func(f fixture) {
			fail(f.sim, "policy", simkit.Fault{Status: 403, Header: jsonHeader, Times: 1 << 20, Body: `{"errorCode":"E0000006","errorSummary":"You do not have permission"}`})
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 1})
			id := setUpInConsole(t, sim, messengerType(t, sim), "Console sign-in")
			tt.arrange(fixture{t, sim, session})
			_, err := runAll(t, session)
			problem := asError(t, err)
			assert.Check(t, problem.Section == guide.SectionIntegration || problem.Section == guide.SectionGenesys, "%s: %v", problem.Section, err)

			assert.Check(t, is.Equal(session.Answers.SetManual(guide.SectionIntegration, true), guide.IntegrationName))
			set(t, session, guide.IntegrationName, id)
			mustRun(t, session)
			result := session.Result(0)
			assert.Check(t, is.Contains(result.Snippet, "<script"))
			assert.Check(t, is.Equal(result.Genesys.IntegrationID, id))
		})
	}
}

// TestManualSectionsRefuse says what the user still has to do in the console.
func TestManualSectionsRefuse(t *testing.T) {
	t.Parallel()
	_, session := world(t, simulator.Options{Seed: 1})
	for section, key := range map[guide.SectionID]guide.Key{
		guide.SectionIntegration: guide.IntegrationName, guide.SectionConfiguration: guide.MessengerConfig, guide.SectionDeployment: guide.DeploymentName,
	} {
		session.Answers.SetManual(section, true)
		_, err := session.Plan(t.Context())
		problem := asError(t, err)
		assert.Check(t, is.Equal(problem.Class, explain.ClassConflict))
		assert.Check(t, is.Equal(problem.Question, key), "%v", err)
		assert.Check(t, is.Contains(problem.Problem, "doesn't exist in Genesys Cloud."))
		session.Answers.SetManual(section, false)
	}
}

// TestManualSectionsLack says what the user still has to change in an object that exists.
func TestManualSectionsLack(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	mustRun(t, session)
	result, admin := session.Result(0), kit.GenesysAdmin(t, sim)
	for _, tt := range []struct {
		section guide.SectionID
		spoil   func()
		want    string
	}{
		{guide.SectionDeployment, func() {}, `Messenger deployment "Web SSO" isn't complete. It needs: allows www.example.com.`},
		{guide.SectionConfiguration, func() {
			draft := kit.Must(admin.Draft(t.Context(), result.Genesys.ConfigurationID))(t)
			draft.Auth.Enabled = false
			kit.Must(admin.UpdateDraft(t.Context(), draft))(t)
			kit.Must(admin.Publish(t.Context(), draft.ID))(t)
		}, `Messenger configuration "Web SSO Messenger" isn't complete. It needs: authentication off → on, other settings kept.`},
		{guide.SectionIntegration, func() {
			kit.Must(admin.DisableIntegration(t.Context(), result.Genesys.IntegrationID))(t)
		}, `Integration "Messenger SSO (Okta)" isn't complete. It needs: Inactive → Active.`},
	} {
		tt.spoil()
		again := visit(t, sim)
		again.Answers.SetManual(tt.section, true)
		set(t, again, guide.AllowedDomains, "www.example.com")
		_, err := again.Plan(t.Context())
		problem := asError(t, err)
		assert.Check(t, is.Equal(problem.Problem, tt.want))
		assert.Check(t, problem.Retry)
	}
}

// TestManualSectionsAreKept takes over what a whole run made, as a user who made it in the console would: nothing changes.
func TestManualSectionsAreKept(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	mustRun(t, session)
	again := visit(t, sim)
	for _, section := range []guide.SectionID{guide.SectionIntegration, guide.SectionConfiguration, guide.SectionDeployment} {
		again.Answers.SetManual(section, true)
	}
	resumed := visit(t, sim)
	resumed.Answers.FromRun(again.Answers.Given())
	assert.Check(t, resumed.Answers.Manual(guide.SectionConfiguration), "a journal keeps the choice")
	wrote := kit.Writes(sim)
	mustRun(t, resumed)
	assert.Check(t, is.Contains(resumed.Result(0).Snippet, "<script"))
	assert.Check(t, is.Equal(kit.Writes(sim), wrote), "writes")
}
