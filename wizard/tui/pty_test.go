//go:build !windows

package tui

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/eventually"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/services"
)

func TestTerminal(t *testing.T) {
	out, m, err := onTerminal(t, answeredEnv(t), func(m *terminal, _ *fake) {
		m.toSnippet()
		m.press("c")
		m.at("Copied to the clipboard", "q")
	})
	assert.Check(t, err == nil && out.Finished && out.Signal == nil, "%+v, %v", out, err)
	_, sent, _ := strings.Cut(m.raw.String(), "\x1b]52;c;")
	sent, _, _ = strings.Cut(sent, "\a")
	copied, err := base64.StdEncoding.DecodeString(sent)
	assert.Check(t, err == nil && string(copied) == snippetText, "the terminal was sent %q to copy, %v", copied, err)
}

// toSnippet goes through the whole guide.
func (m *terminal) toSnippet() {
	m.wait("Okta sign-in for Genesys Cloud Messenger")
	for _, want := range []string{
		"review all", "enter apply", "next section", "No changes needed", "enter apply", "next section", "enter apply", "next section",
		"enter apply", "next section", "are connected",
	} {
		m.press("\r")
		m.wait(want)
	}
}

// TestWholeTextOnTerminal: outside the full screen a text is there as it is, and Enter and signals work.
func TestWholeTextOnTerminal(t *testing.T) {
	raw := strings.ReplaceAll(snippetText, "\n", "\r\n")
	for name, end := range map[string]struct {
		back [][]string // keys by which the full screen returns, each time
		by   func(*terminal)
		want os.Signal
	}{
		"keys":   {[][]string{{"\r"}, {"oh\x1b[A", "\x1bh\r"}, {"\x1b"}}, func(m *terminal) { m.press("q") }, nil},
		"ctrl+c": {nil, func(m *terminal) { m.press("\x03") }, os.Interrupt},
		"signal": {nil, func(*terminal) { assert.NilError(t, syscall.Kill(os.Getpid(), syscall.SIGTERM)) }, syscall.SIGTERM},
	} {
		t.Run(name, func(t *testing.T) {
			out, m, err := onTerminal(t, answeredEnv(t), func(m *terminal, _ *fake) {
				open := func(times int) {
					m.press("w")
					m.printed = true
					m.writes("Press Enter to return.", times)
				}
				m.toSnippet()
				for n, keys := range end.back {
					open(n + 1)
					for _, k := range keys {
						m.press(k)
					}
					m.wait("are connected")
				}
				if end.back == nil {
					open(1)
				}
				end.by(m)
			})
			assert.Check(t, err == nil && out.Finished && out.Signal == end.want, "%+v, %v", out, err)
			texts := strings.Split(m.raw.String(), raw)
			assert.Check(t, is.Len(texts, 1+max(1, len(end.back))), "the text is not on the terminal as it is, each time")
			for n, after := range texts[1:] {
				echo, _, _ := strings.Cut(after, "\x1b")
				assert.Check(t, is.Equal(echo, "\r\nPress Enter to return. "), "keys are echoed")
				assert.Check(t, !strings.Contains(after, "Save to"), "a key reaches the next screen")
				assert.Check(t, strings.LastIndex(texts[n], "\x1b[?1049l") > strings.LastIndex(texts[n], "\x1b[?1049h"), "it is on the full screen")
			}
		})
	}
}

func TestPromptOnTerminal(t *testing.T) {
	var made *fake
	out, _, err := onTerminal(t, answeredEnv(t), func(m *terminal, f *fake) {
		made = f
		f.prompts = []services.Prompt{redirect, device}
		m.at("enter start", "\r")
		m.wait("› Address")
		m.at("of 300 s", "\x1b[200~http://127.0.0.1:8765/callback?code=abc\r\x1b[201~")
		m.caret("code=abc")
		m.press("\r")
		m.at(device.Code, "\x1b")
		m.at("› Okta org", "\x03")
	})
	want := []string{"http://127.0.0.1:8765/callback?code=abc", engine.ErrStopped.Error()}
	assert.Check(t, err == nil && !out.Finished && slices.Equal(made.replies, want),
		"%+v, %v, replies %q", out, err, made.replies)
}

func TestSignalFinishesCall(t *testing.T) {
	var made *fake
	out, _, err := onTerminal(t, answeredEnv(t), func(m *terminal, f *fake) {
		made = f
		f.lasting = true
		m.at("enter start", "\r")
		m.at("review all", "\r")
		m.at("apply", "\r")
		m.wait("stop after this call")
		assert.NilError(t, syscall.Kill(os.Getpid(), syscall.SIGTERM))
	})
	assert.Check(t, err == nil && out.Signal == syscall.SIGTERM && len(made.Made()) == 1,
		"%+v, %v, made %v", out, err, made.Made())
}

func TestContextEndsWizard(t *testing.T) {
	_, _, err := onTerminal(t, answeredEnv(t), func(m *terminal, _ *fake) {
		m.wait("enter start")
		m.cancel(os.ErrDeadlineExceeded)
	})
	assert.Check(t, is.ErrorIs(err, os.ErrDeadlineExceeded))
}

