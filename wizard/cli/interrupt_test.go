package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/eventually"
	"msgsso-wizard/wizard/report"
)

func TestInterrupts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		writing  bool
		signals  []os.Signal
		stopped  int
		received syscall.Signal
		ends     bool // the context
	}{
		{"reading", false, []os.Signal{os.Interrupt}, 0, syscall.SIGINT, true},
		{"writing", true, []os.Signal{os.Interrupt}, 1, syscall.SIGINT, false},
		{"writing, twice", true, []os.Signal{os.Interrupt, os.Interrupt}, 1, syscall.SIGINT, true},
		{"writing, terminated", true, []os.Signal{syscall.SIGTERM}, 0, syscall.SIGTERM, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			signals := make(chan os.Signal)
			ctx, i, done := watch(context.Background(), signals, new(bytes.Buffer))
			stopped := 0
			if c.writing {
				defer i.gently(func() { stopped++ })()
			}
			for _, s := range c.signals {
				signals <- s
			}
			failed, received := errors.New("stopped"), report.Interrupted{Signal: c.received}
			eventually.True(t, func() bool { return errors.Is(i.explain(failed), received) && (ctx.Err() != nil) == c.ends },
				func() string { return fmt.Sprintf("told %v", i.explain(failed)) })
			assert.Check(t, !c.ends || errors.Is(context.Cause(ctx), received), "cause %v", context.Cause(ctx))
			done()
			assert.Check(t, is.Equal(stopped, c.stopped), "stopped")
			assert.Check(t, i.explain(nil), "a run that is done became")
		})
	}
}

// TestInterruptsCountPerSession: each thing that is written can be stopped, and what was stopped before leaves nothing
// behind once the user goes on.
func TestInterruptsCountPerSession(t *testing.T) {
	t.Parallel()
	signals := make(chan os.Signal)
	ctx, i, done := watch(t.Context(), signals, new(bytes.Buffer))
	defer done()
	for range 2 {
		stopped := make(chan struct{})
		reset := i.gently(func() { close(stopped) })
		signals <- os.Interrupt
		<-stopped
		reset()
		assert.NilError(t, ctx.Err(), "the session ended")
	}
	failed := errors.New("no redirect URI")
	assert.Check(t, is.ErrorIs(i.explain(failed), report.Interrupted{Signal: syscall.SIGINT}),
		"the run that was stopped came to")
	i.gently(func() {})()
	assert.Check(t, is.ErrorIs(i.explain(failed), failed), "a later failure became")
}
