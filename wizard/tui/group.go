package tui

import (
	"sync"
	"time"
)

// group counts the commands that are at work, so that the wizard does not end before they do. A
// sync.WaitGroup would not do: a command that the program was handed but never ran must not be waited for.
type group struct {
	mu     sync.Mutex
	busy   int
	closed bool
	idle   chan struct{}
}

func newGroup() *group { return &group{idle: make(chan struct{})} }

// join reports whether a command may begin. It must call leave when it ends.
func (c *group) join() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	c.busy++
	return true
}

func (c *group) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy--
	if c.closed && c.busy == 0 {
		close(c.idle)
	}
}

// close refuses new commands.
func (c *group) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.closed = true
	if c.busy == 0 {
		close(c.idle)
	}
}

// wait returns when all have left, at the latest after d.
func (c *group) wait(d time.Duration) {
	select {
	case <-c.idle:
	case <-time.After(d):
	}
}
