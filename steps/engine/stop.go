package engine

import (
	"context"
	"errors"
	"sync"
)

// ErrStopped is what Apply returns, bare, after Stop: the calls under way ended well, and no further change began. A
// failure of a call under way is returned instead of it.
var ErrStopped = errors.New("stopped before the next change began")

// Stop lets the call that is under way finish and keeps further changes from beginning. It is for one Apply.
type Stop struct {
	once sync.Once
	done chan struct{}
}

// NewStop returns a Stop that has not been called.
func NewStop() *Stop { return &Stop{done: make(chan struct{})} }

// Stop ends every wait at once. It may be called more than once.
func (s *Stop) Stop() { s.once.Do(func() { close(s.done) }) }

// Done is closed by Stop.
func (s *Stop) Done() <-chan struct{} { return s.done }

// Stopped reports whether Stop was called.
func (s *Stop) Stopped() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// Ending returns a context that Stop ends with ErrStopped. It is for what an Apply only reads.
func (s *Stop) Ending(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-s.done:
			cancel(ErrStopped)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}
