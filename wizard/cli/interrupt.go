package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"
	"syscall"

	"msgsso-wizard/wizard/report"
)

// interrupts ends a run when a signal comes: at once, or after the call under way while something is
// being written. The second signal always ends it at once.
type interrupts struct {
	say    io.Writer
	cancel context.CancelCauseFunc

	mu    sync.Mutex
	stop  func() // nil: nothing is being written
	got   error
	asked bool // what was got only stopped what was being written
}

// watch returns a context that a signal ends with a report.Interrupted as its cause. done must be called.
func watch(ctx context.Context, signals <-chan os.Signal, say io.Writer) (_ context.Context, i *interrupts, done func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	i = &interrupts{say: say, cancel: cancel}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case sig := <-signals:
				i.signal(sig)
			case <-ctx.Done():
				return
			}
		}
	})
	return ctx, i, func() { cancel(nil); wg.Wait() }
}

func (i *interrupts) signal(sig os.Signal) {
	number, _ := sig.(syscall.Signal)
	err := report.Interrupted{Signal: number}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.got == nil && i.stop != nil && number == syscall.SIGINT {
		i.got, i.asked = err, true
		i.stop()
		fmt.Fprintln(i.say, "Stopping after the call under way. Ctrl-C again stops now.")
		return
	}
	i.got, i.asked = err, false
	i.cancel(err)
}

// gently makes the first interrupt call stop instead of ending the run, until reset is called. One that stopped what
// was written before does not count any more: the user went on.
func (i *interrupts) gently(stop func()) (reset func()) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.stop = stop
	if i.asked {
		i.got, i.asked = nil, false
	}
	return func() {
		i.mu.Lock()
		defer i.mu.Unlock()
		i.stop = nil
	}
}

// explain replaces the error of a run that a signal ended by the signal.
func (i *interrupts) explain(err error) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if err != nil && i.got != nil {
		return i.got
	}
	return err
}
