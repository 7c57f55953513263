//go:build unix

// Package e2e runs the built program as its users do: as a process, with files, pipes, signals and terminals. Both
// services are simulated in the test's own process.
package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/testkit/eventually"
	"msgsso-wizard/wizard/internal/document"
)

const root = "../../.." // of the repository

// bin is the folder of the built program, for PATH. It has "exits CODE PROGRAM ARGS..." too, which succeeds if the
// program ends with that code.
var bin string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if bin, err = os.MkdirTemp("", "msgsso-e2e"); err == nil {
			defer os.RemoveAll(bin) //nolint:errcheck // it is temporary
			err = prepare()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		eventually.SideBySide()
		return m.Run()
	}())
}

func prepare() error {
	if err := os.WriteFile(filepath.Join(bin, "exits"), []byte("#!/bin/sh\nwant=$1\nshift\n\"$@\"\ngot=$?\n[ $got = $want ] || { echo \"exit code $got, want $want\" >&2; exit 1; }\n"), 0o700); err != nil { //nolint:gosec // it is a program
		return err
	}
	return build("msgsso-wizard")
}

// readSources has go test know that a result depends on the program's files: what is read while a test runs is compared
// before the result is taken from the cache.
var readSources = sync.OnceFunc(func() {
	_, _ = os.ReadDir(root)
	for _, folder := range []string{"apiclient", "steps", "wizard"} {
		_ = filepath.WalkDir(filepath.Join(root, folder), func(_ string, _ fs.DirEntry, err error) error { return err })
	}
})

// build builds the program as it is released, but with the flags of these tests, so that packages are compiled once.
func build(name string, flags ...string) error {
	args := append([]string{"build", "-buildvcs=false", "-ldflags", "-s -w", "-o", filepath.Join(bin, name)}, flags...)
	if raceDetector() {
		args = append(args, "-race")
	}
	if out, err := exec.Command("go", append(args, root)...).CombinedOutput(); err != nil { //nolint:noctx // before any test
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// raceDetector reports whether the program runs under the race detector: with these tests, or alone, because the test
// terminal is slow there.
func raceDetector() bool {
	if os.Getenv("MSGSSO_RACE") != "" {
		return true
	}
	info, _ := debug.ReadBuildInfo()
	for _, s := range info.Settings {
		if s.Key == "-race" {
			return s.Value == "true"
		}
	}
	return false
}

// buildBreaks builds the program with the bug of testdata/breaks.
var buildBreaks = sync.OnceValue(func() error {
	main, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{
		filepath.Join(main, "breaks.go"): filepath.Join(main, "wizard/cli/e2e/testdata/breaks/breaks.go"),
	}})
	if err != nil {
		return err
	}
	file := filepath.Join(bin, "overlay.json")
	if err := os.WriteFile(file, overlay, 0o600); err != nil {
		return err
	}
	return build("breaks", "-overlay", file)
})

// command is the program as a process, with only these variables.
func command(t testing.TB, environ []string, args ...string) *exec.Cmd {
	t.Helper()
	readSources()
	cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "msgsso-wizard"), args...)
	cmd.Args[0] = "msgsso-wizard"
	cmd.Env = append([]string{"LANG=C.UTF-8", "TERM=xterm", "GOGC=off", "GOMEMLIMIT=64MiB"}, environ...) // it ends soon
	return cmd
}

// breaking is the command of a program that panics at that place.
func breaking(t *testing.T, environ []string, point string, args ...string) *exec.Cmd {
	t.Helper()
	assert.NilError(t, buildBreaks())
	cmd := command(t, environ, append([]string{point}, args...)...)
	cmd.Path = filepath.Join(bin, "breaks")
	return cmd
}

// shell is a shell that finds the program.
func shell(t *testing.T, environ []string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "sh", args...)
	cmd.Env = append(command(t, environ).Env, path())
	return cmd
}

// path is the variable PATH with the program.
func path() string {
	readSources()
	return "PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH")
}

// ended is what a process left.
type ended struct {
	code      int
	out, said string // standard output and standard error
}

// run runs the program to its end, with this on standard input.
func run(t *testing.T, environ []string, typed string, args ...string) ended {
	t.Helper()
	cmd := command(t, environ, args...)
	cmd.Stdin = strings.NewReader(typed)
	return finish(t, cmd)
}

// finish runs a command to its end, and calls these when it was started.
func finish(t *testing.T, cmd *exec.Cmd, started ...func()) ended {
	t.Helper()
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	assert.NilError(t, cmd.Start())
	for _, process := range started {
		process()
	}
	_ = cmd.Wait()
	validate(t, cmd, out.String())
	return ended{cmd.ProcessState.ExitCode(), out.String(), said.String()}
}

var jsonFlag = regexp.MustCompile(`--output[ =]json`)

// validate compares the document that a command wrote, if any, with its schema.
func validate(t *testing.T, cmd *exec.Cmd, out string) {
	t.Helper()
	if line := strings.Join(cmd.Args, " "); cmd.Args[0] == "msgsso-wizard" && jsonFlag.MatchString(line) && out != "" {
		assert.Check(t, document.Of(cmd.Args[1:], out), line)
	}
}

// unwrapped is a text without the line ends that a narrow terminal brings, and without the panel of a wide one.
func unwrapped(text string) string {
	var words []string
	for line := range strings.SplitSeq(text, "\n") {
		page, _, _ := strings.Cut(line, "│")
		words = append(words, strings.Fields(page)...)
	}
	return strings.Join(words, " ")
}
