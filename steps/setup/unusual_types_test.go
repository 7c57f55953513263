package setup

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

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
