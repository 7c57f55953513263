package tui

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// piece arrives some time after the one before.
type piece struct {
	bytes string
	after time.Duration
}

// line is a slow line to a terminal.
type line struct {
	sequences
	arrived chan string
	rest    string
}

func newLine(pieces []piece) *line {
	l := &line{arrived: make(chan string)}
	go func() {
		defer close(l.arrived)
		for _, p := range pieces {
			time.Sleep(p.after)
			l.arrived <- p.bytes
		}
		time.Sleep(time.Second)
	}()
	return l
}

func (l *line) raw(p []byte) (int, error) {
	if l.rest == "" {
		text, open := <-l.arrived
		if !open {
			return 0, io.EOF
		}
		l.rest = text
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

func (l *line) more() bool {
	select {
	case l.rest = <-l.arrived:
		return l.rest != ""
	case <-time.After(escapeWait):
		return false
	}
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

func (l *line) Read(p []byte) (int, error) { return l.read(p, readFunc(l.raw), l.more) }

// seen is an event, and when it came.
type seen struct {
	what string
	at   time.Duration
}

// eventsOf are what Bubble Tea's reader makes of the pieces. What it answers itself, such as a color, is left out.
func eventsOf(t *testing.T, pieces []piece) (keys []seen, colors int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		began, events := time.Now(), make(chan uv.Event)
		go func() {
			defer close(events)
			assert.Check(t, uv.NewTerminalReader(newLine(pieces), "xterm-256color").StreamEvents(context.Background(), events))
		}()
		for e := range events {
			switch e := e.(type) {
			case uv.KeyPressEvent:
				if !onlyModifier(tea.KeyPressMsg(e)) {
					keys = append(keys, seen{e.Keystroke(), time.Since(began)})
				}
			case uv.PasteEvent:
				keys = append(keys, seen{"paste " + e.Content, time.Since(began)})
			case uv.BackgroundColorEvent:
				colors++
			}
		}
	})
	return keys, colors
}

// answers are what a terminal sends that is no key.
var answers = []string{
	"\x1b]11;rgb:1a1a/1b1b/1c1c\x1b\\", "\x1b]11;rgb:ffff/ffff/ffff\a", "\x1b]4;12;rgb:00/00/ff\x1b\\",
	"\x1b[?62;1;6;22c", "\x1b[>41;354;0c", "\x1b[?2026;2$y", "\x1b[4;1$y", "\x1b[24;80R", "\x1b[?1u", "\x1b[I", "\x1b[O", "\x1b[0n", "\x1b[8;24;80t",
}

// typedKeys are keys that a user presses, and what they are.
var typedKeys = [][2]string{
	{"a", "a"},
	{"]", "]"},
	{"\r", "enter"},
	{"\x1b", "esc"},
	{"\x1b[A", "up"},
	{"\x1b[27u", "esc"},
	{"\x1b[1;5C", "ctrl+right"},
	{"\x1b]", "alt+]"},
	{"\x1b[", "alt+["},
	{"\x1b[200~]a[\x1b[201~", "paste ]a["},
}

// windowsKeys is what Windows Terminal sends for a key: through a console, which has a zero byte for Shift, Ctrl, or Alt
// alone, and in win32-input-mode, which tells of each press and release.
var windowsKeys = []struct{ key, console, win32 string }{
	{"a", "a", "\x1b[65;30;97;1;0;1_\x1b[65;30;97;0;0;1_"},
	{"shift+a", "\x00A", "\x1b[16;42;0;1;16;1_\x1b[65;30;65;1;16;1_\x1b[65;30;65;0;16;1_\x1b[16;42;0;0;0;1_"},
	{"enter", "\r", "\x1b[13;28;13;1;0;1_\x1b[13;28;13;0;0;1_"},
	{"backspace", "\x7f", "\x1b[8;14;8;1;0;1_\x1b[8;14;8;0;0;1_"},
	{"shift+tab", "\x00\x1b[Z", "\x1b[16;42;0;1;16;1_\x1b[9;15;9;1;16;1_"},
	{"esc", "\x1b", "\x1b[27;1;27;1;0;1_\x1b[27;1;27;0;0;1_"},
	{"up", "\x1b[A", "\x1b[38;72;0;1;256;1_\x1b[38;72;0;0;256;1_"},
	{"pgdown", "\x1b[6~", "\x1b[34;81;0;1;256;1_"},
	{"delete", "\x1b[3~", "\x1b[46;83;0;1;256;1_"},
	{"f1", "\x1bOP", "\x1b[112;59;0;1;0;1_"},
	{"ctrl+c", "\x00\x03", "\x1b[17;29;0;1;8;1_\x1b[67;46;3;1;8;1_\x1b[67;46;3;0;8;1_"},
	{"ctrl+r", "\x00\x12", "\x1b[17;29;0;1;8;1_\x1b[82;19;18;1;8;1_"},
	{"ctrl+z", "\x00\x1a", "\x1b[17;29;0;1;8;1_\x1b[90;44;26;1;8;1_"},
	{"@", "\x00\x00@", ""}, // AltGr+Q
	{"paste a\r\nb", "\x1b[200~a\r\nb\x1b[201~", ""},
}

// TestWindowsTerminalKeys also has the new size of the window and the focus come after each key.
func TestWindowsTerminalKeys(t *testing.T) {
	for _, k := range windowsKeys {
		for _, sent := range []string{k.console, k.win32} {
			if sent == "" {
				continue
			}
			got, _ := eventsOf(t, []piece{{bytes: sent}, {"\x1b[8;40;120t\x1b[I", time.Second}})
			assert.Check(t, is.DeepEqual(names(got), []string{k.key}), "%q", sent)
		}
	}
}

var delays = []time.Duration{0, escapeWait - 1, escapeWait + 1, time.Hour}

// TestRepliesAreNeverKeys splits a reply anywhere, with any delay, and any of typedKeys before and after. The only
// exception is the key that equals the first piece, if the rest takes longer than the time that the program waits for
// it.
func TestRepliesAreNeverKeys(t *testing.T) {
	for _, answer := range answers {
		for cut := 1; cut < len(answer); cut++ {
			for _, delay := range delays {
				for i, key := range typedKeys {
					after := typedKeys[(i+1)%len(typedKeys)]
					got, _ := eventsOf(t, []piece{{bytes: key[0]}, {answer[:cut], time.Second}, {answer[cut:], delay}, {after[0], time.Second}})
					want := []string{key[1], after[1]}
					if lone, ok := map[string]string{"\x1b": "esc", "\x1b[": "alt+[", "\x1b]": "alt+]"}[answer[:cut]]; ok && delay > escapeWait {
						want = slices.Insert(want, 1, lone)
					}
					assert.Check(t, is.DeepEqual(names(got), want), "%q cut at %d for %v between %q and %q", answer, cut, delay, key[0], after[0])
				}
			}
		}
	}
}

func names(keys []seen) (names []string) {
	for _, k := range keys {
		names = append(names, k.what)
	}
	return names
}

// TestSplitReplyCounts so that the colors fit the background.
func TestSplitReplyCounts(t *testing.T) {
	for cut := range len(answers[0]) {
		delay := 300 * time.Millisecond
		if cut <= typedAtOnce {
			delay = escapeWait - 1
		}
		_, colors := eventsOf(t, []piece{{bytes: answers[0][:cut]}, {answers[0][cut:], delay}})
		assert.Check(t, is.Equal(colors, 1), "cut at %d", cut)
	}
}

// TestKeysAreNotDelayed: a lone Esc takes as long as it does without anything between the terminal and Bubble Tea, and
// all else takes no time.
func TestKeysAreNotDelayed(t *testing.T) {
	for _, key := range typedKeys {
		got, _ := eventsOf(t, []piece{{bytes: key[0]}})
		limit := time.Duration(0)
		if len(key[0]) <= typedAtOnce && key[0][0] == esc {
			limit = escapeWait
		}
		assert.Check(t, is.DeepEqual(names(got), []string{key[1]}))
		assert.Check(t, len(got) == 1 && got[0].at == limit, "%q: %v, limit %v", key[0], got, limit)
	}
}

// TestUnfinishedReplyKeepsKeys takes no key with it.
func TestUnfinishedReplyKeepsKeys(t *testing.T) {
	for _, answer := range answers {
		for cut := 3; cut < len(answer)-1; cut++ {
			got, _ := eventsOf(t, []piece{{bytes: answer[:cut]}, {"\r", time.Second}, {"q", time.Second}, {"\x1b[A", time.Second}})
			assert.Check(t, is.DeepEqual(names(got), []string{"enter", "q", "up"}), "%q cut at %d", answer, cut)
		}
	}
	endless := fmt.Sprint("\x1b]11;rgb:", strings.Repeat("0", 10*longest))
	got, _ := eventsOf(t, []piece{{bytes: endless[:longest]}, {"1", time.Second}})
	assert.Check(t, is.DeepEqual(names(got), []string{"1"}))
}

// TestKeysOfOneRead are those of several.
func TestKeysOfOneRead(t *testing.T) {
	got, _ := eventsOf(t, []piece{{bytes: "ab\x1b[A" + answers[0] + "\x1b\x1b[B\x1b[\r" + answers[3] + "c\x1b"}})
	assert.Check(t, is.DeepEqual(names(got), []string{"a", "b", "up", "alt+down", "alt+[", "enter", "c", "esc"}))
}
