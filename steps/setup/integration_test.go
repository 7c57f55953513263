package setup

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// colleague saves the integration's settings with a refresh token lifetime just before the wizard does.
func colleague(lifetime *string) func(http.Handler) http.Handler {
	var once sync.Once
	return at(guideWrites["settings"], func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		sent, _ := io.ReadAll(r.Body)
		once.Do(func() {
			var body map[string]any
			_ = json.Unmarshal(sent, &body)
			body["notes"], body["credentials"] = "", map[string]any{}
			body["properties"].(map[string]any)[*lifetime] = 1800
			theirs, _ := json.Marshal(body)
			early := r.Clone(r.Context())
			early.Body, early.ContentLength = io.NopCloser(bytes.NewReader(theirs)), int64(len(theirs))
			next.ServeHTTP(httptest.NewRecorder(), early)
		})
		r.Body = io.NopCloser(bytes.NewReader(sent))
		next.ServeHTTP(w, r)
	})
}

// A colleague saves the settings at the same time: theirs are kept, and told. Some services answer 400 instead of 409.
func TestSettingsConflictKeepsTheirs(t *testing.T) {
	t.Parallel()
	for seed, as400 := range []bool{false, true, false} {
		var lifetime string
		sim, session := world(t, simulator.Options{
			Seed: uint64(seed) + 1, WrapGenesys: colleague(&lifetime), Genesys: genesyssim.Options{VersionConflict400: as400},
		})
		plan := planned(t, session)
		keys := typeKeys(t, session)
		for key, p := range kit.Must(kit.GenesysAdmin(t, sim).PropertiesSchema(t.Context(), keys.ID))(t).Properties {
			if p.Title == "Max Refresh Token Lifetime" {
				lifetime = key
			}
		}
		assert.NilError(t, apply(t, session, plan))
		result := session.Result(0)
		config := rawGet(t, sim, "/api/v2/integrations/"+result.Genesys.IntegrationID+"/config/current")
		properties := config["properties"].(map[string]any)
		assert.Check(t, is.DeepEqual(properties[lifetime], any(1800.0)), "the colleague's setting")
		assert.Check(t, is.DeepEqual(properties[keys.DiscoveryKey], any(result.Okta.DiscoveryURI)), "the Discovery URI")
		assert.Check(t, is.DeepEqual(config["version"], any(3.0)), "version")
		changed := slices.Sorted(slices.Values([]string{lifetime, keys.DiscoveryKey}))
		assert.Check(t, is.DeepEqual(result.Warnings, []string{
			"Another user changed the integration's settings at the same time (" + strings.Join(changed, ", ") + "). The wizard kept those changes, except the Discovery URI and the credential.",
		}), "what is told")
		mustRun(t, visit(t, sim))
	}
}

// One conflict is resolved by reading again; a second one is left to the user.
func TestSettingsConflictTwice(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]simkit.Fault{
		"Integration configuration update failed due to version conflict.": {Status: http.StatusConflict, Body: `{"code":"version.conflict","message":"Integration configuration update failed due to version conflict.","status":409}`},
		"The provided version 1 does not match the current version 2.":     {Status: http.StatusBadRequest, Body: `{"code":"bad.request","message":"The provided version 1 does not match the current version 2","status":400}`},
	} {
		for times := 1; times <= 2; times++ {
			sim, session := world(t, simulator.Options{Seed: 1})
			f.Header, f.Times = jsonHeader, times
			fail(sim, "settings", f)
			if _, err := runAll(t, session); times == 1 {
				assert.NilError(t, err)
			} else {
				assert.Check(t, is.DeepEqual(refusalOf(t, sim, err), refusal{
					Class: explain.ClassConflict, Retry: true, Problem: "Another user is changing the same object in Genesys Cloud: " + name,
					Fix: "Wait until they are done, then try again. The wizard reads it again.",
				}), "refusal")
			}
			mustRun(t, visit(t, sim))
		}
	}
}

