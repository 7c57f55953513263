// Package taskgroup runs goroutines and passes their panics to the waiting caller.
package taskgroup

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"

	"msgsso-wizard/steps/explain"
)

// Group is a sync.WaitGroup for goroutines that may panic: that can't be caught elsewhere, so that the terminal would
// stay as it is. It is brought to who waits.
type Group struct {
	group  sync.WaitGroup
	once   sync.Once
	broken *explain.Panic
}

// Go calls act in a new goroutine.
func (g *Group) Go(act func()) {
	g.group.Go(func() {
		if broken := explain.Recover(act); broken != nil {
			g.once.Do(func() { g.broken = broken })
		}
	})
}

// Wait waits until all have come back, and breaks if one of them broke.
func (g *Group) Wait() {
	g.group.Wait()
	if g.broken != nil {
		panic(g.broken)
	}
}

// ErrGroup is an errgroup.Group in which breaking is one more way to fail.
type ErrGroup struct{ *errgroup.Group }

// WithContext returns a group, and a context that ends with the first failure.
func WithContext(ctx context.Context) (ErrGroup, context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	return ErrGroup{g}, ctx
}

// Go calls act in a new goroutine.
func (g ErrGroup) Go(act func() error) {
	g.Group.Go(func() (err error) {
		if broken := explain.Recover(func() { err = act() }); broken != nil {
			return broken
		}
		return err
	})
}

// Result is what a call came to. That it broke is one more way to fail.
type Result[T any] struct {
	Value T
	Err   error
}

// Begin calls act in a new goroutine. A caller that doesn't wait any longer may leave the result there.
func Begin[T any](act func() (T, error)) <-chan Result[T] {
	got := make(chan Result[T], 1)
	go func() {
		var r Result[T]
		if broken := explain.Recover(func() { r.Value, r.Err = act() }); broken != nil {
			r.Err = broken
		}
		got <- r
	}()
	return got
}
