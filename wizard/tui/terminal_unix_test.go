//go:build !windows

package tui

import (
	"os"
	"testing"
	"time"

	"gotest.tools/v3/assert"
)

func TestReadableWaitsForInput(t *testing.T) {
	from, to, err := os.Pipe()
	assert.NilError(t, err)
	assert.Check(t, !readable(from, time.Millisecond), "an empty pipe can be read")
	_, err = to.WriteString("a")
	assert.NilError(t, err)
	assert.Check(t, readable(from, time.Hour), "a full pipe can't be read")
	assert.NilError(t, to.Close())
	assert.NilError(t, from.Close())
}
