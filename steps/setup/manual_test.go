package setup

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// manualApp is an app that an admin made in Okta's console, ready for visitors, and a session that knows of it.
func manualApp(t *testing.T, opts simulator.Options) (*simulator.Server, *Session, okta.App) {
	t.Helper()
	sim, session := world(t, opts)
	admin := kit.OktaAdmin(t, sim)
	made := kit.Must(admin.CreateApp(t.Context(), okta.NewApp{
		Label: "Chat", GrantTypes: []string{"authorization_code", "refresh_token"}, RedirectURIs: []string{"http://localhost:8080/"},
	}))(t)
	everyone := kit.Must(admin.Groups(t.Context(), "Everyone"))(t)
	i := slices.IndexFunc(everyone, okta.Group.Everyone)
	assert.NilError(t, admin.AssignGroup(t.Context(), made.ID, everyone[i].ID))
	if opts.Okta.Profile != oktasim.NoAPIAM {
		policy := kit.Must(admin.CreatePolicy(t.Context(), "default", okta.Policy{Name: "Chat", Clients: []string{made.ClientID}, Priority: 1}))(t)
		rule := signInRule
		rule.Scopes = []string{"*"}
		kit.Must(admin.CreateRule(t.Context(), "default", policy.ID, rule))(t)
	}
	set(t, session, guide.OktaToken, "")
	set(t, session, guide.OktaSignIn, guide.OktaManual)
	set(t, session, guide.ManualClientID, made.ClientID)
	set(t, session, guide.ManualClientSecret, made.ClientSecret.Reveal())
	return sim, session, made
}

func TestManualApp(t *testing.T) {
	t.Parallel()
	for profile, issuer := range map[string]string{
		oktasim.Integrator: "/oauth2/default", oktasim.Workforce: "/oauth2/default", oktasim.CustomDomain: "/oauth2/default", oktasim.NoAPIAM: "",
	} {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			var guard sentry
			sim, session, made := manualApp(t, simulator.Options{Seed: 3, Okta: oktasim.Options{Profile: profile}, WrapOkta: guard.wrap})
			objects, asked := kit.Count(sim), len(guard.list())
			plan := mustRun(t, session)
			want := append([]string{"reuse | app integration | Genesys Cloud Messenger"}, firstVisit[5:]...)
			want[2] = "create | credential | client " + made.ClientID
			assert.Check(t, is.DeepEqual(lines(plan.Changes), want), "plan")
			for _, call := range guard.list()[asked:] {
				assert.Check(t, call.scheme == "" || call.scheme == "Basic", "%s carries %s", call.call, call.scheme)
			}
			after := kit.Count(sim)
			assert.Check(t, is.DeepEqual(after.Okta, objects.Okta), "objects at Okta")
			assert.Check(t, is.DeepEqual(after.Genesys, guideMakes(objects).Genesys), "objects at Genesys Cloud")
			r := session.Result(0)
			assert.Check(t, is.Equal(r.Okta.ClientID, made.ClientID), "client of the result")
			visitors := sim.OktaURL()
			if custom := sim.OktaCustomURL(); custom != "" {
				visitors = custom
			}
			assert.Check(t, is.Equal(r.Okta.Issuer, visitors+issuer), "issuer")
			assert.Check(t, is.Equal(r.Snippet != "", true), "there is a snippet")
			wouldSignIn(t, sim, session)
			assert.Check(t, is.DeepEqual([]bool{
				slices.Contains(plan.Notices, warning(guide.SectionOkta, "Without an API token, the wizard can't check assignments, trusted origins, or the access policy.")),
				slices.Contains(plan.Notices, passed(guide.SectionIntegration, "Okta accepts the app's client ID and secret, and its redirect URIs are registered.")),
			}, []bool{true, true}), "told")

			again, wrote := visit(t, sim), sim.Genesys().Calls().Writes
			for _, key := range []guide.Key{guide.OktaSignIn, guide.ManualClientID} {
				set(t, again, key, session.Answers.Value(key))
			}
			set(t, again, guide.ManualClientSecret, made.ClientSecret.Reveal())
			mustRun(t, again)
			assert.Check(t, is.Equal(sim.Genesys().Calls().Writes, wrote), "writes of the next visit")
		})
	}
}

func TestRefusedManualApps(t *testing.T) {
	t.Parallel()
	said := kit.Golden(t, 4)
	for name, tt := range map[string]struct {
		key    guide.Key
		values []string
	}{
		"wrong secret":              {guide.ManualClientSecret, []string{"canaryOfASecret"}},
		"wrong client":              {guide.ManualClientID, []string{"0oaNobody"}},
		"a page that the app lacks": {guide.RedirectURIs, []string{"http://localhost:8080/", "http://localhost:8080/chat"}},
		"no secret":                 {guide.ManualClientSecret, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session, _ := manualApp(t, simulator.Options{Seed: 3})
			set(t, session, tt.key, tt.values...)
			objects := kit.Count(sim)
			_, err := session.Plan(t.Context())
			said(name, refusalOf(t, sim, err).String())
			noSecretIn(t, sim, err.Error())
			assert.Check(t, is.DeepEqual(kit.Count(sim), objects), "objects")
			assert.Check(t, is.Equal(session.Calls().Writes, 0), "writes")
		})
	}
}

