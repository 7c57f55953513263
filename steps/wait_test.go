package steps

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

var awaited = Change{Step: "activation", Verb: Update, Kind: KindState, Name: "Disabled → Active"}

func never(context.Context) (bool, error) { return false, nil }

func TestAwaitEndsAtItsLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		env := &Env{}
		told, start := watch(env, nil), time.Now()
		err := env.await(t.Context(), awaited, "Active", 6*time.Second, never)
		e := asError(t, err)
		same(t, "problem", `After 6 s the state "Disabled → Active" is still not ready: waited for Active.`, e.Problem)
		same(t, "fix", "It may only need longer. Try again; the wizard looks first and makes nothing twice.", e.Fix)
		same(t, "exit code", 1, ExitCode(err))
		same(t, "retry", true, e.Retry)
		same(t, "time", 7750*time.Millisecond, time.Since(start))
		var want []Event
		for _, elapsed := range []time.Duration{0, 250, 750, 1750, 3750, 5750} {
			want = append(want, Event{Phase: Waiting, Change: awaited, Text: "Active", Elapsed: elapsed * time.Millisecond, Limit: 6 * time.Second})
		}
		same(t, "events", want, told.all)
	})
}

func TestAwaitEndsWhenReady(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for name, tt := range map[string]struct {
		poll  time.Duration
		looks int
		fails error
		took  time.Duration
	}{
		"at once":               {looks: 1},
		"at the third look":     {looks: 3, took: 750 * time.Millisecond},
		"with quick looks":      {poll: time.Millisecond, looks: 5, took: 15 * time.Millisecond},
		"failure at the second": {looks: 2, fails: broken, took: 250 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				env, start, looks := &Env{Poll: tt.poll}, time.Now(), 0
				told := watch(env, nil)
				err := env.await(t.Context(), awaited, "Active", time.Minute, func(context.Context) (bool, error) {
					looks++
					return looks == tt.looks && tt.fails == nil, map[bool]error{true: tt.fails}[looks == tt.looks]
				})
				same(t, "error", tt.fails == nil, err == nil)
				same(t, "the same error", true, errors.Is(err, tt.fails))
				same(t, "looks", tt.looks, looks)
				same(t, "time", tt.took, time.Since(start))
				same(t, "events", tt.looks-1, len(told.all))
			})
		})
	}
}

func TestAwaitEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		err := (&Env{}).await(ctx, awaited, "Active", time.Minute, never)
		same(t, "cancelled", true, errors.Is(err, context.DeadlineExceeded))
		same(t, "time", time.Second, time.Since(start))
	})
}

func TestPolledJudgesTheAnswerFirst(t *testing.T) {
	t.Parallel()
	reads := 0
	look := polled(1, func(n int) (bool, error) { return n == 3, nil }, func(context.Context) (int, error) {
		reads++
		return 1 + reads, nil
	})
	for want, ready := range []bool{false, false, true} {
		done, err := look(t.Context())
		same(t, "ready", ready, done)
		noError(t, err)
		same(t, "reads", want, reads)
	}
}
