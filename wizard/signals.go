package wizard

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// hangUp is what a terminal that goes away comes to, with or without the signal.
const hangUp = syscall.SIGHUP

// watch tells of the first signal that ends a process, and of the context's end, with no signal. Bubble
// Tea's own handling lets a program that was told to end look as if it had finished, does not see a terminal
// that is closed, and leaves its reader behind when a context ends.
func watch(ctx context.Context, tell func(os.Signal)) (stop func()) {
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, endSignals...)
	enough, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		select {
		case s := <-caught:
			tell(s)
		case <-ctx.Done():
			tell(nil)
		case <-enough:
		}
	}()
	return func() {
		signal.Stop(caught)
		close(enough)
		<-over
	}
}
