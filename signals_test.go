//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestSignalsOnTerminals: a signal ends the program with the code that shells expect, and the terminal is as it was.
func TestSignalsOnTerminals(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]struct {
		args  []string
		until string
	}{
		"lines":       {[]string{"demo", "--plain"}, "App integration name"},
		"hidden":      {[]string{"--plain", "--okta-org", "acme.okta.com", "--fresh"}, "(hidden as you type) "},
		"full screen": {[]string{"demo"}, "\x1b[?1049h"},
	} {
		for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
			t.Run(name+", "+s.String(), func(t *testing.T) {
				t.Parallel()
				cmd := command(t, []string{"XDG_STATE_HOME=" + t.TempDir()}, mode.args...)
				tt := started(t, 120, 200, cmd)
				if name == "hidden" {
					tt.answer(t, "1 of 8  Okta org", "", false)
					tt.answer(t, "2 of 8  Sign in by", "", false)
				}
				tt.raw.await(t, mode.until)
				if err := cmd.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
				tt.pressUntilItEnds(t, "")
				if code := cmd.ProcessState.ExitCode(); code != 128+int(s) {
					t.Errorf("exit code %d:\n%s", code, tt.screen)
				}
				if before, after := settings(t, fresh(t)), settings(t, tt.File); after != before {
					t.Errorf("the terminal is not as it was: %+v, was %+v", after, before)
				}
				tt.isPlain(t)
			})
		}
	}
}

// isPlain fails if the other screen, or the hidden cursor, is left on.
func (tt *terminal) isPlain(t *testing.T) {
	t.Helper()
	raw := tt.raw.String()
	for on, off := range map[string]string{"\x1b[?1049h": "\x1b[?1049l", "\x1b[?25l": "\x1b[?25h", "\x1b[?2004h": "\x1b[?2004l"} {
		if strings.LastIndex(raw, on) > strings.LastIndex(raw, off) {
			t.Errorf("%q was left on", on)
		}
	}
}

// TestPaused pauses the full screen by a key and from outside: the shell gets its terminal, and the screen is there
// again when it goes on. Without a shell nothing can pause it, and nothing is lost by trying.
func TestPaused(t *testing.T) {
	t.Parallel()
	const title = "Okta sign-in for Genesys Cloud Messenger"
	key := func(t *testing.T, tt *terminal) {
		if _, err := tt.WriteString("\x1a"); err != nil {
			t.Fatal(err)
		}
	}
	outside := func(t *testing.T, tt *terminal) {
		children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", tt.cmd.Process.Pid))
		pid, _ := strconv.Atoi(strings.TrimSpace(string(children)))
		if err != nil || pid == 0 {
			t.Fatalf("%q %v", children, err)
		}
		if err := syscall.Kill(pid, syscall.SIGTSTP); err != nil {
			t.Fatal(err)
		}
	}
	for name, pause := range map[string]func(*testing.T, *terminal){"by Ctrl-Z": key, "from outside": outside} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shell := exec.CommandContext(t.Context(), "sh", "-mc", `msgsso-wizard demo; for again in 1 2; do echo "the shell has it"; read line; fg; done`)
			shell.Env = append(command(t, nil).Env, "PATH="+os.Getenv("PATH"))
			tt := started(t, 120, 200, shell)
			for range 2 { // the second time as well
				tt.raw.await(t, title)
				pause(t, tt)
				tt.raw.await(t, "the shell has it")
				if !tt.echoes(t) {
					t.Error("the shell's terminal does not echo")
				}
				tt.isPlain(t)
				tt.raw.clear()
				_, _ = tt.WriteString("\n")
				tt.raw.await(t, "\x1b[?1049h")
			}
			tt.raw.await(t, title)
			tt.pressUntilItEnds(t, "\x03")
			if code := shell.ProcessState.ExitCode(); code != 130 {
				t.Errorf("exit code %d:\n%s", code, tt.screen)
			}
		})
	}
	t.Run("without a shell", func(t *testing.T) {
		t.Parallel()
		tt := onTerminal(t, nil, "demo")
		tt.raw.await(t, title)
		key(t, tt)
		tt.pressUntilItEnds(t, "\x03")
		if left := strings.Count(tt.raw.String(), "\x1b[?1049l"); left != 1 {
			t.Errorf("the screen was left %d times", left)
		}
	})
}
