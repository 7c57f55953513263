//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// command is the program as a process of its own, with nothing but these variables.
func command(t *testing.T, environ []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Args = append([]string{"msgsso-wizard"}, args...)
	cmd.Env = append([]string{"LANG=C.UTF-8", "TERM=xterm"}, environ...)
	return cmd
}

// output collects what a process writes, and lets a test wait for a text in it.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

func (o *output) clear() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Reset()
}

func (o *output) await(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !strings.Contains(o.String(), text); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("no %q in:\n%s", text, o)
		}
	}
}

func TestSignals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, after, want string
		args              []string
		signals           []syscall.Signal
		code              int
	}{
		{"simulator, Ctrl-C", "Simulating", "", []string{"simulator"}, []syscall.Signal{syscall.SIGINT}, 0},
		{"simulator, terminated", "Simulating", "", []string{"simulator"}, []syscall.Signal{syscall.SIGTERM}, 0},
		{"simulator, hung up", "Simulating", "", []string{"simulator"}, []syscall.Signal{syscall.SIGHUP}, 0},
		{"finishes the call under way", "✓ app integration", "\n  Made so far:\n    + app integration  ", []string{"demo", "--no-input", "--latency", "40ms"}, []syscall.Signal{syscall.SIGINT}, 130},
		{"twice is now", "✓ app integration", "You stopped the run.", []string{"demo", "--no-input", "--latency", "40ms", "--settle", "1h"}, []syscall.Signal{syscall.SIGINT, syscall.SIGINT}, 130},
		{"terminated", "✓ app integration", "\n  Nothing is live yet.\n", []string{"demo", "--no-input", "--latency", "40ms", "--settle", "1h"}, []syscall.Signal{syscall.SIGTERM}, 143},
		{"hung up", "✓ app integration", "\n  Nothing is live yet.\n", []string{"demo", "--no-input", "--latency", "40ms", "--settle", "1h"}, []syscall.Signal{syscall.SIGHUP}, 129},
		{"while it only reads", "DEMO", "Nothing was changed.", []string{"demo", "--no-input", "--latency", "1h"}, []syscall.Signal{syscall.SIGINT}, 130},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var out output
			cmd := command(t, nil, c.args...)
			cmd.Stderr = &out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			out.await(t, c.after)
			for i, s := range c.signals {
				if i > 0 {
					out.await(t, "Ctrl-C again stops now")
				}
				if err := cmd.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
			}
			_ = cmd.Wait()
			if got := cmd.ProcessState.ExitCode(); got != c.code || !strings.Contains(out.String(), c.want) {
				t.Errorf("exit code %d, want %d; want %q in:\n%s", got, c.code, c.want, &out)
			}
		})
	}
}
