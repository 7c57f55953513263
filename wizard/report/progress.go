package report

import (
	"fmt"
	"io"
	"sync"
	"time"

	"msgsso-wizard/steps"
)

// heartbeat is the shortest time between two lines about one wait.
const heartbeat = 10 * time.Second

// Progress writes a line for each change that is finished, failed or awaited. It is safe for concurrent use.
type Progress struct {
	mu     sync.Mutex
	w      io.Writer
	marks  Marks
	waited map[string]time.Time // when a wait was last spoken of
}

// NewProgress returns a Progress that writes to w.
func NewProgress(w io.Writer, m Marks) *Progress {
	return &Progress{w: w, marks: m, waited: map[string]time.Time{}}
}

// Event writes what became of a change; it fits steps.Env.Emit.
func (p *Progress) Event(e steps.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := e.Change
	switch e.Phase {
	case steps.Finished:
		fmt.Fprintln(p.w, p.marks.Done+" "+line(c.Kind, c.Name, c.ID, Seconds(e.Elapsed)))
	case steps.Failed:
		fmt.Fprintln(p.w, p.marks.Failed+" "+line(c.Kind, c.Name, c.ID, Seconds(e.Elapsed)))
	case steps.Waiting:
		p.waiting(e)
	}
}

// Pause writes that the program keeps away from a service for a while; it fits steps.Services.OnWait, whose
// text names the time as well.
func (p *Progress) Pause(why string, _ time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintln(p.w, p.marks.Wait+" "+why)
}

func (p *Progress) waiting(e steps.Event) {
	now := time.Now()
	key := e.Change.Kind + "\x00" + e.Change.Name
	last, again := p.waited[key]
	if again && now.Sub(last) < heartbeat {
		return
	}
	p.waited[key] = now
	text := e.Change.Kind + "  waiting for " + e.Text
	if again {
		text += ", " + Seconds(e.Elapsed) + " so far"
	}
	if e.Limit > 0 {
		text += fmt.Sprintf(" (limit %.0f s)", e.Limit.Seconds())
	}
	fmt.Fprintln(p.w, p.marks.Wait+" "+text)
}

// Seconds writes a duration in seconds, to a tenth.
func Seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
