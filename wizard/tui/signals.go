package tui

import (
	"context"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	tea "charm.land/bubbletea/v2"
)

// hangUp is what a terminal that goes away comes to, with or without the signal.
const hangUp = syscall.SIGHUP

// watcher tells of the first signal that ends a process, of those that pause it, and of the context's end, with no
// signal. Bubble Tea's own handling lets a program that was told to end look as if it had finished, does not see a
// terminal that is closed, leaves the screen as it is when the program is paused from outside, and leaves its reader
// behind when a context ends.
type watcher struct {
	caught       chan os.Signal
	enough, over chan struct{}
}

func watch(ctx context.Context, tell func(os.Signal)) *watcher {
	w := &watcher{caught: make(chan os.Signal, 2), enough: make(chan struct{}), over: make(chan struct{})}
	signal.Notify(w.caught, slices.Concat(endSignals, pauseSignals)...)
	go func() {
		defer close(w.over)
		for {
			select {
			case s := <-w.caught:
				tell(s)
				if !slices.Contains(pauseSignals, s) {
					return
				}
			case <-ctx.Done():
				tell(nil)
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
	close(w.enough)
	<-w.over
}

// pausing is what Bubble Tea does between giving the terminal back and taking it again.
type pausing struct{ *watcher }

// Run pauses the program.
func (p pausing) Run() error { return p.pause() }

// SetStdin has nothing to set.
func (pausing) SetStdin(io.Reader) {}

// SetStdout has nothing to set.
func (pausing) SetStdout(io.Writer) {}

// SetStderr has nothing to set.
func (pausing) SetStderr(io.Writer) {}

// suspend pauses the program and draws everything anew when it goes on.
func (r *router) suspend() tea.Cmd {
	if r.watcher == nil || !pausable() {
		return nil
	}
	return tea.Exec(pausing{r.watcher}, func(error) tea.Msg { return tea.ClearScreen() })
}