// TestCommandPanicReachesLoop: what breaks in a command is a message for the loop, which ends.
func TestCommandPanicReachesLoop(t *testing.T) {
	broken, ok := new(guard).command(func() tea.Msg { panic("the plan broke") })().(*explain.Panic)
	assert.Check(t, ok && broken.What == "the plan broke", "got %v", broken)
}

// TestStepPanicEndsWizard: a step's panic is caught where the step runs, and is no problem to try again after.
func TestStepPanicEndsWizard(t *testing.T) {
	_, _, err := onTerminal(t, answeredEnv(t), func(m *terminal, f *fake) {
		m.wait("enter start")
		f.mu.Lock()
		f.planErr = &explain.Error{Problem: "It broke.", Err: explain.Recover(func() { panic("a step") })}
		f.mu.Unlock()
		m.press("\r")
	})
	broken, ok := errors.AsType[*explain.Panic](err)
	assert.Check(t, ok && broken.What == "a step", "got %v", err)
}

func TestTerminalHangUp(t *testing.T) {
	m := newTerminal(t)
	env := answeredEnv(t)
	over := make(chan struct{})
	var out Outcome
	var err error
	go func() {
		defer close(over)
		out, err = Run(context.Background(), Config{Env: env, session: newFake(t, env), In: m.slave, Out: m.slave, Environ: unicodeEnv})
	}()
	m.wait("enter start")
	_ = m.master.Close()
	_, _ = m.slave.WriteString(" ") // lets the reader notice
	eventually.From(t, over, "the wizard's end")
	assert.Check(t, err == nil && out.Signal == hangUp, "%+v, %v", out, err)
	m.close()
}

// TestBrokenInputLeavesTheScreen even before Bubble Tea drew anything.
func TestBrokenInputLeavesTheScreen(t *testing.T) {
	m := newTerminal(t)
	env := answeredEnv(t)
	_, err := Run(t.Context(), Config{Env: env, session: newFake(t, env), In: iotest.ErrReader(os.ErrDeadlineExceeded), Out: m.slave, Environ: unicodeEnv})
	assert.Check(t, is.ErrorIs(err, os.ErrDeadlineExceeded))
	m.close()
	m.checkModes()
}

// TestTerminalBackground after the first frame was there, which did not wait for it.
func TestTerminalBackground(t *testing.T) {
	_, m, _ := onTerminal(t, answeredEnv(t), func(m *terminal, _ *fake) {
		m.at("enter start", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
		eventually.Text(t, m.written, "\x1b[38;5;56m")
		m.press("q")
	})
	raw := m.raw.String()
	asked, first, answered := strings.Index(raw, "\x1b]11;?"), strings.Index(raw, "\x1b[36m"), strings.Index(raw, "\x1b[38;5;56m")
	assert.Check(t, asked >= 0 && first >= 0 && answered >= first,
		"asked at %d, the sixteen colors at %d, those for light at %d of\n%q", asked, first, answered, raw)
}

// written is all that the terminal was sent so far.
func (m *terminal) written() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.raw.String()
}

func TestReadableWaitsForInput(t *testing.T) {
	from, to, err := os.Pipe()
	assert.NilError(t, err)
	assert.Check(t, !readable(from, time.Millisecond), "an empty pipe can be read")
	_, err = to.WriteString("a")
	assert.NilError(t, err)
	assert.Check(t, readable(from, time.Hour), "a full pipe can't be read")
	assert.NilError(t, to.Close())
	assert.NilError(t, from.Close())
}

// TestMissedResizeIsSeen: a window manager gives a new window its size while the program starts, when Bubble Tea doesn't
// listen yet. Where the size is the one that is drawn nothing is asked, because the answer redraws everything.
func TestMissedResizeIsSeen(t *testing.T) {
	for _, missed := range []bool{true, false} {
		master, out, err := pty.Open()
		assert.NilError(t, err)
		defer func() { _, _ = out.Close(), master.Close() }()
		assert.NilError(t, pty.Setsize(master, &pty.Winsize{Cols: 2, Rows: 60}))
		r := newRouter(t.Context(), Config{Env: bareEnv(), Environ: unicodeEnv}.filled())
		r.width, r.height = size(out)
		if missed {
			assert.NilError(t, pty.Setsize(master, &pty.Winsize{Cols: 80, Rows: 24}))
		}
		_, cmd := (&guard{router: r, out: out}).Update(resized{})
		asked := cmd != nil && fmt.Sprintf("%T", cmd()) == fmt.Sprintf("%T", tea.RequestWindowSize())
		assert.Check(t, is.Equal(asked, missed), "asked for the size")
	}
}

// TestResizeSignalIsReported: the watcher listens before the program starts, and reports each resize until it stops.
func TestResizeSignalIsReported(t *testing.T) {
	var seen atomic.Int32
	w := watch(t.Context(), func(os.Signal) {}, func() { seen.Add(1) })
	defer w.stop()
	for n := range int32(2) {
		assert.NilError(t, syscall.Kill(os.Getpid(), syscall.SIGWINCH))
		eventually.True(t, func() bool { return seen.Load() > n }, func() string { return "the resize isn't reported" })
	}
}
