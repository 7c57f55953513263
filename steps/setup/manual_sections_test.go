package setup

import (
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
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
		arrange   func(fixture)
		inConsole func(fixture) // what else an admin does in the console
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
		}, inConsole: policyInConsole},
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
			if tt.inConsole != nil {
				tt.inConsole(fixture{t, sim, session})
			}
			mustRun(t, session)
			result := session.Result(0)
			assert.Check(t, is.Contains(result.Snippet, "<script"))
			assert.Check(t, is.Equal(result.Genesys.IntegrationID, id))
		})
	}
}

// policyInConsole adds the access policy that Okta doesn't let the wizard add.
func policyInConsole(f fixture) {
	f.Helper()
	f.sim.Okta().Faults.Clear()
	admin := kit.OktaAdmin(f.T, f.sim)
	app := kit.Must(admin.Apps(f.Context(), "Genesys Cloud Messenger"))(f.T)[0]
	policy := kit.Must(admin.CreatePolicy(f.Context(), "default", okta.Policy{Name: "Chat", Clients: []string{app.ClientID}, Priority: 1}))(f.T)
	kit.Must(admin.CreateRule(f.Context(), "default", policy.ID, ruleOf("authorization_code", "*")))(f.T)
	fail(f.sim, "policy", simkit.Fault{Status: 403, Header: jsonHeader, Times: 1 << 20, Body: `{"errorCode":"E0000006","errorSummary":"You do not have permission"}`})
}

// TestManualIntegrationServer reads from the integration which of Okta's servers signs visitors in. The access policy of
// that server is Okta's, and the wizard's to add.
func TestManualIntegrationServer(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		server   string // of the integration's Discovery URI
		policies []string
		problem  string
		notice   string
	}{
		"other org":    {server: "https://other.okta.com", policies: []string{"create access policy Genesys Messenger", "create policy rule Messenger sign-in"}, notice: "Visitors likely can't sign in. Set it to "},
		"default":      {server: "/oauth2/default", policies: []string{"create access policy Genesys Messenger", "create policy rule Messenger sign-in"}},
		"org's server": {server: "", policies: []string{}},
		"unknown":      {server: "/oauth2/aus1", problem: `Integration "Console sign-in" isn't complete. It needs: the Discovery URI of an active authorization server of `},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 1})
			id := setUpInConsole(t, sim, messengerType(t, sim), "Console sign-in")
			admin := kit.GenesysAdmin(t, sim)
			config := kit.Must(admin.IntegrationConfig(t.Context(), id))(t)
			issuer := tt.server
			if !strings.HasPrefix(issuer, "https:") {
				issuer = sim.OktaURL() + issuer
			}
			for key := range config.Properties {
				if config.Property(key) != "" {
					config.Properties[key] = issuer + "/.well-known/openid-configuration"
				}
			}
			kit.Must(admin.UpdateIntegrationConfig(t.Context(), id, config))(t)
			session.Answers.SetManual(guide.SectionIntegration, true)
			set(t, session, guide.IntegrationName, "Console sign-in")
			if tt.problem != "" {
				_, err := session.Plan(t.Context())
				problem := asError(t, err)
				assert.Check(t, is.Contains(problem.Problem, tt.problem))
				assert.Check(t, is.Equal(problem.Question, guide.IntegrationName))
				return
			}
			plan := mustRun(t, session)
			assert.Check(t, is.DeepEqual(policyLines(plan), tt.policies))
			if tt.notice != "" {
				assert.Check(t, is.Contains(fmt.Sprint(plan.Notices), tt.notice))
				return
			}
			assert.Check(t, is.Equal(session.Result(0).Okta.Issuer, issuer))
			writesNothing(t, sim, visitManual(t, sim))
		})
	}
}

// visitManual comes back to the integration of the console.
func visitManual(t *testing.T, sim *simulator.Server) *Session {
	t.Helper()
	session := visit(t, sim)
	session.Answers.SetManual(guide.SectionIntegration, true)
	set(t, session, guide.IntegrationName, "Console sign-in")
	return session
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
		assert.Check(t, !strings.Contains(problem.Fix, ", then +"), "it exists: %s", problem.Fix)
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
