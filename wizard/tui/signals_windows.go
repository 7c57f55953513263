package tui

import (
	"os"
	"syscall"
)

var (
	endSignals   = []os.Signal{os.Interrupt, syscall.SIGTERM}
	pauseSignals []os.Signal

	resizeSignals []os.Signal // a console reports them as input, which waits until it is read
)

func pausable() bool { return false }

// Run does nothing: Windows pauses no programs.
func (*watcher) Run() error { return nil }
