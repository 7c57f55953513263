//go:build !windows

package tui

import (
	"bytes"
	"errors"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

var (
	endSignals   = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
	pauseSignals = []os.Signal{syscall.SIGTSTP}

	resizeSignals = []os.Signal{syscall.SIGWINCH}
)

// pausable reports whether a shell can resume the program: a shell gives each job a separate group.
func pausable() bool {
	session, err := unix.Getsid(0)
	return err == nil && session != syscall.Getpgrp()
}

// Run is what Bubble Tea does between giving the terminal back and taking it again. It pauses this process and the others
// of its group, as a shell expects for Ctrl-Z, until it is resumed. Go can't restore the default action of a signal that
// it once caught, so this process is stopped by SIGSTOP, which can't be caught.
func (w *watcher) Run() error {
	awaitDrawer()
	signal.Ignore(pauseSignals...)
	defer signal.Notify(w.caught, pauseSignals...)
	on := make(chan os.Signal, 1)
	signal.Notify(on, syscall.SIGCONT)
	defer signal.Stop(on)
	if err := errors.Join(syscall.Kill(0, syscall.SIGTSTP), syscall.Kill(os.Getpid(), syscall.SIGSTOP)); err != nil {
		return err
	}
	<-on
	return nil
}

// awaitDrawer waits for the goroutine that drew the screen. Bubble Tea only tells it to end, and it ends by stopping the
// ticker that its successor draws by: were it late, the screen would never come back (charmbracelet/bubbletea#1778).
func awaitDrawer() {
	stacks := make([]byte, 1<<20)
	for range 1000 {
		if !bytes.Contains(stacks[:runtime.Stack(stacks, true)], []byte("(*Program).startRenderer")) {
			return
		}
		time.Sleep(time.Millisecond)
	}
}