// The vendor's own words end the wait for an integration, which comes before anything is published.
func TestActivationFails(t *testing.T) {
	t.Parallel()
	answers := func(message string) func(fixture) {
		return func(f fixture) {
			f.fault("PATCH", guideWrites["activation"].path, simkit.Fault{
				Status: http.StatusOK, Header: jsonHeader, Times: 1,
				Body: `{"id":"i1","name":"Messenger SSO (Okta)","intendedState":"ENABLED","integrationType":{"id":"t1"},"reportedState":{"code":"ERROR","detail":{"message":` + message + `}}}`,
			})
		}
	}
	for name, tt := range map[string]struct {
		opts    simulator.Options
		arrange func(fixture)
		detail  string
	}{
		"later": {
			simulator.Options{Settle: 10 * time.Millisecond, Genesys: genesyssim.Options{ActivationError: "The discovery document couldn't be read."}},
			func(fixture) {}, "The discovery document couldn't be read.",
		},
		"at once":          {arrange: answers(`"The identity provider is unknown."`), detail: "The identity provider is unknown."},
		"without a reason": {arrange: answers(`null`), detail: "no reason given."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, tt.opts)
			versions := kit.Count(sim).Genesys.Versions
			tt.arrange(fixture{t, sim, session})
			_, err := runAll(t, session)
			assert.Check(t, is.DeepEqual(asError(t, err).Step, guide.StepID("activation")), "step")
			assert.Check(t, is.DeepEqual(refusalOf(t, sim, err), refusal{
				Class: explain.ClassFault, Retry: true, Problem: `Genesys Cloud couldn't activate the integration "Messenger SSO (Okta)": ` + tt.detail,
				Fix: "Check its Discovery URI. Or open it (" + guide.PathIntegrations + ") to see its status. Then retry.",
			}), "refusal")
			assert.Check(t, is.Equal(kit.Count(sim).Genesys.Versions, versions), "published versions")
			if tt.opts.Genesys.ActivationError == "" {
				mustRun(t, visit(t, sim))
			}
		})
	}
}

// unusualSeeds are those under which the simulator's integration type is what the contract allows and does not expect.
const firstUnusual, unusualSeeds = 1300, 12

// byTitle is what an admin knows of an organization: what its console shows.
var byTitle = map[string][]string{
	"Concurrent Sign-ins": {"12"}, "Strict Issuer Check": {"true"}, "Service Tier": {"Premium"}, "Provider Label": {"Okta"},
	"Scopes": {"openid", "profile"}, "Name Claims": {"name"}, "Realm": {"acme"},
	"Field for the client ID": {"left", "account"}, "Field for the client secret": {"right", "phrase"},
}

// The fields, by what the simulator shows of them.
var idField, secretField = regexp.MustCompile(`(?i)client.?id|field1|account|left`), regexp.MustCompile(`(?i)secret|field2|phrase|right`)

// answerByTitle answers a question as an admin does who sees the console. It returns what was answered.
func answerByTitle(t *testing.T, session *Session, q guide.Question) []string {
	t.Helper()
	values := byTitle[q.Label]
	switch {
	case q.Key == guide.IntegrationType:
		for _, o := range q.Fixed {
			if !strings.HasPrefix(o.Value, "former-") && o.Note != "" {
				values = []string{o.Value}
			}
		}
	case q.Key == guide.CredentialKey:
		values = []string{q.Fixed[slices.IndexFunc(q.Fixed, func(o guide.Option) bool { return o.Value != "proxy" })].Value}
	case q.Kind == guide.Choice && len(values) > 1:
		values = slices.DeleteFunc(slices.Clone(values), func(v string) bool {
			return !slices.ContainsFunc(q.Fixed, func(o guide.Option) bool { return o.Value == v })
		})
	}
	assert.Assert(t, len(values) > 0, "nothing answers %q (%s)", q.Label, q.Key)
	set(t, session, q.Key, values...)
	return values
}

// TestUnusualTypes sets up all that the guide does where the integration type raises questions: they are answered until
// nothing is missing, and the run comes to its snippet. A second run without the answers finds everything in place.
func TestUnusualTypes(t *testing.T) {
	t.Parallel()
	raised := map[string]int{}
	for seed := range uint64(unusualSeeds) {
		unusualRun(t, firstUnusual+seed, raised)
	}
	for _, want := range []string{
		"Concurrent Sign-ins", "Strict Issuer Check", "Service Tier", "Provider Label", "Scopes", "Name Claims", "Realm",
		"Field for the client ID", "Field for the client secret", "Integration type", "Credential", "pasted URL",
	} {
		assert.Check(t, raised[want] > 0, "no seed asks for %s: %v", want, raised)
	}
}

// unusualRun runs twice under a seed, and counts what the type raises.
func unusualRun(t *testing.T, seed uint64, raised map[string]int) {
	t.Helper()
	t.Logf("seed %d", seed)
	sim, session := world(t, simulator.Options{Seed: seed})
	answerAll(t, sim, session, raised)
	keys := typeKeys(t, session)
	assert.Check(t, idField.MatchString(keys.ClientIDField), "the client ID is in %s", keys.ClientIDField)
	assert.Check(t, secretField.MatchString(keys.SecretField), "the client secret is in %s", keys.SecretField)
	result := session.Result(0)
	assert.Check(t, is.Contains(result.Snippet, "<script"))
	integration := kit.Must(kit.GenesysAdmin(t, sim).Integration(t.Context(), result.Genesys.IntegrationID))(t)
	assert.Check(t, is.Equal(integration.State, "ACTIVE"))

	again := visit(t, sim)
	second := kit.Must(again.Plan(t.Context()))(t)
	assert.Check(t, !second.Writes(), "a second run changes %v", lines(second.Changes))
}

