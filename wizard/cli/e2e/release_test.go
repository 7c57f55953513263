//go:build linux

package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/creack/pty"
	"gotest.tools/v3/assert"
)

// TestReleaseBinaryIsSmall holds the program, without debug information, to 20 MB.
func TestReleaseBinaryIsSmall(t *testing.T) {
	t.Parallel()
	info, err := os.Stat(filepath.Join(bin, "msgsso-wizard"))
	assert.NilError(t, err)
	const limit = 20_000_000
	t.Logf("%.1f MB", float64(info.Size())/1e6)
	if info.Size() >= limit && !raceDetector() {
		t.Errorf("the program has %d bytes, the limit is %d", info.Size(), limit)
	}
}

// TestFirstFrameDoesNotWait: on a terminal that answers nothing, the first frame comes in less than the time of a whole
// unattended demo of the same moment.
func TestFirstFrameDoesNotWait(t *testing.T) {
	var ratios []float64
	for range 7 {
		frame := untilShown(t, "quit", "demo")
		whole := untilShown(t, "</script>", "demo", "--no-input", "--latency", "0s", "--settle", "0s")
		ratios = append(ratios, float64(frame)/float64(whole))
	}
	slices.Sort(ratios)
	t.Logf("%.2f", ratios)
	median := ratios[len(ratios)/2]
	assert.Check(t, !(median > 1), "the first frame takes %.2f of the time of a whole demo", median)
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
