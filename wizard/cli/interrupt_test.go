package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"

	"go.uber.org/goleak"

	"msgsso-wizard/internal/eventually"
	"msgsso-wizard/wizard/report"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestInterrupts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		writing bool
		signals []os.Signal
		stopped int
		cause   error // of the context; nil: it goes on
		told    error
	}{
		{"reading", false, []os.Signal{os.Interrupt}, 0, report.Interrupted{Signal: syscall.SIGINT}, report.Interrupted{Signal: syscall.SIGINT}},
		{"writing", true, []os.Signal{os.Interrupt}, 1, nil, report.Interrupted{Signal: syscall.SIGINT}},
		{"writing, twice", true, []os.Signal{os.Interrupt, os.Interrupt}, 1, report.Interrupted{Signal: syscall.SIGINT}, report.Interrupted{Signal: syscall.SIGINT}},
		{"writing, terminated", true, []os.Signal{syscall.SIGTERM}, 0, report.Interrupted{Signal: syscall.SIGTERM}, report.Interrupted{Signal: syscall.SIGTERM}},
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
			failed := errors.New("stopped")
			eventually.True(t, func() bool { return errors.Is(i.explain(failed), c.told) && (c.cause == nil || ctx.Err() != nil) },
				func() string { return fmt.Sprintf("told %v", i.explain(failed)) })
			if got := context.Cause(ctx); !errors.Is(got, c.cause) {
				t.Errorf("cause %v, want %v", got, c.cause)
			}
			done()
			if stopped != c.stopped {
				t.Errorf("stopped %d times, want %d", stopped, c.stopped)
			}
			if err := i.explain(nil); err != nil {
				t.Errorf("a run that is done became %v", err)
			}
		})
	}
}
