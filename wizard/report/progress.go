package report

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"msgsso-wizard/steps/engine"
)

// Progress writes a line for each change that is finished, failed or awaited, and now and then one for what takes long. It is safe for concurrent use.
type Progress struct {
	mu     sync.Mutex
	w      io.Writer
	marks  Marks
	waited map[string]time.Time // when a wait was last spoken of
	under  map[string]func()    // ends the pulse of what is under way
	pulse  *pulse
}

// NewProgress returns a Progress that writes to w.
func NewProgress(w io.Writer, m Marks) *Progress {
	p := &Progress{w: w, marks: m, waited: map[string]time.Time{}, under: map[string]func(){}}
	p.pulse = &pulse{say: func(text string) {
		p.mu.Lock()
		defer p.mu.Unlock()
		fmt.Fprintln(p.w, p.marks.Wait+" "+text)
	}}
	return p
}

// Busy says now and then that what is awaited, until done is called.
func (p *Progress) Busy(what string) (done func()) { return p.pulse.begin(what) }

// follow keeps the pulse of a change that is under way, and ends it with the change; a wait has lines of its own.
func (p *Progress) follow(e engine.Event) {
	key := string(e.Change.Kind) + "\x00" + e.Change.Name
	p.mu.Lock()
	end := p.under[key]
	delete(p.under, key)
	p.mu.Unlock()
	if end != nil {
		end()
	}
	if e.Phase == engine.Working {
		end = p.pulse.begin(strings.TrimSpace(string(e.Change.Kind) + " " + e.Change.Name))
		p.mu.Lock()
		p.under[key] = end
		p.mu.Unlock()
	}
}

// Event writes what became of a change; it fits setup.Session.Emit.
func (p *Progress) Event(e engine.Event) {
	if e.Phase != engine.Paused {
		p.follow(e)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	c := e.Change
	switch e.Phase {
	case engine.Finished:
		fmt.Fprintln(p.w, p.marks.Done+" "+line(string(c.Kind), c.Name, c.ID, Seconds(e.Elapsed)))
	case engine.Failed:
		fmt.Fprintln(p.w, p.marks.Failed+" "+line(string(c.Kind), c.Name, c.ID, Seconds(e.Elapsed)))
	case engine.Waiting:
		p.waiting(string(c.Kind)+"\x00"+c.Name, string(c.Kind)+"  waiting for "+e.Text, e)
	case engine.Paused:
		p.waiting(e.Text, e.Text, e)
	}
}

// Pause writes that the program keeps away from a service for a while; it fits services.Network.OnWait, whose
// text names the time as well.
func (p *Progress) Pause(why string, _ time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintln(p.w, p.marks.Wait+" "+why)
}

// waiting writes of a wait when it begins, and now and then while it lasts. The caller holds the lock.
func (p *Progress) waiting(key, text string, e engine.Event) {
	now := time.Now()
	last, again := p.waited[key]
	if again && now.Sub(last) < heartbeat {
		return
	}
	p.waited[key] = now
	if again && e.Elapsed > 0 {
		text += ", " + Seconds(e.Elapsed) + " so far"
	}
	if e.Limit > 0 {
		text += fmt.Sprintf(" (limit %.0f s)", e.Limit.Seconds())
	}
	fmt.Fprintln(p.w, p.marks.Wait+" "+text)
}

// Seconds writes a duration in seconds, to a tenth.
func Seconds(d time.Duration) string {
	if d >= time.Minute {
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
