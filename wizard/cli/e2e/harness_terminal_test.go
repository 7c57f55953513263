//go:build linux

package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
	"golang.org/x/sys/unix"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/eventually"
)

const (
	enter  = "\r"
	escape = "\x1b"
	space  = " "

	fullScreen = "\x1b[?1049h"
	leftScreen = "\x1b[?1049l"
)

// terminal is a process on a terminal: all that it wrote, and what the screen shows.
type terminal struct {
	*os.File
	t      *testing.T
	cmd    *exec.Cmd
	raw    eventually.Output
	screen vt10x.Terminal
	over   chan struct{}

	drawn atomic.Int64 // how often something was
	seen  int64        // as of this, the screen was:
	text  string
}

// onTerminal starts the program on a terminal that is large enough for every screen.
func onTerminal(t *testing.T, environ []string, args ...string) *terminal {
	t.Helper()
	return onTerminalOf(t, 120, 200, environ, args...)
}

// onTerminalOf is onTerminal with so many columns and rows.
func onTerminalOf(t *testing.T, columns, rows int, environ []string, args ...string) *terminal {
	t.Helper()
	return started(t, columns, rows, command(t, environ, args...))
}

// started starts a process on a terminal.
func started(t *testing.T, columns, rows int, cmd *exec.Cmd) *terminal {
	t.Helper()
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)})
	assert.NilError(t, err)
	tt := &terminal{File: file, t: t, cmd: cmd, screen: vt10x.New(vt10x.WithSize(max(1, columns), max(1, rows))), over: make(chan struct{})}
	go func() {
		defer close(tt.over)
		var waiting []byte
		for buf := make([]byte, 4096); ; {
			n, err := file.Read(buf)
			_, _ = tt.raw.Write(buf[:n])
			if waiting = tt.draw(append(waiting, buf[:n]...)); err != nil {
				_, _ = tt.screen.Write(waiting)
				tt.drawn.Add(1)
				return
			}
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = file.Close()
		<-tt.over
	})
	return tt
}

const (
	asksFrames = "\x1b[?2026$p" // whether the terminal draws whole frames, which it does:
	hasFrames  = "\x1b[?2026;2$y"
	frame      = "\x1b[?2026h"
	frameEnd   = "\x1b[?2026l"
)

// draw draws what the process wrote, each frame at once, so that no test takes a part of one for a screen. It returns what
// isn't complete.
func (tt *terminal) draw(written []byte) (rest []byte) {
	for len(written) > 0 {
		until := len(written)
		switch at := bytes.IndexByte(written, '\x1b'); {
		case at > 0:
			until = at
		case at < 0:
		case bytes.HasPrefix(written, []byte(frame)):
			end := bytes.Index(written, []byte(frameEnd))
			if end < 0 {
				return written
			}
			until = end + len(frameEnd)
		case bytes.HasPrefix(written, []byte(asksFrames)):
			_, _ = tt.WriteString(hasFrames)
			until = len(asksFrames)
		case bytes.HasPrefix([]byte(frame), written), bytes.HasPrefix([]byte(asksFrames), written):
			return written
		default:
			until = 1
		}
		_, _ = tt.screen.Write(written[:until])
		tt.drawn.Add(1)
		written = written[until:]
	}
	return nil
}

// primary is the key that is filled, with a blank at each side.
var primary = regexp.MustCompile(`(?m)^ {3}(\S+) {2}(\S.*?)\s*\z`)

// shown is the screen. Waiting tests ask for it all the time, and it is large.
func (tt *terminal) shown() string {
	if drawn := tt.drawn.Load(); drawn != tt.seen {
		tt.text, tt.seen = primary.ReplaceAllString(tt.screen.String(), "   $1 $2"), drawn
	}
	return tt.text
}

// sees waits until the screen shows all of these.
func (tt *terminal) sees(texts ...string) {
	tt.t.Helper()
	eventually.Text(tt.t, tt.shown, texts...)
}

// wrote waits until the process has written all of these.
func (tt *terminal) wrote(texts ...string) {
	tt.t.Helper()
	tt.raw.Await(tt.t, texts...)
}

// press sends keys and waits for what they show.
func (tt *terminal) press(keys string, texts ...string) {
	tt.t.Helper()
	_, err := tt.WriteString(keys)
	assert.NilError(tt.t, err)
	tt.sees(texts...)
}

const (
	quiet = 20 * time.Millisecond // a screen that is the same for so long is complete, most often
	again = time.Second           // a key that changes nothing is pressed again: new screens ignore the first ones
)

