package tui

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/signal"
	"slices"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"msgsso-wizard/wizard/tui/style"
)

// whole writes a text to the terminal that the full screen has left, where the mouse takes it as it is. It returns on
// Enter, and on whatever ends or pauses the program, which the loop does not see until then.
type whole struct {
	ctx  context.Context //nolint:containedctx // of the whole run
	text string
	in   io.Reader
	out  io.Writer
}

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
	if _, err := io.WriteString(s.out, "\r\n"+style.Visible(s.text)+"\nPress Enter to return. "); err != nil {
		return err
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		_, _ = bufio.NewReader(in).ReadString('\n') // the loop sees for itself that the input ended
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

// SetStdin takes the terminal's input.
func (s *whole) SetStdin(r io.Reader) { s.in = r }

// SetStdout takes the terminal's output.
func (s *whole) SetStdout(w io.Writer) { s.out = w }

// SetStderr has nothing to set.
func (*whole) SetStderr(io.Writer) {}

// showWhole leaves the full screen for a text, and then draws everything again.
func (r *router) showWhole(text string) tea.Cmd {
	return tea.Exec(&whole{ctx: r.ctx, text: text}, func(error) tea.Msg { return tea.ClearScreen() })
}
