//go:build !windows

package tui

import (
	"fmt"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestResizeAtStartIsSeen: a window manager gives a new window its size while the program starts, when Bubble Tea doesn't
// listen yet. Without such a resize nothing is asked, because the answer redraws everything.
func TestResizeAtStartIsSeen(t *testing.T) {
	asked := fmt.Sprintf("%T", tea.RequestWindowSize())
	for _, resized := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			master, out, err := pty.Open()
			assert.NilError(t, err)
			defer func() { _, _ = out.Close(), master.Close() }()
			assert.NilError(t, pty.Setsize(master, &pty.Winsize{Cols: 2, Rows: 60}))
			r := newRouter(t.Context(), Config{Env: bareEnv(), Environ: unicodeEnv}.filled())
			r.width, r.height = size(out)
			begin := (&guard{router: r, out: out}).Init()().(tea.BatchMsg)
			if resized {
				assert.NilError(t, pty.Setsize(master, &pty.Winsize{Cols: 80, Rows: 24}))
			}
			assert.Check(t, is.Equal(fmt.Sprintf("%T", begin[len(begin)-1]()) == asked, resized), "asked for the size")
		})
	}
}
