//go:build !windows

package tui

import (
	"fmt"
	"os"
	"sync/atomic"
	"syscall"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/eventually"
)

// TestMissedResizeIsSeen: a window manager gives a new window its size while the program starts, when Bubble Tea doesn't
// listen yet. Where the size is the one that is drawn nothing is asked, because the answer redraws everything.
func TestMissedResizeIsSeen(t *testing.T) {
	for _, missed := range []bool{true, false} {
		master, out, err := pty.Open()
		assert.NilError(t, err)
		defer func() { _, _ = out.Close(), master.Close() }()
		assert.NilError(t, pty.Setsize(master, &pty.Winsize{Cols: 2, Rows: 60}))
		r := newRouter(t.Context(), Config{Env: bareEnv(), Environ: unicodeEnv}.filled())
		r.width, r.height = size(out)
		if missed {
			assert.NilError(t, pty.Setsize(master, &pty.Winsize{Cols: 80, Rows: 24}))
		}
		_, cmd := (&guard{router: r, out: out}).Update(resized{})
		asked := cmd != nil && fmt.Sprintf("%T", cmd()) == fmt.Sprintf("%T", tea.RequestWindowSize())
		assert.Check(t, is.Equal(asked, missed), "asked for the size")
	}
}

// TestResizeSignalIsReported: the watcher listens before the program starts, and reports each resize until it stops.
func TestResizeSignalIsReported(t *testing.T) {
	var seen atomic.Int32
	w := watch(t.Context(), func(os.Signal) {}, func() { seen.Add(1) })
	defer w.stop()
	for n := range int32(2) {
		assert.NilError(t, syscall.Kill(os.Getpid(), syscall.SIGWINCH))
		eventually.True(t, func() bool { return seen.Load() > n }, func() string { return "the resize isn't reported" })
	}
}