// answerAll answers what the type raises, counts it, and applies the plan.
func answerAll(t *testing.T, sim *simulator.Server, session *Session, raised map[string]int) {
	t.Helper()
	plan, err := session.Plan(t.Context())
	for tries := 0; err != nil; tries++ {
		assert.Assert(t, tries < 6, "no end: %v", err)
		problem := asError(t, err)
		if problem.Class == explain.ClassPermission { // nothing speaks for any type
			set(t, session, guide.IntegrationType, "https://apps.mypurecloud.de/directory/#/admin/integrations/apps/"+inConsole(t, sim))
			raised["pasted URL"]++
		}
		for _, q := range session.Answers.Missing(guide.SectionIntegration) {
			answerByTitle(t, session, q)
			raised[q.Label]++
		}
		plan, err = session.Plan(t.Context())
	}
	assert.NilError(t, apply(t, session, plan))
}

// TestUnusualTypeIsKnownAgain checks a second run where no configuration shows the type: the integration does. It
// asks for the credential's fields only if another app's credential replaces the stored one.
func TestUnusualTypeIsKnownAgain(t *testing.T) {
	t.Parallel()
	for _, seed := range []uint64{1302, 1306} {
		sim, session := world(t, simulator.Options{Seed: seed})
		answerAll(t, sim, session, map[string]int{})
		api, result := kit.GenesysAdmin(t, sim), session.Result(0)
		assert.NilError(t, api.DeleteDeployment(t.Context(), result.Genesys.DeploymentID))
		assert.NilError(t, api.DeleteConfiguration(t.Context(), result.Genesys.ConfigurationID))
		again := visit(t, sim)
		kit.Must(again.Plan(t.Context()))(t)
		assert.Check(t, is.Equal(typeKeys(t, again).ID, typeKeys(t, session).ID), "seed %d", seed)
	}

	sim, session := world(t, simulator.Options{Seed: 1303})
	answerAll(t, sim, session, map[string]int{})
	other := visit(t, sim)
	set(t, other, guide.AppName, "Second app")
	set(t, other, guide.IntegrationName, session.Result(0).Genesys.IntegrationID)
	_, err := other.Plan(t.Context())
	assert.Check(t, is.Contains(asError(t, err).Fix, "--client-secret-field "))
	answerAll(t, sim, other, map[string]int{})
	assert.Check(t, is.Equal(typeKeys(t, other).SecretField, "right"))
}

// inConsole is the end of the console's URL of the integration that an admin added.
func inConsole(t *testing.T, sim *simulator.Server) string {
	t.Helper()
	for _, i := range kit.Must(kit.GenesysAdmin(t, sim).Integrations(t.Context()))(t) {
		if i.Name == "Chat sign-in" {
			return i.TypeID + "/" + i.ID
		}
	}
	t.Fatal("no integration was added in the console")
	return ""
}

// TestQuestionsComeWithPlan checks that a plan raises its questions in the session's answers once it has ended, and in no
// copy of them: a run that is under way keeps its own.
func TestQuestionsComeWithPlan(t *testing.T) {
	t.Parallel()
	_, session := world(t, simulator.Options{Seed: firstUnusual + 5})
	copied := session.Answers.Clone()
	_, err := session.Plan(t.Context())
	assert.Check(t, is.Equal(asError(t, err).Question, guide.IntegrationType))
	assert.Check(t, is.Len(session.Answers.Missing(guide.SectionIntegration), 1))
	assert.Check(t, is.Len(copied.Missing(guide.SectionIntegration), 0), "the copy")
	_, err = session.Plan(t.Context(), guide.SectionOkta)
	assert.NilError(t, err)
	assert.Check(t, is.Len(session.Answers.Missing(guide.SectionIntegration), 1), "after a plan that didn't look")
}

// TestUnattendedErrorIsComplete runs without a user: each error has the flags, and with them the next run gets further, to
// the snippet.
func TestUnattendedErrorIsComplete(t *testing.T) {
	t.Parallel()
	_, session := world(t, simulator.Options{Seed: firstUnusual + 5})
	_, err := session.Plan(t.Context())
	problem := asError(t, err)
	assert.Check(t, is.Equal(problem.Class, explain.ClassUsage))
	assert.Check(t, is.Contains(problem.Problem, "name, description, category"))
	assert.Check(t, is.Contains(problem.Fix, "--integration-type "))
}
