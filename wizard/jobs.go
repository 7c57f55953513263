package wizard

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// job is what runs in a slot.
type job struct {
	id     int
	cancel context.CancelFunc
}

// answer is what a job came to. It counts only while the job still holds its slot.
type answer struct {
	slot  slot
	id    int
	value any
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
		return answer{slot: s.slot, id: id, value: s.do(ctx)}
	}
}

func (r *router) end(s slot) {
	if job, ok := r.jobs[s]; ok {
		job.cancel()
		delete(r.jobs, s)
	}
}

func (r *router) endAll() {
	for s := range r.jobs {
		r.end(s)
	}
}

// answered hands an answer to the screen that waits for it, unless the job lost its slot meanwhile.
func (r *router) answered(msg answer) tea.Cmd {
	if job, ok := r.jobs[msg.slot]; !ok || job.id != msg.id {
		return nil
	}
	delete(r.jobs, msg.slot)
	if msg.slot == slotLocal {
		r.note = "" // of an address that nobody is at any more
	}
	if r.leaving && (msg.slot == slotApply || msg.slot == slotLocal) {
		r.current().result(msg.value)
		return tea.Quit
	}
	if msg.slot == slotPlan || msg.slot == slotApply {
		r.moved = false
	}
	return r.do(r.current().result(msg.value))
}

// news is what a job tells while it goes on; of is whose it is.
type news struct{ of, what any }
