package steps

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Crew is a sync.WaitGroup for goroutines that may break: nobody could catch that there, so that the terminal would
// stay as it is. It is brought to who waits.
type Crew struct {
	group  sync.WaitGroup
	once   sync.Once
	broken *Broken
}

// Go calls act in a goroutine of its own.
func (c *Crew) Go(act func()) {
	c.group.Go(func() {
		if broken := Catch(act); broken != nil {
			c.once.Do(func() { c.broken = broken })
		}
	})
}

// Wait waits until all have come back, and breaks if one of them broke.
func (c *Crew) Wait() {
	c.group.Wait()
	if c.broken != nil {
		panic(c.broken)
	}
}

// team is an errgroup.Group in which breaking is one more way to fail.
type team struct{ *errgroup.Group }

func newTeam(ctx context.Context) (team, context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	return team{g}, ctx
}

// Go calls act in a goroutine of its own.
func (t team) Go(act func() error) {
	t.Group.Go(func() (err error) {
		if broken := Catch(func() { err = act() }); broken != nil {
			return broken
		}
		return err
	})
}
