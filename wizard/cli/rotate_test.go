package cli

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestParseAge(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{"90d": 90 * 24 * time.Hour, "1d": 24 * time.Hour, "12h": 12 * time.Hour, "36h30m": 36*time.Hour + 30*time.Minute} {
		got, err := parseAge(text)
		assert.NilError(t, err)
		assert.Check(t, is.Equal(got, want), text)
	}
	for _, text := range []string{"", "0d", "-3d", "d", "90", "1.5d", "-1h", "0h", "999999d", "soon"} {
		_, err := parseAge(text)
		assert.Check(t, is.ErrorContains(err, "takes an age such as 90d"), text)
	}
}
