package tui

import (
	"sync"
	"time"
)

// crew counts the commands that are at work, so that the wizard does not end before they do. A
// sync.WaitGroup would not do: a command that the program was handed but never ran must not be waited for.
type crew struct {
	mu     sync.Mutex
	busy   int
	closed bool
	idle   chan struct{}
}

func newCrew() *crew { return &crew{idle: make(chan struct{})} }

// join reports whether work may begin; whoever joined leaves.
func (c *crew) join() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	c.busy++
	return true
}

func (c *crew) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy--
	if c.closed && c.busy == 0 {
		close(c.idle)
	}
}

// close lets nobody join any more.
func (c *crew) close() {
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
func (c *crew) wait(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-c.idle:
	case <-timer.C:
	}
}
