package steps

import (
	"context"
	"fmt"
	"time"
)

// firstPause and longestPause bound the pauses between two looks at something that needs time.
const (
	firstPause   = 250 * time.Millisecond
	longestPause = 2 * time.Second
)

// await looks until ready says yes, at most for the limit, and tells the front end what it waits for.
func (e *Env) await(ctx context.Context, c Change, what string, limit time.Duration, ready func(context.Context) (bool, error)) error {
	pause := e.Poll
	if pause == 0 {
		pause = firstPause
	}
	for start := time.Now(); ; {
		done, err := ready(ctx)
		if done || err != nil {
			return err
		}
		waited := time.Since(start)
		if waited >= limit {
			return &Error{
				Class: ClassFault, Retry: true,
				Problem: fmt.Sprintf("After %d s the %s %q is still not ready: waited for %s.", int(limit.Seconds()), c.Kind, c.Name, what),
				Fix:     "It may only need longer. Try again; the wizard looks first and makes nothing twice.",
			}
		}
		e.emit(Event{Phase: Waiting, Change: c, Text: what, Elapsed: waited, Limit: limit})
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		pause = min(pause*2, longestPause)
	}
}

// polled judges first what a write answered, and from the second time on what is read again.
func polled[T any](answered T, judge func(T) (bool, error), read func(context.Context) (T, error)) func(context.Context) (bool, error) {
	first := true
	return func(ctx context.Context) (bool, error) {
		if first {
			first = false
			return judge(answered)
		}
		now, err := read(ctx)
		if err != nil {
			return false, err
		}
		return judge(now)
	}
}