// play presses the keys for what the screen shows, whenever it shows something else, until the process ends.
func (tt *terminal) play(keys func(shown string) string) {
	tt.t.Helper()
	before, since, pressed := "", time.Now(), false
	eventually.True(tt.t, func() bool {
		if shown := tt.shown(); shown != before {
			before, since, pressed = shown, time.Now(), false
		} else if wait := time.Since(since); !pressed && wait > quiet || wait > again {
			since, pressed = time.Now(), true
			_, _ = tt.WriteString(keys(shown)) // an error is its end
		}
		return tt.isOver()
	}, tt.goesOn)
}

// questions returns what the program has written, once for each question of plain mode: until it goes on, it has not seen
// the answer yet. A hidden one counts when nothing is echoed.
func questions() func(*terminal) string {
	answered := ""
	return func(tt *terminal) string {
		raw := tt.raw.String()
		if raw == answered || hides(raw) && tt.echoes() || !hides(raw) && !strings.HasSuffix(raw, "> ") && !strings.HasSuffix(raw, "] ") {
			return ""
		}
		answered = raw
		return raw
	}
}

func hides(raw string) bool { return strings.HasSuffix(raw, "(input is hidden) ") }

func (tt *terminal) isOver() bool {
	select {
	case <-tt.over:
		return true
	default:
		return false
	}
}

func (tt *terminal) goesOn() string { return "the program does not end:\n" + tt.shown() }

// takesEnter is a key line, the last of the screen, that has Enter.
var takesEnter = regexp.MustCompile(`\benter\b.*\s*\z`)

// onward is the key that leads to the guide's end. No Enter is pressed before the key line says so: it would come to the
// next screen.
func onward(shown string) string {
	switch {
	case strings.Contains(shown, "q done"):
		return "q"
	case takesEnter.MatchString(shown):
		return enter
	default:
		return ""
	}
}

// ends waits for the end of the process, which has to be with this code, and returns what it left on the normal screen.
func (tt *terminal) ends(code int) string {
	tt.t.Helper()
	eventually.True(tt.t, tt.isOver, tt.goesOn)
	_ = tt.cmd.Wait()
	assert.Check(tt.t, is.Equal(tt.cmd.ProcessState.ExitCode(), code), tt.screen)
	raw := tt.raw.String()
	return raw[max(0, strings.LastIndex(raw, leftScreen)):]
}

// settings are those of a terminal.
func settings(t *testing.T, terminal *os.File) unix.Termios {
	t.Helper()
	s, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	assert.NilError(t, err)
	return *s
}

// echoes reports whether the terminal shows what is typed.
func (tt *terminal) echoes() bool {
	tt.t.Helper()
	return settings(tt.t, tt.File).Lflag&unix.ECHO != 0
}

// isRestored fails unless the terminal is as one on which no program was yet.
func (tt *terminal) isRestored() {
	tt.t.Helper()
	testEnd, theirs, err := pty.Open()
	assert.NilError(tt.t, err)
	defer func() { _, _ = testEnd.Close(), theirs.Close() }()
	before, after := settings(tt.t, testEnd), settings(tt.t, tt.File)
	assert.Check(tt.t, is.Equal(before, after), "the terminal has other settings")
	tt.isPlain()
}

// isPlain fails if the other screen, the hidden cursor, or bracketed paste is left on.
func (tt *terminal) isPlain() {
	tt.t.Helper()
	raw := tt.raw.String()
	for on, off := range map[string]string{fullScreen: leftScreen, "\x1b[?25l": "\x1b[?25h", "\x1b[?2004h": "\x1b[?2004l"} {
		assert.Check(tt.t, strings.LastIndex(raw, on) <= strings.LastIndex(raw, off), "%q was left on", on)
	}
}

// asks waits for a prompt of plain mode, and for the echo to be off where a secret is asked for.
func (tt *terminal) asks(prompt string, secret bool) {
	tt.t.Helper()
	tt.wrote(prompt)
	if strings.Contains(prompt, " of ") { // a question ends with the sign after which one types
		eventually.Text(tt.t, func() string { raw := tt.raw.String(); return raw[strings.LastIndex(raw, prompt):] }, "> ")
	}
	eventually.True(tt.t, func() bool { return tt.echoes() != secret }, func() string { return "at " + prompt + " the echo does not change" })
}

// answer types text when the prompt is there.
func (tt *terminal) answer(prompt, text string, secret bool) {
	tt.t.Helper()
	tt.asks(prompt, secret)
	tt.press(text + "\n")
}
