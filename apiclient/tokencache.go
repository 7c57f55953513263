package apiclient

import (
	"context"
	"errors"
	"sync"
)

// TokenCache is a value, such as an access token, that is asked for once however many calls need it. The zero
// TokenCache holds T's zero value. It is safe for concurrent use.
type TokenCache[T any] struct {
	mu      sync.Mutex
	value   T
	request *sharedRequest[T] // under way; nil: none
}

// sharedRequest is asked for on behalf of all who wait for it. singleflight has no way to leave a request that others
// still wait for, and ends the program where a function that it calls for several callers panics.
type sharedRequest[T any] struct {
	waiting   int // callers; without one the request is canceled
	abandoned bool
	cancel    context.CancelFunc

	done  chan struct{} // closed when the rest may be read
	value T
	err   error
	panic any
}

// errNoReturn is what callers get where ask ended its goroutine.
var errNoReturn = errors.New("the token request didn't return")

// Get returns the value that is held if it is good, else the one that ask brings. Callers that need it at the same
// time share one request, under a context that ends when the last of them has given up: Get then returns after ask
// did. A panic of ask reaches each of them; the next caller asks again.
func (c *TokenCache[T]) Get(ctx context.Context, good func(T) bool, ask func(context.Context) (T, error)) (T, error) {
	for {
		c.mu.Lock()
		if good(c.value) {
			defer c.mu.Unlock()
			return c.value, nil
		}
		if c.request == nil {
			c.request = c.start(ctx, ask)
		}
		r := c.request
		r.waiting++
		c.mu.Unlock()
		select {
		case <-ctx.Done():
			c.leave(r)
			var none T
			return none, ctx.Err()
		case <-r.done:
		}
		r.breakToo()
		if !r.abandoned {
			return r.value, r.err
		}
	}
}

// start asks in a new goroutine. It is called under the lock.
func (c *TokenCache[T]) start(ctx context.Context, ask func(context.Context) (T, error)) *sharedRequest[T] {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	r := &sharedRequest[T]{cancel: cancel, done: make(chan struct{}), err: errNoReturn}
	go func() {
		defer c.end(r)
		defer func() { r.panic = recover() }()
		r.value, r.err = ask(ctx)
	}()
	return r
}

func (c *TokenCache[T]) end(r *sharedRequest[T]) {
	r.cancel()
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.err == nil {
		c.value = r.value
	}
	c.request = nil
	close(r.done)
}

// leave takes a caller away. The last one waits, so that nothing of the request is left behind.
func (c *TokenCache[T]) leave(r *sharedRequest[T]) {
	c.mu.Lock()
	r.waiting--
	last := r.waiting == 0
	if last {
		r.abandoned = true
		r.cancel()
	}
	c.mu.Unlock()
	if last {
		<-r.done
		r.breakToo()
	}
}

// breakToo hands a panic of ask on.
func (r *sharedRequest[T]) breakToo() {
	if r.panic != nil {
		panic(r.panic)
	}
}

// Held returns the value as it is.
func (c *TokenCache[T]) Held() T {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.value
}

// Put holds a value that was not asked for.
func (c *TokenCache[T]) Put(value T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.value = value
}

// Drop forgets the value if bad says so, unless a newer one has taken its place by then.
func (c *TokenCache[T]) Drop(bad func(T) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if bad(c.value) {
		var none T
		c.value = none
	}
}
