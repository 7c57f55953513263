//go:build linux

package e2e

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestSignalsRestoreTerminal: a signal ends the program with the code that shells expect, and the terminal is as before.
func TestSignalsRestoreTerminal(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]struct {
		args  []string
		until string
	}{
		"plain mode":    {[]string{"demo", "--plain"}, "App integration name"},
		"hidden answer": {[]string{"--plain", "--okta-org", "acme.okta.com", "--fresh"}, "(input is hidden) "},
		"full screen":   {[]string{"demo"}, fullScreen},
	} {
		for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
			t.Run(name+", "+s.String(), func(t *testing.T) {
				t.Parallel()
				tt := onTerminal(t, []string{"XDG_STATE_HOME=" + t.TempDir()}, mode.args...)
				if name == "hidden answer" {
					tt.answer("1 of 8  Okta org", "", false)
					tt.answer("2 of 8  Sign-in method", "", false)
				}
				tt.wrote(mode.until)
				assert.NilError(t, tt.cmd.Process.Signal(s))
				tt.ends(128 + int(s))
				tt.isRestored()
			})
		}
	}
}

// TestPauseRestoresTerminal pauses the full screen by a key and from outside: the shell gets its terminal, and the
// screen comes back when the program resumes. Without a shell nothing can pause it, and trying loses nothing.
func TestPauseRestoresTerminal(t *testing.T) {
	t.Parallel()
	const title = "Okta sign-in for Genesys Cloud Messenger"
	byKey := func(tt *terminal) { tt.press("\x1a") }
	fromOutside := func(tt *terminal) {
		children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", tt.cmd.Process.Pid))
		pid, _ := strconv.Atoi(strings.TrimSpace(string(children)))
		assert.Assert(t, err == nil && pid != 0, "%q %v", children, err)
		assert.NilError(t, syscall.Kill(pid, syscall.SIGTSTP))
	}
	for name, pause := range map[string]func(*terminal){"by Ctrl-Z": byKey, "from outside": fromOutside} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt := started(t, 120, 200, shell(t, nil, "-mc", `msgsso-wizard demo; for again in 1 2; do echo "the shell has it"; read line; fg; done`))
			for range 2 { // the second time as well
				tt.wrote(title)
				pause(tt)
				tt.wrote("the shell has it")
				assert.Check(t, tt.echoes(), "the shell's terminal does not echo")
				tt.isPlain()
				tt.raw.Clear()
				tt.press("\n")
				tt.wrote(fullScreen)
			}
			tt.wrote(title)
			tt.press("\x03")
			tt.ends(130)
		})
	}
	t.Run("without a shell", func(t *testing.T) {
		t.Parallel()
		tt := onTerminal(t, nil, "demo")
		tt.wrote(title)
		byKey(tt)
		tt.press("\x03")
		tt.ends(130)
		assert.Check(t, is.Equal(strings.Count(tt.raw.String(), leftScreen), 1), "the screen was left")
	})
}
