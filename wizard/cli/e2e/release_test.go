//go:build linux

package e2e

import (
	"bytes"
	"testing"
	"time"

	"github.com/creack/pty"
	"gotest.tools/v3/assert"
)

// mostForFirstFrame is how many times as long as the version the first frame may take. The version is what the program
// writes with the least work.
const mostForFirstFrame = 2.2

// TestFirstFrameDoesNotWait runs on a terminal that answers nothing. Waiting for an answer, for a tick of the renderer, or
// for the simulator to answer a call takes longer. Other programs only add time, so that the shortest times count.
func TestFirstFrameDoesNotWait(t *testing.T) {
	for name, args := range map[string][]string{"setup": {"--state-dir", t.TempDir()}, "demo": {"demo"}} {
		frame, version := time.Hour, time.Hour
		ratio := func() float64 { return float64(frame) / float64(version) }
		for n := 0; n < 9 || n < 100 && ratio() > mostForFirstFrame; n++ {
			frame, version = min(frame, untilShown(t, "quit", args...)), min(version, untilShown(t, "msgsso-wizard ", "version"))
		}
		t.Logf("%s: %s, version: %s", name, frame, version)
		assert.Check(t, !(ratio() > mostForFirstFrame), "the first frame of %s takes %.2f times as long as the version", name, ratio())
	}
}

// BenchmarkFirstFrame is to stay below 100 ms.
func BenchmarkFirstFrame(b *testing.B) {
	for b.Loop() {
		untilShown(b, "quit", "demo")
	}
}

// untilShown runs the program on a terminal that answers nothing until that is shown, and returns how long it took.
func untilShown(t testing.TB, text string, args ...string) time.Duration {
	t.Helper()
	cmd := command(t, []string{"TERM=xterm-256color"}, args...)
	start := time.Now()
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
	assert.NilError(t, err)
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = terminal.Close()
	}()
	var seen bytes.Buffer
	chunk := make([]byte, 4096)
	for !bytes.Contains(seen.Bytes(), []byte(text)) {
		n, err := terminal.Read(chunk)
		if err != nil {
			t.Fatalf("the program ended before: %v\n%q", err, seen.String())
		}
		seen.Write(chunk[:n])
	}
	return time.Since(start)
}
