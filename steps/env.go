package steps

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"msgsso-wizard/steps/guide"
)

// Env is what the steps of one run share.
type Env struct {
	Answers *guide.Answers
	Dial    Dialer
	Files   Files
	Emit    func(Event)   // nil: nobody watches; may be called from several goroutines
	Calls   func() Calls  // how many calls were sent so far
	Poll    time.Duration // the first pause between two looks at something that needs time; 0: 250 ms
	Journal Journal       // nil: nothing is kept

	// Prompt shows what a person has to do while a step is under way, until ctx ends, and returns what was typed.
	// nil: nobody is there. It may be called from several goroutines.
	Prompt func(ctx context.Context, p Prompt) (string, error)

	repair  *Repair // nil: the guide's own run
	facts   facts
	mu      sync.Mutex
	mending *Env // the run of a planned repair; nil: none
	made    []Change
	undone  []Change // taken back
	stopped atomic.Bool
	stop    chan struct{}
}

// Dialer opens connections to the services. Opening one sends nothing.
type Dialer interface {
	Okta(org string, login guide.OktaLogin) (OktaAPI, error)
	Genesys(region string, login guide.GenesysLogin) (GenesysAPI, error)
	Discovery(org string) Discovery
	Messenger(region string) (MessengerAPI, error)
	Site() SiteAPI
}

// Calls counts what was sent.
type Calls struct {
	Okta    int `json:"okta"`
	Genesys int `json:"genesys"`
	Writes  int `json:"writes"`
}

// ErrStopped is what Apply returns, bare, after Env.Stop: the calls under way ended well, and no further change
// began. A failure of a call under way is returned instead of it.
var ErrStopped = errors.New("stopped before the next change began")

// Stop lets the call that is under way finish and keeps every further change from beginning.
// A wait ends at once.
func (e *Env) Stop() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stopped.CompareAndSwap(false, true) {
		close(e.stopping())
	}
	if e.mending != nil {
		e.mending.Stop()
	}
}

// Resume lets changes begin again after Stop.
func (e *Env) Resume() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stopped.CompareAndSwap(true, false) {
		e.stop = nil
	}
	if e.mending != nil {
		e.mending.Resume()
	}
}

// stopping is closed by Stop. The caller holds the lock.
func (e *Env) stopping() chan struct{} {
	if e.stop == nil {
		e.stop = make(chan struct{})
	}
	return e.stop
}

// Made returns what was created, updated or found to be in place so far, in the guide's order.
func (e *Env) Made() []Change {
	e.mu.Lock()
	defer e.mu.Unlock()
	made := slices.Clone(e.made)
	slices.SortStableFunc(made, func(a, b Change) int { return place(a.Step) - place(b.Step) })
	return made
}

// do carries one change out, tells the front end how it goes, and remembers it with the id that act returns.
func (e *Env) do(ctx context.Context, c Change, act func(context.Context) (id string, err error)) error {
	if e.stopped.Load() {
		return ErrStopped
	}
	start := time.Now()
	e.emit(Event{Phase: Working, Change: c})
	id, err := e.send(ctx, c, act)
	if id != "" {
		c.ID = id
	}
	return e.end(c, time.Since(start), err)
}

// end tells how a change came out, and remembers it if it came out well.
func (e *Env) end(c Change, took time.Duration, err error) error {
	if err != nil {
		e.emit(Event{Phase: Failed, Change: c, Elapsed: took})
		return err
	}
	e.note(c)
	e.facts.found.learnTime(c.Kind, took)
	e.emit(Event{Phase: Finished, Change: c, Elapsed: took})
	return nil
}

// note remembers a change. It takes the place of a mere reuse of the same object; a reuse of what is already
// remembered adds nothing, whatever it is called now.
func (e *Env) note(c Change) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, m := range e.made {
		if m.Kind == c.Kind && m.ID == c.ID && (m.Name == c.Name || c.Verb == Reuse) {
			switch {
			case m.Unready && c.Verb == Reuse:
				e.made[i].Unready = c.Unready
			case m.Verb == Reuse || m.Unready:
				e.made[i] = c
			}
			return
		}
	}
	e.made = append(e.made, c)
}

// Pause tells the front end that a service asked for a pause of so long. It fits Services.OnWait.
func (e *Env) Pause(text string, d time.Duration) {
	e.emit(Event{Phase: Paused, Text: text, Limit: d})
}

func (e *Env) emit(ev Event) {
	if e.Emit != nil {
		e.Emit(ev)
	}
}

// Stopped reports whether Stop was called and Resume not since.
func (e *Env) Stopped() bool { return e.stopped.Load() }
