package wizard

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/wizard/tui/style"
)

// job is what runs in a slot.
type job struct {
	id     int
	cancel context.CancelFunc
}

// answer is what a job came to. It counts only while the job still holds its slot.
type answer struct {
	end
	slot slot
	id   int
}

// begin runs what a screen starts, under a context of its own, and ends what ran in its slot.
func (r *router) begin(s start) tea.Cmd {
	r.end(s.slot)
	ctx, stop := context.WithCancel(r.ctx)
	r.lastJob++
	id := r.lastJob
	r.jobs[s.slot] = job{id: id, cancel: stop}
	return func() tea.Msg {
		defer stop()
		if !r.crew.join() {
			return nil
		}
		defer r.crew.leave()
		return answer{slot: s.slot, id: id, end: s.do(ctx)}
	}
}

func (r *router) end(s slot) {
	if job, ok := r.jobs[s]; ok {
		job.cancel()
		delete(r.jobs, s)
	}
}

// runs reports whether anything is under way in one of the slots.
func (r *router) runs(slots ...slot) bool {
	return slices.ContainsFunc(slots, func(s slot) bool {
		_, on := r.jobs[s]
		return on
	})
}

func (r *router) endAll() {
	for s := range r.jobs {
		r.end(s)
	}
}

// answered lets the screen that waits for an answer have it, unless the job lost its slot meanwhile.
func (r *router) answered(msg answer) tea.Cmd {
	if job, ok := r.jobs[msg.slot]; !ok || job.id != msg.id {
		return nil
	}
	delete(r.jobs, msg.slot)
	if msg.slot == slotLocal {
		r.note = "" // of an address that nobody is at any more
	}
	if msg.then == nil {
		return nil
	}
	act := msg.then()
	if r.leaving && (msg.slot == slotApply || msg.slot == slotLocal) {
		return tea.Quit
	}
	if msg.slot == slotPlan || msg.slot == slotApply {
		r.moved = false
	}
	return r.do(act)
}

// news is what a screen makes of what its job tells while that goes on. It is lost on another screen.
type news struct {
	of   screen
	then func() action
}

// tick has a screen that waits drawn anew, so that clocks and spinners move.
type tick struct{}

// ticking comes back in a moment, as long as anything is under way.
func (r *router) ticking() tea.Cmd {
	if r.ticks || len(r.jobs) == 0 {
		return nil
	}
	r.ticks = true
	return tea.Tick(style.TickEvery, func(time.Time) tea.Msg { return tick{} })
}
