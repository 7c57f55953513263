//go:build !windows

package tui

import (
	"bytes"
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
	"golang.org/x/term"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/eventually"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/setup"
)

// terminal is a pseudo terminal with an emulator behind it, which shows but never answers.
type terminal struct {
	t       *testing.T
	master  *os.File
	slave   *os.File
	mu      sync.Mutex
	raw     bytes.Buffer
	screen  vt10x.Terminal
	fed     chan struct{}
	printed bool                    // the wizard wrote on the normal screen, below which the cursor stays
	cancel  context.CancelCauseFunc // of the wizard's context
}

func newTerminal(t *testing.T) *terminal {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo terminal: ", err)
	}
	assert.NilError(t, pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: 80}))
	term := &terminal{t: t, master: master, slave: slave, screen: vt10x.New(vt10x.WithSize(80, 24)), fed: make(chan struct{})}
	go func() {
		defer close(term.fed)
		buf := make([]byte, 4096)
		for {
			n, err := master.Read(buf)
			term.mu.Lock()
			term.raw.Write(buf[:n])
			_, _ = term.screen.Write(buf[:n])
			term.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return term
}

func (m *terminal) close() {
	_ = m.slave.Close()
	<-m.fed
	_ = m.master.Close()
}

func (m *terminal) view() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return primary.ReplaceAllString(m.screen.String(), "   $1 $2")
}

func (m *terminal) wait(want string) {
	m.t.Helper()
	eventually.Text(m.t, m.view, want)
}

// writes waits until the wizard has written a text so many times.
func (m *terminal) writes(text string, times int) {
	m.t.Helper()
	eventually.True(m.t, func() bool {
		m.mu.Lock()
		defer m.mu.Unlock()
		return strings.Count(m.raw.String(), text) >= times
	}, m.view)
}

// caret waits until the terminal's cursor is shown right after a text.
func (m *terminal) caret(after string) {
	m.t.Helper()
	eventually.Text(m.t, func() string {
		m.mu.Lock()
		defer m.mu.Unlock()
		if !m.screen.CursorVisible() {
			return "no cursor"
		}
		at := m.screen.Cursor()
		return ansi.Cut(strings.Split(m.screen.String(), "\n")[at.Y], 0, at.X) + "|"
	}, after+"|")
}

// at waits for a text and then presses keys.
func (m *terminal) at(text, keys string) {
	m.t.Helper()
	m.wait(text)
	m.press(keys)
}

func (m *terminal) press(keys string) {
	m.t.Helper()
	_, err := m.master.WriteString(keys)
	assert.NilError(m.t, err)
}

// checkModes checks all output to the terminal.
func (m *terminal) checkModes() {
	m.t.Helper()
	raw := m.raw.String()
	for _, on := range []string{"\x1b[?1049", "\x1b[?2004"} {
		assert.Check(m.t, strings.LastIndex(raw, on+"h") <= strings.LastIndex(raw, on+"l"), "mode %q was left on", on)
	}
	assert.Check(m.t, strings.LastIndex(raw, "\x1b[?25l") <= strings.LastIndex(raw, "\x1b[?25h"),
		"the cursor was left hidden")
	if strings.Contains(raw, "\x1b[?1000h") || strings.Contains(raw, "\x1b[?1002h") || strings.Contains(raw, "\x1b[?1003h") {
		m.t.Error("the mouse was captured")
	}
	assert.Check(m.t, !strings.Contains(raw, canary), "a secret was written to the terminal")
}

// onTerminal runs the wizard with fakes on a terminal, and gives what came of it.
func onTerminal(t *testing.T, env *setup.Session, steer func(*terminal, *fake)) (Outcome, *terminal, error) {
	t.Helper()
	m := newTerminal(t)
	_, err := m.slave.WriteString("$ msgsso-wizard\n$ ")
	assert.NilError(t, err)
	before, err := term.GetState(int(m.slave.Fd()))
	assert.NilError(t, err)
	f := newFake(t, env)
	cfg := Config{Env: env, session: f, In: m.slave, Out: m.slave, Environ: unicodeEnv, Copy: func(string) error { return nil }}
	f.pace = 60 * time.Millisecond
	f.emit = func(ev engine.Event) { env.Emit(ev) }
	type ended struct {
		out Outcome
		err error
	}
	over := make(chan ended, 1)
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	m.cancel = cancel
	go func() {
		out, err := Run(ctx, cfg)
		over <- ended{out, err}
	}()
	steer(m, f)
	end := eventually.From(t, over, "the wizard's end")
	after, err := term.GetState(int(m.slave.Fd()))
	assert.NilError(t, err)
	assert.Check(t, is.Equal(*before, *after), "the terminal is not as it was")
	m.close()
	m.checkModes()
	cursor := m.screen.Cursor()
	assert.Check(t, m.printed || cursor.X == 2 && cursor.Y == 1, "the cursor was left at %d, %d", cursor.X, cursor.Y)
	return end.out, m, end.err
}