// messengerType is the type, as an admin of another organization can't know it.
func messengerType(t *testing.T, sim *simulator.Server) genesyssteps.TypeKeys {
	t.Helper()
	admin := kit.GenesysAdmin(t, sim)
	types := kit.Must(admin.IntegrationTypes(t.Context()))(t)
	i := slices.IndexFunc(types, func(kind genesys.IntegrationType) bool {
		return kind.Category == "WebDeployments" && !kind.NonInstallable
	})
	return kit.Must(genesyssteps.ReadType(t.Context(), admin, types[i].ID, guide.NewAnswers()))(t)
}

// setUpInConsole is an active integration that an admin set up in the console, complete.
func setUpInConsole(t *testing.T, sim *simulator.Server) (id string) {
	t.Helper()
	admin, keys := kit.GenesysAdmin(t, sim), messengerType(t, sim)
	made := kit.Must(admin.CreateIntegration(t.Context(), inConsoleName, keys.ID))(t)
	fields := map[string]guide.Secret{keys.ClientIDField: guide.NewSecret("0oa1"), keys.SecretField: guide.NewSecret("s")}
	credential := kit.Must(admin.CreateCredential(t.Context(), genesys.NewCredential{Name: inConsoleName, Type: keys.CredentialType, Fields: fields}))(t)
	config := kit.Must(admin.IntegrationConfig(t.Context(), made.ID))(t)
	config.Properties = map[string]any{keys.DiscoveryKey: sim.OktaURL() + "/oauth2/default" + wellKnownTail}
	for key := range keys.Properties {
		config.Properties[key] = 86400
	}
	config.Credentials = map[string]string{keys.CredentialKey: credential.ID}
	kit.Must(admin.UpdateIntegrationConfig(t.Context(), made.ID, config))(t)
	kit.Must(admin.EnableIntegration(t.Context(), made.ID))(t)
	return made.ID
}

const inConsoleName = "Console sign-in"

// TestManualIntegrationAfterEachProblem causes each problem of the section Integration. The user then sets the
// integration up in the console and chooses it, and the run comes to its snippet.
func TestManualIntegrationAfterEachProblem(t *testing.T) {
	t.Parallel()
	fails := func(method, path string, status int, body string) func(fixture) {
		return func(f fixture) { f.fault(method, path, simkit.Fault{Status: status, Header: jsonHeader, Body: body}) }
	}
	refuses := func(write string, status int, code string) func(fixture) {
		return fails(guideWrites[write].method, guideWrites[write].path, status, fmt.Sprintf(`{"code":%q,"message":"It is refused.","status":%d}`, code, status))
	}
	const schema = `^/api/v2/integrations/types/[^/]+/configschemas/properties$`
	for name, tt := range map[string]struct {
		arrange   func(fixture)
		inConsole func(fixture) // what else an admin does in the console
	}{
		"permission to add": {arrange: fails("GET", `^/api/v2/authorization/subjects/me$`, 200, `{"id":"u","grants":[{"role":{"policies":[
			{"domain":"webDeployments","entityName":"*","actions":["*"]},{"domain":"integrations","entityName":"integration","actions":["view"]},
			{"domain":"architect","entityName":"flow","actions":["view"]}]}}]}`)},
		"unlisted type":            {arrange: fails("GET", `^/api/v2/integrations/types$`, 200, `{"entities":[{"id":"other","name":"Data actions"}],"pageCount":1}`)},
		"unreadable schema":        {arrange: fails("GET", schema, 404, `{"code":"not.found","message":"It is refused.","status":404}`)},
		"schema without texts":     {arrange: fails("GET", schema, 200, `{"properties":{"n":{"type":"integer"}}}`)},
		"unlisted credential type": {arrange: fails("GET", `^/api/v2/integrations/credentials/types$`, 200, `{"entities":[]}`)},
		"taken name":               {arrange: func(f fixture) { foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)") }},
		"several of one name": {arrange: func(f fixture) {
			foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)")
			foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)")
		}},
		"refused create":     {arrange: refuses("integration", 400, "max.integrations.reached")},
		"refused credential": {arrange: refuses("credential", 400, "invalid.value")},
		"refused settings":   {arrange: refuses("settings", 400, "invalid.value")},
		"refused activation": {arrange: refuses("activation", 403, "not.authorized")},
		"refused policy":     {arrange: refusePolicy, inConsole: policyInConsole},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 1})
			id := setUpInConsole(t, sim)
			tt.arrange(fixture{t, sim, session})
			var sections []guide.SectionID // all; a refused policy comes at the same time as the configuration
			if tt.inConsole != nil {
				sections = guide.SectionsUpTo(guide.SectionIntegration)
			}
			plan, err := session.Plan(t.Context(), sections...)
			if err == nil {
				err = apply(t, session, plan)
			}
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

func refusePolicy(f fixture) { fail(f.sim, "policy", oktasim.Refusal("E0000006")) }

// policyInConsole adds the access policy that Okta doesn't let the wizard add.
func policyInConsole(f fixture) {
	f.Helper()
	f.sim.Okta().Faults.Clear()
	admin := kit.OktaAdmin(f.T, f.sim)
	app := kit.Must(admin.Apps(f.Context(), "Genesys Cloud Messenger"))(f.T)[0]
	policy := kit.Must(admin.CreatePolicy(f.Context(), "default", okta.Policy{Name: "Chat", Clients: []string{app.ClientID}, Priority: 1}))(f.T)
	kit.Must(admin.CreateRule(f.Context(), "default", policy.ID, ruleOf("authorization_code", "*")))(f.T)
	refusePolicy(f)
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
			id := setUpInConsole(t, sim)
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
			set(t, session, guide.IntegrationName, inConsoleName)
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
	set(t, session, guide.IntegrationName, inConsoleName)
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
