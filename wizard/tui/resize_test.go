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

// TestResizeRedraws: without it pieces of the former screen stay when the window grows. The size is asked for again: it
// may have come late, after that of a resize.
func TestResizeRedraws(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRouter(t.Context(), Config{Env: bareEnv(), Environ: unicodeEnv}.filled())
		start := time.Now()
		_, cmd := r.Update(tea.WindowSizeMsg{Width: 40, Height: 12})
		assert.Assert(t, cmd != nil, "nothing is redrawn")
		for i, want := range []func() tea.Msg{tea.ClearScreen, tea.RequestWindowSize} {
			msg := cmd().(tea.BatchMsg)[i]()
			assert.Check(t, is.Equal(fmt.Sprintf("%T", msg), fmt.Sprintf("%T", want())))
		}
		assert.Check(t, is.Equal(time.Since(start), repaintAfter), "redrawn after")
		_, cmd = r.Update(tea.WindowSizeMsg{Width: 40, Height: 12})
		assert.Check(t, cmd == nil, "the same size redraws everything, too")
	})
}
