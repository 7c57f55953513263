package simulator

import (
	"context"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestFailures hands out what a failure takes, and refuses one that is not there.
func TestFailures(t *testing.T) {
	t.Parallel()
	for _, f := range Failures() {
		s, err := Start(t.Context(), Options{Failure: f.Name})
		assert.NilError(t, err, f.Name)
		right, handed := s.okta.Token() == s.Credentials().OktaToken, s.Environment()
		assert.Check(t, right != (f.Name == "wrong-token"),
			"%s: the token that is handed out is right: %v", f.Name, right)
		for _, line := range f.Answers {
			assert.Check(t, slices.Contains(handed, line) && slices.Contains(s.Answers(), line),
				"%s: %s is not handed out", f.Name, line)
		}
		assert.Check(t, s.Close(context.Background()))
	}
	_, err := Start(t.Context(), Options{Failure: "bad-luck"})
	assert.Check(t, is.ErrorContains(err, `"bad-luck" is not one of wrong-token, `))
}
