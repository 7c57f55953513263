package guide

import (
	"testing"

	"gotest.tools/v3/assert"
)

func set(t *testing.T, a *Answers, key Key, values ...string) {
	t.Helper()
	assert.NilError(t, a.Set(key, FromUser, values...))
}
