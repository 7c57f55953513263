package steps

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// firstPause and longestPause bound the pauses between two looks at something that needs time.
const (
	firstPause   = 250 * time.Millisecond
	longestPause = 2 * time.Second
)

// patience is how long, in first pauses, a refused value or a missing object is taken for one that Genesys Cloud
// does not see yet: right after a create it may refuse what refers to it (contract genesys.md 2.5). That is 5 s;
// what is wrong for good shows after them.
const patience = 20

func notYetSeen(err error) bool {
	return genesys.CodeIs(err, "constraint.validation", "bad.request") && !explain.LacksFeature(err)
}

// settling is how something that was written becomes ready.
type settling[T any] struct {
	what  string        // what is awaited, as a row says it
	limit time.Duration // when waiting ends
	judge func(T) (ready bool, err error)
	read  func(context.Context) (T, error)
}

// doUntil carries a change out as do does, and waits until it is ready. What was written is remembered before
// the wait, so that a wait that ends badly leaves nothing unmentioned.
func doUntil[T any](ctx context.Context, e *Env, c Change, write func(context.Context) (id string, answered T, err error), s settling[T]) error {
	if e.stopped.Load() {
		return ErrStopped
	}
	start := time.Now()
	e.emit(Event{Phase: Working, Change: c})
	var answered T
	id, err := e.send(ctx, c, func(ctx context.Context) (id string, err error) {
		id, answered, err = write(ctx)
		for pause := e.firstPause(); notYetSeen(err) && time.Since(start) < patience*e.firstPause(); pause = min(pause*2, longestPause) {
			if err = e.rest(ctx, pause); err == nil {
				id, answered, err = write(ctx)
			}
		}
		return id, err
	})
	if err == nil {
		c.ID, c.Unready = id, true
		e.note(c)
		c.Unready = false
		err = await(ctx, e, c, answered, s)
	}
	return e.end(c, time.Since(start), err)
}

// await judges what a write answered, and then looks again until it is ready, at most for the limit. It ends
// early when the run is stopped or another step failed.
func await[T any](ctx context.Context, e *Env, c Change, now T, s settling[T]) error {
	pause := e.firstPause()
	for start := time.Now(); ; {
		ready, err := s.judge(now)
		if ready || err != nil {
			return err
		}
		waited := time.Since(start)
		if waited >= s.limit {
			return notReady(c, s.what, s.limit)
		}
		e.emit(Event{Phase: Waiting, Change: c, Text: s.what, Elapsed: waited, Limit: s.limit})
		if err := e.rest(ctx, pause); err != nil {
			return err
		}
		pause = min(pause*2, longestPause)
		fresh, err := s.read(ctx)
		switch {
		case err == nil:
			now = fresh
		case !explain.NotThere(err): // what was just made may not be visible everywhere yet
			return err
		}
	}
}

// visible reads what was just made, which may not be visible everywhere yet.
func visible[T any](ctx context.Context, e *Env, read func(context.Context) (T, error)) (T, error) {
	pause := e.firstPause()
	for start := time.Now(); ; pause = min(pause*2, longestPause) {
		v, err := read(ctx)
		if !explain.NotThere(err) || time.Since(start) >= patience*e.firstPause() {
			return v, err
		}
		if err := e.rest(ctx, pause); err != nil {
			return v, err
		}
	}
}

func (e *Env) firstPause() time.Duration { return cmp.Or(e.Poll, firstPause) }

// rest pauses, unless the run ends first.
func (e *Env) rest(ctx context.Context, pause time.Duration) error {
	e.mu.Lock()
	stop := e.stopping()
	e.mu.Unlock()
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-stop:
	case <-failure(ctx):
	}
	return ErrStopped
}

func notReady(c Change, what string, limit time.Duration) error {
	object := string(c.Kind) + " " + strconv.Quote(c.Name)
	if c.Kind == guide.KindState {
		object = string(guide.KindIntegration)
	}
	return &explain.Error{
		Class: explain.ClassFault, Retry: true,
		Problem: fmt.Sprintf("After %d s the %s is still not ready; the wizard waited for %s.", int(limit.Seconds()), object, what),
		Fix:     "It may only need longer. Try again; the wizard looks first and makes nothing twice.",
	}
}

// failed is the key of a channel in a context that is closed when a step of the walk failed.
type failed struct{}

// failure returns that channel; outside a walk it never closes.
func failure(ctx context.Context) <-chan struct{} {
	ch, _ := ctx.Value(failed{}).(chan struct{})
	return ch
}
