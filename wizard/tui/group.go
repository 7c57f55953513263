package tui

import (
	"sync"
	"time"
)

// group counts the commands that are at work, so that the wizard does not end before they do. One that the program was
// handed and never ran does not count.
type group struct {
	mu     sync.Mutex
	busy   sync.WaitGroup
	closed bool
}

// join reports whether a command may begin. It must call leave when it ends.
func (c *group) join() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.busy.Add(1)
	}
	return !c.closed
}

func (c *group) leave() { c.busy.Done() }

// close refuses new commands.
func (c *group) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
}

// wait returns when all have left, at the latest after d. It is called after close.
func (c *group) wait(d time.Duration) {
	idle := make(chan struct{})
	go func() {
		c.busy.Wait()
		close(idle)
	}()
	select {
	case <-idle:
	case <-time.After(d):
	}
}
