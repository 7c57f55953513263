package engine

import (
	"context"
	"sync"
)

// task is a computation that happens once, however many ask for it.
type task[T any] struct {
	mu    sync.Mutex
	done  chan struct{} // nil: not begun
	value T
	err   error
}

// begin begins the work at the first call, and returns what is closed at its end. It runs in another goroutine, so that the
// first caller does not end it for the others when it leaves.
func (t *task[T]) begin(n *node, act func(context.Context) (T, error)) <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done == nil {
		done := make(chan struct{})
		t.done = done
		n.begin(func(ctx context.Context) {
			defer close(done)
			t.err = n.guard(func() (err error) {
				t.value, err = act(ctx)
				return err
			})
		})
	}
	return t.done
}

// get does the work, or waits for the call that does, or for the end of ctx.
func (t *task[T]) get(ctx context.Context, n *node, act func(context.Context) (T, error)) (value T, err error) {
	select {
	case <-t.begin(n, act):
		return t.value, t.err
	case <-ctx.Done():
		return value, context.Cause(ctx)
	}
}

// peek returns the value if the work is done and ended well.
func (t *task[T]) peek() (value T, ok bool) {
	t.mu.Lock()
	done := t.done
	t.mu.Unlock()
	select {
	case <-done: // never, where it is nil
		return t.value, t.err == nil
	default:
		return value, false
	}
}

// set is the end of the work with a value that is known already.
func (t *task[T]) set(value T) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done = make(chan struct{})
	t.value = value
	close(t.done)
}
