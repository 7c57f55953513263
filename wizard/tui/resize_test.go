package tui

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestAChangeOfSizeDrawsEverythingAnew: without it pieces of the former screen stay when the window grows.
func TestAChangeOfSizeDrawsEverythingAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRouter(t.Context(), Config{Env: bareEnv(), Environ: unicodeEnv}.filled())
		start := time.Now()
		_, cmd := r.Update(tea.WindowSizeMsg{Width: 40, Height: 12})
		assert.Assert(t, cmd != nil, "nothing is drawn anew")
		got, want := fmt.Sprintf("%T", cmd()), fmt.Sprintf("%T", tea.ClearScreen())
		assert.Check(t, is.Equal(got, want))
		assert.Check(t, is.Equal(time.Since(start), repaintAfter), "drawn anew after")
		_, cmd = r.Update(tea.WindowSizeMsg{Width: 40, Height: 12})
		assert.Check(t, cmd == nil, "the same size draws everything anew, too")
	})
}
