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

// interrupts ends a run at a signal: at once, or after the current API call while the run changes something. The second
// signal always ends it at once.
type interrupts struct {
	say    io.Writer
	cancel context.CancelCauseFunc

	mu    sync.Mutex
	stop  func() // nil: the run isn't changing anything
	got   error
	asked bool // the signal only stopped the changes
}

// watch returns a context that a signal ends with a report.Interrupted as its cause. Call done at the end.
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
		fmt.Fprintln(i.say, "Stopping after the current API call. Press Ctrl-C again to stop now.")
		return
	}
	i.got, i.asked = err, false
	i.cancel(err)
}

// gently makes the first interrupt call stop instead of ending the run, until reset is called. An earlier interrupt no
// longer counts: the user continued.
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

// explain returns the signal as the error of a run that a signal ended.
func (i *interrupts) explain(err error) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if err != nil && i.got != nil {
		return i.got
	}
	return err
}
