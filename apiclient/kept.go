package apiclient

import (
	"context"
	"sync"
)

// Kept is a value, such as an access token, that is asked for once however many calls wait for it. The zero
// Kept holds T's zero value. It is safe for concurrent use.
type Kept[T any] struct {
	mu     sync.Mutex
	value  T
	flight *flight[T]
}

// flight is a request under way, which everybody who needs the value waits for.
type flight[T any] struct {
	done      chan struct{}
	value     T
	err       error
	abandoned bool // its caller gave up: somebody who still waits must ask again
}

// Get returns the value that is held if it is good, else the one that ask brings.
func (k *Kept[T]) Get(ctx context.Context, good func(T) bool, ask func(context.Context) (T, error)) (T, error) {
	for {
		k.mu.Lock()
		if good(k.value) {
			defer k.mu.Unlock()
			return k.value, nil
		}
		f := k.flight
		if f == nil {
			f = &flight[T]{done: make(chan struct{})}
			k.flight = f
			k.mu.Unlock()
			k.fly(ctx, f, ask)
			return f.value, f.err
		}
		k.mu.Unlock()
		select {
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		case <-f.done:
		}
		if !f.abandoned {
			return f.value, f.err
		}
	}
}

func (k *Kept[T]) fly(ctx context.Context, f *flight[T], ask func(context.Context) (T, error)) {
	f.value, f.err = ask(ctx)
	f.abandoned = f.err != nil && ctx.Err() != nil
	k.mu.Lock()
	if f.err == nil {
		k.value = f.value
	}
	k.flight = nil
	k.mu.Unlock()
	close(f.done)
}

// Held returns the value as it is.
func (k *Kept[T]) Held() T {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.value
}

// Put holds a value that nobody had to ask for.
func (k *Kept[T]) Put(value T) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.value = value
}

// Drop forgets the value if bad says so, unless a newer one has taken its place by then.
func (k *Kept[T]) Drop(bad func(T) bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if bad(k.value) {
		var none T
		k.value = none
	}
}
