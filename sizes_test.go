//go:build linux

package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// resize gives the terminal another size, which the program is told by a signal.
func (tt *terminal) resize(t *testing.T, columns, rows int) {
	t.Helper()
	tt.screen.Resize(max(1, columns), max(1, rows)) // before the program draws for it
	if err := pty.Setsize(tt.File, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)}); err != nil {
		t.Fatal(err)
	}
}

// shows waits until the screen shows a text.
func (tt *terminal) shows(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !strings.Contains(tt.screen.String(), text); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the screen does not show %q:\n%s", text, tt.screen)
		}
	}
}

// TestEverySizeOfATerminal starts in a window of each size and ends in one where all is to be seen; in between the
// sizes come as fast as they can. A window that is too small says so.
func TestEverySizeOfATerminal(t *testing.T) {
	t.Parallel()
	for _, size := range []struct {
		columns, rows int
		shows         string
	}{
		{1, 1, ""},
		{2, 60, ""},
		{29, 24, "Enlarge the window to 30 x 8."},
		{20, 1, "Needs 30x8, ctrl+c"},
		{80, 7, "Enlarge the window to 30 x 8."},
		{30, 8, "enter start"},
		{40, 12, "enter start"},
		{80, 24, "enter start"},
		{500, 200, "enter start"},
	} {
		tt := onTerminalOf(t, size.columns, size.rows, nil, "demo")
		tt.raw.await(t, "\x1b[?1049h")
		tt.shows(t, size.shows)
		for range 20 {
			for _, storm := range [][2]int{{1, 1}, {0, 0}, {500, 200}, {3, 100}, {200, 3}, {40, 12}, {0, 24}, {80, 0}} {
				tt.resize(t, storm[0], storm[1])
			}
		}
		tt.resize(t, 80, 24)
		tt.shows(t, " before you say so.")
		tt.shows(t, "check again · q quit")
		_, _ = tt.WriteString("q")
		_ = tt.cmd.Wait()
		<-tt.over
		if code := tt.cmd.ProcessState.ExitCode(); code != 130 {
			t.Errorf("%dx%d: exit code %d:\n%s", size.columns, size.rows, code, tt.screen)
		}
	}
}

// TestATerminalWithoutASize gets lines: no screen can be drawn where nobody knows how large it is.
func TestATerminalWithoutASize(t *testing.T) {
	t.Parallel()
	tt := onTerminalOf(t, 0, 0, nil, "demo")
	tt.answer(t, "1 of 5  App integration name", "", false)
	tt.raw.await(t, "2 of 5  Grant types")
	if strings.Contains(tt.raw.String(), "\x1b") {
		t.Errorf("an escape sequence in %q", tt.raw.String())
	}
}

// TestNoColor holds the program to no-color.org: any value but the empty one turns colours off, and a flag goes first.
func TestNoColor(t *testing.T) {
	t.Parallel()
	colours := regexp.MustCompile(`\x1b\[([0-9]+;)*(3[0-9]|4[0-9]|9[0-7]|10[0-7])[;m]`)
	exact := regexp.MustCompile(`\x1b\[[0-9;:]*[34]8[;:][25][;:][^m]*m`)
	for _, c := range []struct {
		variable, flag string
		coloured       bool
	}{
		{"X=", "auto", true},
		{"NO_COLOR=", "auto", true},
		{"NO_COLOR=1", "auto", false},
		{"NO_COLOR=yes", "auto", false},
		{"NO_COLOR=0", "auto", false},
		{"NO_COLOR=1", "always", true},
		{"X=", "never", false},
	} {
		tt := onTerminalOf(t, 80, 24, []string{c.variable, "TERM=xterm-256color", "COLORTERM=truecolor"}, "demo", "--color", c.flag)
		tt.shows(t, "enter start")
		_, _ = tt.WriteString("\r")
		tt.shows(t, "◉ Okta") // where one is shows without a colour, too
		_, _ = tt.WriteString("q")
		_ = tt.cmd.Wait()
		<-tt.over
		if got := colours.MatchString(tt.raw.String()); got != c.coloured {
			t.Errorf("%s --color %s: coloured %v", c.variable, c.flag, got)
		}
		if of := exact.FindString(tt.raw.String()); of != "" {
			t.Errorf("%q is not of the sixteen colours that the terminal's user has chosen", of)
		}
	}
}
