//go:build !windows

package wizard

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

var (
	endSignals   = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
	pauseSignals = []os.Signal{syscall.SIGTSTP}
)

// nobodyPauses is how long it takes to be sure that nothing paused the program: without a shell that could have it go
// on, the system lets it run.
const nobodyPauses = time.Second

// pause pauses this process and its group, as a shell expects it of Ctrl-Z, until it is to go on.
func (w *watcher) pause() error {
	signal.Reset(pauseSignals...)
	defer signal.Notify(w.caught, pauseSignals...)
	on := make(chan os.Signal, 1)
	signal.Notify(on, syscall.SIGCONT)
	defer signal.Stop(on)
	if err := syscall.Kill(0, syscall.SIGTSTP); err != nil {
		return err
	}
	select {
	case <-on:
	case <-time.After(nobodyPauses):
	}
	return nil
}
