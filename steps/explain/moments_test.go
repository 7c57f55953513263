package explain

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestMomentsDiffer(t *testing.T) {
	at := time.Date(2026, 11, 29, 16, 18, 5, 0, time.UTC)
	for name, tt := range map[string]struct {
		later       time.Duration
		first, last string
	}{
		"within a second": {20 * time.Millisecond, "2026-11-29 16:18:05.000 UTC", "2026-11-29 16:18:05.020 UTC"},
		"within a minute": {20 * time.Second, "2026-11-29 16:18:05 UTC", "2026-11-29 16:18:25 UTC"},
		"an hour apart":   {time.Hour, "2026-11-29 16:18 UTC", "2026-11-29 17:18 UTC"},
	} {
		t.Run(name, func(t *testing.T) {
			first, last := Moments(at, at.Add(tt.later))
			assert.Check(t, is.Equal(first, tt.first))
			assert.Check(t, is.Equal(last, tt.last))
		})
	}
}
