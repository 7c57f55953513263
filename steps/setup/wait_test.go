package setup

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

var awaited = Change{Step: "activation", Verb: Update, Kind: guide.KindState, Name: "Disabled → Active"}

// waiting is something that looks has to be asked about so many times before it is ready; 0: it never is.
type waiting struct{ looks, need int }

func (w *waiting) settling(limit time.Duration, fails error) settling[int] {
	return settling[int]{
		"Active", limit,
		func(int) (bool, error) {
			w.looks++
			if w.looks == w.need {
				return fails == nil, fails
			}
			return false, nil
		},
		func(context.Context) (int, error) { return 0, nil },
	}
}

func TestAwaitEndsAtItsLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		env := &Env{}
		told, start := watch(env, nil), time.Now()
		err := await(t.Context(), env, awaited, 0, (&waiting{}).settling(6*time.Second, nil))
		e := asError(t, err)
		same(t, "problem", "After 6 s the integration is still not ready; the wizard waited for Active.", e.Problem)
		same(t, "fix", "It may only need longer. Try again; the wizard looks first and makes nothing twice.", e.Fix)
		same(t, "exit code", 1, explain.ExitCode(err))
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
				env, start, w := &Env{Poll: tt.poll}, time.Now(), &waiting{need: tt.looks}
				told := watch(env, nil)
				err := await(t.Context(), env, awaited, 0, w.settling(time.Minute, tt.fails))
				same(t, "error", tt.fails == nil, err == nil)
				same(t, "the same error", true, errors.Is(err, tt.fails))
				same(t, "looks", tt.looks, w.looks)
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
		err := await(ctx, &Env{}, awaited, 0, (&waiting{}).settling(time.Minute, nil))
		same(t, "cancelled", true, errors.Is(err, context.DeadlineExceeded))
		same(t, "time", time.Second, time.Since(start))
	})
}

func TestAwaitEndsWithTheRun(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*Env, chan struct{}){
		"stopped by the user": func(e *Env, _ chan struct{}) { e.Stop() },
		"another step failed": func(_ *Env, ch chan struct{}) { close(ch) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				env, ch, start := &Env{}, make(chan struct{}), time.Now()
				time.AfterFunc(time.Second, func() { end(env, ch) })
				err := await(context.WithValue(t.Context(), failed{}, ch), env, awaited, 0, (&waiting{}).settling(time.Minute, nil))
				same(t, "stopped", true, errors.Is(err, ErrStopped))
				same(t, "time", time.Second, time.Since(start))
			})
		})
	}
}

// TestWhatWasMadeIsMentioned: an object whose wait ends badly exists all the same.
func TestWhatWasMadeIsMentioned(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		env := &Env{}
		c := Change{Step: "deployment", Verb: Create, Kind: guide.KindDeployment, Name: "Web SSO"}
		write := func(context.Context) (string, int, error) { return "d1", 0, nil }
		err := doUntil(t.Context(), env, c, write, (&waiting{}).settling(time.Second, nil))
		same(t, "exit code", 1, explain.ExitCode(err))
		made := c
		made.ID, made.Unready = "d1", true
		same(t, "made", []Change{made}, env.Made())

		noError(t, doUntil(t.Context(), env, c, write, (&waiting{need: 1}).settling(time.Second, nil)))
		made.Unready = false
		same(t, "made after it became ready", []Change{made}, env.Made())

		env.Stop()
		same(t, "stopped before it began", true, errors.Is(doUntil(t.Context(), env, c, write, (&waiting{}).settling(time.Second, nil)), ErrStopped))
		env.Resume()
		noError(t, env.rest(t.Context(), time.Second))
	})
}
