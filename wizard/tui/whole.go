package tui

import (
	"context"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/term"

	"msgsso-wizard/wizard/tui/style"
)

// whole writes a text to the terminal that the full screen has left, where the mouse takes it as it is. It returns on
// Enter and Esc, and on whatever ends or pauses the program, which the loop does not see until then.
type whole struct {
	ctx  context.Context //nolint:containedctx // of the whole run
	text string
	in   io.Reader
	out  io.Writer
	key  rune // ctrl+c or ctrl+z ended it, and the loop is to have that key; 0: neither did
}

// leaving are the keys that end it, as the terminal sends them. All others are swallowed, so that they neither show nor
// reach the next screen.
var leaving = []struct {
	sent string
	key  rune
}{{"\r", 0}, {"\n", 0}, {"\x1b[27u", 0}, {"\x03", 'c'}, {"\x1a", 'z'}}

// Run shows the text.
func (s *whole) Run() error {
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, slices.Concat(endSignals, pauseSignals)...)
	defer signal.Stop(caught)
	in, err := uv.NewCancelReader(s.in)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // the terminal itself stays open
	if file, ok := s.in.(term.File); ok {
		if cooked, err := term.MakeRaw(file.Fd()); err == nil {
			defer term.Restore(file.Fd(), cooked) //nolint:errcheck // Bubble Tea sets its own modes next
		}
	}
	text := strings.ReplaceAll("\n"+style.Visible(s.text)+"\nPress Enter to return. ", "\n", "\r\n")
	if _, err := io.WriteString(s.out, text); err != nil {
		return err
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		s.key = awaitLeaving(in)
	}()
	select {
	case <-over:
	case <-caught:
	case <-s.ctx.Done():
	}
	if in.Cancel() {
		<-over
	}
	return nil
}

// awaitLeaving reads until one of the keys that leave, and returns the one that the loop is to have. The loop sees for
// itself that the input ended.
func awaitLeaving(in io.Reader) rune {
	piece := make([]byte, 256)
	for {
		n, err := in.Read(piece)
		for _, l := range leaving {
			if strings.Contains(string(piece[:n]), l.sent) {
				return l.key
			}
		}
		if err != nil {
			return 0
		}
	}
}

// SetStdin takes the terminal's input.
func (s *whole) SetStdin(r io.Reader) { s.in = r }

// SetStdout takes the terminal's output.
func (s *whole) SetStdout(w io.Writer) { s.out = w }

// SetStderr has nothing to set.
func (*whole) SetStderr(io.Writer) {}

// showWhole leaves the full screen for a text, and then draws everything again.
func (r *router) showWhole(text string) tea.Cmd {
	shown := &whole{ctx: r.ctx, text: text}
	return tea.Exec(shown, func(error) tea.Msg {
		if shown.key != 0 {
			return tea.KeyPressMsg{Code: shown.key, Mod: tea.ModCtrl}
		}
		return tea.ClearScreen()
	})
}
