package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/creack/pty"
)

const (
	firstFrameLimit = 100 * time.Millisecond
	sizeLimit       = 20_000_000 // bytes, stripped
)

// TestReleaseBinary builds the program as a release is built and holds it to its two promises: it is small,
// and its first frame comes at once even on a terminal that answers nothing.
func TestReleaseBinary(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a pseudo terminal needs Unix")
	}
	binary := filepath.Join(t.TempDir(), "msgsso-wizard")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(binary)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("stripped size %.1f MB", float64(info.Size())/1e6)
	if info.Size() >= sizeLimit {
		t.Errorf("the stripped binary has %d bytes, the limit is %d", info.Size(), sizeLimit)
	}
	// The best of several starts is the program's own time; the others are the machine's.
	best := time.Hour
	for range 5 {
		best = min(best, firstFrame(t, binary))
	}
	t.Logf("first frame after %v", best)
	if best > firstFrameLimit {
		t.Errorf("the first frame came after %v, the limit is %v", best, firstFrameLimit)
	}
}

// firstFrame starts the demo in a terminal that answers nothing and returns when its first screen was there.
func firstFrame(t *testing.T, binary string) time.Duration {
	t.Helper()
	program := exec.CommandContext(t.Context(), binary, "demo")
	program.Env = []string{"TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	start := time.Now()
	terminal, err := pty.StartWithSize(program, &pty.Winsize{Cols: 80, Rows: 24})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = program.Process.Kill()
		_ = program.Wait()
		_ = terminal.Close()
	}()
	var seen bytes.Buffer
	chunk := make([]byte, 4096)
	for !bytes.Contains(seen.Bytes(), []byte("quit")) {
		n, err := terminal.Read(chunk)
		if err != nil {
			t.Fatalf("the program ended before its first frame: %v\n%q", err, seen.String())
		}
		seen.Write(chunk[:n])
	}
	return time.Since(start)
}
