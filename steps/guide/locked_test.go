package guide

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestLockedOptionStays: no front end can leave it out, and what was cleared with it stays cleared.
func TestLockedOptionStays(t *testing.T) {
	t.Parallel()
	const code, refresh = "authorization_code", "refresh_token"
	for name, tt := range map[string]struct {
		give func(*Answers) error
		want []string
	}{
		"only the other": {func(a *Answers) error { return a.FromFlags(GrantTypes, []string{refresh}) }, []string{code, refresh}},
		"environment": {func(a *Answers) error {
			return a.FromEnvironment(environment(map[string]string{"MSGSSO_GRANT_TYPE": refresh}))
		}, []string{code, refresh}},
		"cleared": {func(a *Answers) error { return a.Set(GrantTypes, FromUser, code) }, []string{code}},
		"cleared, resumed": {func(a *Answers) error {
			before := NewAnswers()
			err := before.Set(GrantTypes, FromUser, code)
			a.FromRun(before.Given())
			return err
		}, []string{code}},
		"resumed from a run without it": {func(a *Answers) error {
			a.FromRun(map[string][]string{string(GrantTypes): {refresh}})
			return nil
		}, []string{code, refresh}},
		"found without it": {func(a *Answers) error {
			a.Found(GrantTypes, refresh)
			return nil
		}, []string{code, refresh}},
		"restored": {func(a *Answers) error { return a.Set(GrantTypes, FromUser) }, []string{code, refresh}},
	} {
		a := NewAnswers()
		assert.NilError(t, tt.give(a), name)
		assert.Check(t, is.DeepEqual(a.Get(GrantTypes).Values, tt.want), name)
	}
}
