package tui

import (
	"context"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
)

// hangUp is what a terminal that goes away comes to, with or without the signal.
const hangUp = syscall.SIGHUP

// watcher reports the first signal that ends a process, the signals that pause it, the end of the context, with no
// signal, and resizes of the window. Bubble Tea's handling is not enough: it makes a terminated program look finished, does not see that a
// terminal was closed, leaves the screen as it is when the program is paused from outside, and leaves its reader
// running when a context ends.
type watcher struct {
	caught       chan os.Signal
	sized        chan os.Signal // at most one: a late look sees the present size
	enough, over chan struct{}
}

func watch(ctx context.Context, notify func(os.Signal), resized func()) *watcher {
	w := &watcher{caught: make(chan os.Signal, 2), sized: make(chan os.Signal, 1), enough: make(chan struct{}), over: make(chan struct{})}
	signal.Notify(w.caught, slices.Concat(endSignals, pauseSignals)...)
	for _, s := range resizeSignals {
		signal.Notify(w.sized, s)
	}
	go func() {
		defer close(w.over)
		for {
			select {
			case s := <-w.caught:
				notify(s)
				if !slices.Contains(pauseSignals, s) {
					return
				}
			case <-w.sized: // Bubble Tea needs the time to see it
				time.AfterFunc(repaintAfter, resized)
			case <-ctx.Done():
				notify(nil)
				return
			case <-w.enough:
				return
			}
		}
	}()
	return w
}

func (w *watcher) stop() {
	signal.Stop(w.caught)
	signal.Stop(w.sized)
	close(w.enough)
	<-w.over
}

// SetStdin has nothing to set.
func (*watcher) SetStdin(io.Reader) {}

// SetStdout has nothing to set.
func (*watcher) SetStdout(io.Writer) {}

// SetStderr has nothing to set.
func (*watcher) SetStderr(io.Writer) {}

// suspend pauses the program and redraws everything when it resumes.
func (r *router) suspend() tea.Cmd {
	if r.watcher == nil || !pausable() {
		r.note = "The wizard can't be paused here." // Windows pauses no program, and some shells resume none
		return nil
	}
	return tea.Exec(r.watcher, func(error) tea.Msg { return tea.ClearScreen() })
}
