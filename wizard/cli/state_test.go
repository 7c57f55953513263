package cli

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

// The latest answer of each question counts, of the runs in that organization.
func TestAnswersOfEarlierRuns(t *testing.T) {
	t.Parallel()
	runs := []journal.Run{
		{Organization: "acme", Answers: map[string][]string{"integration-type": {"first"}, "credential-key": {"auth"}}},
		{Organization: "acme", Answers: map[string][]string{"integration-type": {"second"}}},
		{Organization: "other", Answers: map[string][]string{"integration-type": {"foreign"}, "client-id-field": {"id"}}},
	}
	got := answersIn("acme", runs)
	assert.Check(t, is.Equal(got.Value(guide.IntegrationType), "second"))
	assert.Check(t, is.Equal(got.Value(guide.CredentialKey), "auth"))
	assert.Check(t, is.Equal(got.Value(guide.ClientIDField), ""))
}
