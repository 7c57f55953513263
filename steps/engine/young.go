package engine

import (
	"cmp"
	"context"
	"time"

	"msgsso-wizard/apiclient"
)

// A service may not show at once what was just created (contract genesys.md 2.5). The pauses between two looks grow from
// the first to the longest. How long the run takes an object for young is counted in first pauses, so that tests, which
// pause for less, wait for less.
const (
	firstPause   = 250 * time.Millisecond
	longestPause = 2 * time.Second
	visibility   = 240 // first pauses: 60 s, how long an object may be missing after it was created
	patience     = 20  // first pauses: 5 s, how long a refused reference is taken for a young one
)

func (r *Run) poll() time.Duration   { return cmp.Or(r.cfg.Poll, firstPause) }
func (r *Run) window() time.Duration { return visibility * r.poll() }

// pause is how long a run rests after that many looks.
func (r *Run) pause(tries int) time.Duration { return min(r.poll()<<min(tries, 3), longestPause) }

// created notes that an object of this run is young.
func (r *Run) created(at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if at.After(r.newest) {
		r.newest = at
	}
}

// youngAt reports whether an object of this run may not be visible yet.
func (r *Run) youngAt(t time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return t.Sub(r.newest) < r.window()
}

// Seen reads or writes, and repeats it while a service does not see yet what this run created.
func Seen[T any](ctx context.Context, r *Run, act func(context.Context) (T, error)) (T, error) {
	start := time.Now()
	for tries := 0; ; tries++ {
		began := time.Now() // a try that began too early proves nothing, however late its answer came
		value, err := act(ctx)
		if err == nil || !r.unseen(err, start, began) {
			return value, err
		}
		if rested := r.Rest(ctx, tries); rested != nil {
			return value, rested
		}
	}
}

// unseen reports whether an error may come from an object that was too young to be seen everywhere when the try began;
// start is when the first one did.
func (r *Run) unseen(err error, start, began time.Time) bool {
	switch {
	case apiclient.NotFound(err):
		return r.youngAt(began)
	case r.cfg.Unseen != nil && r.cfg.Unseen(err):
		return began.Sub(start) < patience*r.poll() && r.youngAt(began)
	}
	return false
}

// Unmissed is the error, but nil where a service does not find what it was asked for.
func Unmissed(err error) error {
	if apiclient.NotFound(err) {
		return nil
	}
	return err
}

// answerLost reports whether a write may have been carried out although its answer never came.
func answerLost(err error) bool {
	e, ok := apiclient.AsError(err)
	return ok && e.Maybe
}

// Rest pauses between two looks, unless the run is stopped, ended, or failed elsewhere: each pause is longer than the one
// before it.
func (r *Run) Rest(ctx context.Context, tries int) error {
	var stopped, failed <-chan struct{}
	if p := r.current(); p != nil && p.writes() {
		stopped, failed = p.stop.Done(), p.failed
	}
	select {
	case <-time.After(r.pause(tries)):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-stopped:
	case <-failed:
	}
	return ErrStopped
}

// Patient reports whether a read may still be out of date after that many looks with a Rest between them.
func (r *Run) Patient(tries int) bool {
	waited := time.Duration(0)
	for i := range tries {
		waited += r.pause(i)
	}
	return waited < patience*r.poll()
}
