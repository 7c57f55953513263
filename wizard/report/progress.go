package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// heartbeat is the shortest time between two lines about one wait.
const heartbeat = 30 * time.Second

// Progress writes a line for each change that is finished, failed, or waiting, and a line every 30 s for long waits. It
// is safe for concurrent use.
type Progress struct {
	mu     sync.Mutex
	w      io.Writer
	marks  Marks
	waited map[string]time.Time // when a wait was last spoken of
	tasks  []*task              // what is under way, in the order in which it began
	spoke  time.Time            // when one of them was last spoken of
}

// task is something that is under way without its own lines.
type task struct {
	key   string // of the change; empty: it is none
	what  string
	began time.Time
	timer *time.Timer
}

// NewProgress returns a Progress that writes to w.
func NewProgress(w io.Writer, m Marks) *Progress {
	return &Progress{w: w, marks: m, waited: map[string]time.Time{}}
}

// Busy reports a long wait for what until done is called.
func (p *Progress) Busy(what string) (done func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	began := p.begin("", what)
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.end(func(t *task) bool { return t == began })
	}
}

// begin and end bound what is under way. The caller of each holds the lock.
func (p *Progress) begin(key, what string) *task {
	t := &task{key: key, what: what, began: time.Now()}
	t.timer = time.AfterFunc(heartbeat, func() { p.beat(t) })
	p.tasks = append(p.tasks, t)
	return t
}

func (p *Progress) end(ended func(*task) bool) {
	p.tasks = slices.DeleteFunc(p.tasks, ended) // what is left of a timer finds its task gone
}

// beat speaks of a task. Of several it is the one that began last.
func (p *Progress) beat(t *task) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !slices.Contains(p.tasks, t) {
		return // it ended just now
	}
	t.timer.Reset(heartbeat)
	if t != p.tasks[len(p.tasks)-1] || time.Since(p.spoke) < heartbeat {
		return
	}
	p.spoke = time.Now()
	p.wait(fmt.Sprintf("still waiting for %s, %.0f s", t.what, time.Since(t.began).Seconds()))
}

// Event writes what became of a change; it fits setup.Session.Emit. A wait has its own lines.
func (p *Progress) Event(e engine.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := e.Change
	key := string(c.Kind) + "\x00" + c.Name
	if e.Phase != engine.Paused {
		p.end(func(t *task) bool { return t.key == key })
	}
	switch e.Phase {
	case engine.Working:
		p.begin(key, strings.TrimSpace(string(c.Kind)+" "+c.Kind.Shown(c.Name)))
	case engine.Finished:
		became, recovered := "", ""
		switch {
		case c.Verb == engine.Remove:
			became = "deleted"
		case c.Kind == guide.KindOldSecret: // which may be deleted next
			became = "inactive"
		}
		if e.Text != "" { // the sentence is one of the result's warnings
			recovered = "recovered"
		}
		fmt.Fprintln(p.w, p.marks.Done+" "+line(string(c.Kind), c.Kind.Shown(c.Name), c.ID, became, Seconds(e.Elapsed), recovered))
	case engine.Failed:
		fmt.Fprintln(p.w, p.marks.Failed+" "+line(string(c.Kind), c.Kind.Shown(c.Name), c.ID, Seconds(e.Elapsed)))
	case engine.Waiting:
		p.waiting(key, string(c.Kind)+"  waiting for "+e.Text, e)
	case engine.Paused:
		p.waiting(e.Text, e.Text, e)
	}
}

// Pause writes that the program keeps away from a service for a while; it fits services.Network.OnWait, whose
// text names the time as well.
func (p *Progress) Pause(why string, _ time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wait(why)
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
	p.wait(text)
}

// wait writes a line of a wait. The mark's word is left out where the text has it.
func (p *Progress) wait(text string) {
	mark := p.marks.Wait
	if strings.Contains(text, "waiting") {
		mark = strings.TrimSuffix(mark, "waiting")
	}
	fmt.Fprintln(p.w, strings.TrimSpace(strings.TrimSpace(mark)+" "+text))
}

// Seconds writes a duration in seconds, to a tenth.
func Seconds(d time.Duration) string {
	if d >= time.Minute {
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// inWords writes a whole number of seconds or minutes for a sentence.
func inWords(d time.Duration) string {
	if d >= 2*time.Minute && d%time.Minute == 0 {
		return explain.Counted(int(d.Minutes()), "minute", "minutes")
	}
	return explain.Counted(int(d.Seconds()), "second", "seconds")
}
