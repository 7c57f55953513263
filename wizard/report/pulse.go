package report

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// heartbeat is the shortest time between two lines about one wait.
const heartbeat = 30 * time.Second

// pulse says every now and then that something is still under way, where a screen would show a spinner. Of several
// things it names the one that began last.
type pulse struct {
	say func(string)

	mu    sync.Mutex
	tasks []*task
	spoke time.Time
}

type task struct {
	what  string
	began time.Time
	timer *time.Timer
}

// begin says from now on that what is awaited, until end is called.
func (p *pulse) begin(what string) (end func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := &task{what: what, began: time.Now()}
	t.timer = time.AfterFunc(heartbeat, func() { p.beat(t) })
	p.tasks = append(p.tasks, t)
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		t.timer.Stop()
		p.tasks = slices.DeleteFunc(p.tasks, func(other *task) bool { return other == t })
	}
}

func (p *pulse) beat(t *task) {
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
	p.say("still waiting for " + t.what + fmt.Sprintf(", %.0f s", time.Since(t.began).Seconds()))
}
