//go:build linux

package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"msgsso-wizard/apiclient/testkit/repeat"

	"github.com/creack/pty"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// resize gives the terminal another size, which the program learns by a signal.
func (tt *terminal) resize(columns, rows int) {
	tt.t.Helper()
	tt.screen.Resize(max(1, columns), max(1, rows)) // before the program draws for it
	assert.NilError(tt.t, pty.Setsize(tt.File, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)}))
}

// TestEveryTerminalSize starts in a window of each size and ends in one that shows everything. In between the sizes
// change as fast as they can. A window that is too small says so.
func TestEveryTerminalSize(t *testing.T) {
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
		if repeat.Skips(fmt.Sprint(size), 2, 1) {
			continue
		}
		t.Run(fmt.Sprintf("%dx%d", size.columns, size.rows), func(t *testing.T) {
			t.Parallel()
			tt := onTerminalOf(t, size.columns, size.rows, nil, "demo")
			tt.wrote(fullScreen)
			tt.sees(size.shows)
			for range 20 / repeat.Every(4, 1) {
				for _, storm := range [][2]int{{1, 1}, {0, 0}, {500, 200}, {3, 100}, {200, 3}, {40, 12}, {0, 24}, {80, 0}} {
					tt.resize(storm[0], storm[1])
				}
			}
			tt.resize(80, 24)
			tt.sees("until you confirm.", "check again")
			tt.press("q")
			tt.ends(130)
		})
	}
}

// TestSimpleTerminalsGetLines: a terminal that can't redraw, has no size, or is read aloud gets no escape sequence.
func TestSimpleTerminalsGetLines(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		variable      string
		columns, rows int
	}{
		"dumb":         {"TERM=dumb", 120, 200},
		"without TERM": {"TERM=", 120, 200},
		"read aloud":   {"ACCESSIBLE=1", 120, 200},
		"without size": {"TERM=xterm", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt := onTerminalOf(t, c.columns, c.rows, []string{c.variable}, "demo", "--latency", "0s")
			tt.answer("1 of 5  App integration name", "", false)
			tt.wrote("2 of 5  Grant types")
			assert.NilError(t, tt.cmd.Process.Signal(syscall.SIGTERM))
			tt.ends(143)
			if strings.Contains(tt.raw.String(), "\x1b") {
				t.Errorf("an escape sequence in %q", tt.raw.String())
			}
		})
	}
}

// TestNoColorIsObeyed compares the program with no-color.org: any value but the empty one turns colors off, and a flag
// goes first.
func TestNoColorIsObeyed(t *testing.T) {
	t.Parallel()
	colors := regexp.MustCompile(`\x1b\[([0-9]+;)*(3[0-9]|4[0-9]|9[0-7]|10[0-7])[;m]`)
	exact := regexp.MustCompile(`\x1b\[[0-9;:]*[34]8[;:][25][;:][^m]*m`)
	for _, c := range []struct {
		variable, flag string
		colored        bool
	}{
		{"X=", "auto", true},
		{"NO_COLOR=", "auto", true},
		{"NO_COLOR=1", "auto", false},
		{"NO_COLOR=yes", "auto", false},
		{"NO_COLOR=0", "auto", false},
		{"NO_COLOR=1", "always", true},
		{"X=", "never", false},
	} {
		t.Run(c.variable+" "+c.flag, func(t *testing.T) {
			t.Parallel()
			tt := onTerminalOf(t, 80, 24, []string{c.variable, "TERM=xterm-256color", "COLORTERM=truecolor"}, "demo", "--color", c.flag)
			tt.sees("enter start")
			tt.press(enter, "◉ Okta") // the place shows without a color, too
			tt.press("q")
			tt.ends(130)
			assert.Check(t, is.Equal(colors.MatchString(tt.raw.String()), c.colored), "colored")
			assert.Check(t, is.Equal(exact.FindString(tt.raw.String()), ""))
		})
	}
}

// TestProseWrapsAtWidth ends lines at a word's end; the snippet is not prose.
func TestProseWrapsAtWidth(t *testing.T) {
	t.Parallel()
	const columns = 50
	tt := onTerminalOf(t, columns, 200, nil, "demo", "--no-input", "--latency", "0s", "--settle", "0s")
	tt.ends(0)
	before, rest, _ := strings.Cut(tt.raw.String(), "<script ")
	snippet, after, found := strings.Cut(rest, "</script>\r\n")
	assert.Check(t, found && strings.Contains(snippet, `charset="utf-8">`+"\r\n"),
		"the snippet was broken: %q", snippet)
	for l := range strings.SplitSeq(before+after, "\r\n") {
		cells := utf8.RuneCountInString(l)
		assert.Check(t, cells <= columns || !strings.Contains(strings.TrimSpace(l), " "), "%d cells: %q", cells, l)
	}
	want := "DEMO · Nothing here is real. The simulator\r\nreplaces both services.\r\n"
	assert.Check(t, strings.HasPrefix(before, want), "no %q in:\n%s", want, before)
}
