//go:build unix

package e2e

import (
	"strings"
	"syscall"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/testkit/eventually"
)

func TestSignalsEndRun(t *testing.T) {
	t.Parallel()
	waiting := []string{"demo", "--no-input", "--latency", "40ms", "--settle", "1h"} // it does not end before the signal
	for _, c := range []struct {
		name, after, want string
		args              []string
		signals           []syscall.Signal
		code              int
	}{
		{"simulator, Ctrl-C", "The simulator runs", "", []string{"simulator"}, []syscall.Signal{syscall.SIGINT}, 0},
		{"simulator, terminated", "The simulator runs", "", []string{"simulator"}, []syscall.Signal{syscall.SIGTERM}, 0},
		{"simulator, hung up", "The simulator runs", "", []string{"simulator"}, []syscall.Signal{syscall.SIGHUP}, 0},
		{"finishes the call under way", "✓ app integration", "\n  Created so far:\n    + app integration  ", waiting, []syscall.Signal{syscall.SIGINT}, 130},
		{"twice is now", "✓ app integration", "You stopped the run.", waiting, []syscall.Signal{syscall.SIGINT, syscall.SIGINT}, 130},
		{"terminated", "✓ app integration", "\n  Nothing is live yet.\n", waiting, []syscall.Signal{syscall.SIGTERM}, 143},
		{"hung up", "✓ app integration", "\n  Nothing is live yet.\n", waiting, []syscall.Signal{syscall.SIGHUP}, 129},
		{"while it only reads", "DEMO", "No changes were made.", []string{"demo", "--no-input", "--latency", "1h"}, []syscall.Signal{syscall.SIGINT}, 130},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var out eventually.Output
			cmd := command(t, nil, c.args...)
			cmd.Stderr = &out
			assert.NilError(t, cmd.Start())
			out.Await(t, c.after)
			for i, s := range c.signals {
				if i > 0 {
					out.Await(t, "Ctrl-C again to stop now")
				}
				assert.NilError(t, cmd.Process.Signal(s))
			}
			_ = cmd.Wait()
			if got := cmd.ProcessState.ExitCode(); got != c.code || !strings.Contains(out.String(), c.want) {
				t.Errorf("exit code %d, want %d; want %q in:\n%s", got, c.code, c.want, &out)
			}
		})
	}
}
