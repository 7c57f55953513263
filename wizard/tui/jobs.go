package tui

import (
	"context"
	"slices"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// job is what runs in a slot.
type job struct {
	id     int
	cancel context.CancelFunc
}

// answer is what a job came to. It counts only while the job still holds its slot.
type answer struct {
	screen.End
	slot screen.Slot
	id   int
}

// begin runs what a screen starts under a separate context, and ends what ran in its slot.
func (r *router) begin(s screen.Start) tea.Cmd {
	r.end(s.Slot)
	ctx, stop := context.WithCancel(r.ctx)
	r.lastJob++
	id := r.lastJob
	r.jobs[s.Slot] = job{id: id, cancel: stop}
	return func() tea.Msg {
		defer stop()
		if !r.group.join() {
			return nil
		}
		defer r.group.leave()
		return answer{slot: s.Slot, id: id, End: s.Do(ctx)}
	}
}

func (r *router) end(s screen.Slot) {
	if job, ok := r.jobs[s]; ok {
		job.cancel()
		delete(r.jobs, s)
	}
}

// runs reports whether anything is under way in one of the slots.
func (r *router) runs(slots ...screen.Slot) bool {
	return slices.ContainsFunc(slots, func(s screen.Slot) bool {
		_, on := r.jobs[s]
		return on
	})
}

func (r *router) endAll() {
	for s := range r.jobs {
		r.end(s)
	}
}

// answered passes an answer to the screen that waits for it, unless the job has lost its slot.
func (r *router) answered(msg answer) tea.Cmd {
	if job, ok := r.jobs[msg.slot]; !ok || job.id != msg.id {
		return nil
	}
	delete(r.jobs, msg.slot)
	if msg.slot == screen.SlotLocal {
		r.note = "" // it names an address of a screen that is closed
	}
	if msg.Then == nil {
		return nil
	}
	act := msg.Then()
	if r.Leaving && (msg.slot == screen.SlotApply || msg.slot == screen.SlotLocal) {
		return tea.Quit
	}
	if msg.slot == screen.SlotPlan || msg.slot == screen.SlotApply {
		r.moved = false
	}
	return r.do(act)
}

// tick redraws a screen that waits, so that clocks and spinners move.
type tick struct{ due time.Time }

// counts reports whether the screen shows a clock although nothing is under way.
func (r *router) counts() bool {
	s, ok := r.current().(interface{ Counts() bool })
	return ok && s.Counts()
}

// ticking comes back in a moment, as long as anything is under way or moves.
func (r *router) ticking() tea.Cmd {
	every := style.TickEvery
	switch {
	case r.ticks:
		return nil
	case r.Motion.On():
		every = style.LinkFrame
	case len(r.jobs) > 0:
	case r.counts():
		every = time.Second
	default:
		return nil
	}
	r.ticks = true
	due := time.Now().Add(every)
	return tea.Tick(every, func(time.Time) tea.Msg { return tick{due} })
}

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
