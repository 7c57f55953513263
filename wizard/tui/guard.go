package tui

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/explain"
)

// guard is what Bubble Tea runs in place of the router. It catches what breaks there: Bubble Tea itself would write a
// panic's value to the terminal, whatever secret is in it.
type guard struct {
	*router
	trap func(where string) // Config.Trap
	out  io.Writer

	broken atomic.Pointer[explain.Panic] // the first that broke
}

// Init shows the first screen.
func (g *guard) Init() (cmd tea.Cmd) {
	defer g.showAtOnce()
	return g.watched("init", func() { cmd = g.router.Init() }, &cmd)
}

// resized says that the window took another size, which Bubble Tea may not have seen: it listens only after its first
// frame.
type resized struct{}

// missedResize asks for the size if it isn't the one that is drawn.
func (g *guard) missedResize() tea.Cmd {
	if width, height := size(g.out); width == g.width && height == g.height {
		return nil
	}
	return tea.RequestWindowSize
}

// showAtOnce draws the first frame. Bubble Tea draws it again with the next tick of its renderer, and saves the cursor
// again, so that the cursor returns to its place first. A Windows console shows nothing before that.
func (g *guard) showAtOnce() {
	if frame := g.View().Content; frame != "" && runtime.GOOS != "windows" {
		_, _ = io.WriteString(g.out, ansi.SetModeAltScreenSaveCursor+ansi.ResetModeTextCursorEnable+
			ansi.CursorHomePosition+strings.ReplaceAll(frame, "\n", "\r\n")+ansi.RestoreCursor)
	}
}

// leaveScreen undoes showAtOnce. Bubble Tea does so only if it drew a frame.
func (g *guard) leaveScreen() {
	_, _ = io.WriteString(g.out, ansi.ResetModeAltScreenSaveCursor+ansi.SetModeTextCursorEnable)
}

// Update takes one message, and none once something broke.
func (g *guard) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if broken, ok := msg.(*explain.Panic); ok {
		g.keep(broken)
	}
	if g.broken.Load() != nil {
		return g, tea.Quit
	}
	if _, ok := msg.(resized); ok {
		return g, g.missedResize()
	}
	var cmd tea.Cmd
	return g, g.watched("update", func() { _, cmd = g.router.Update(msg) }, &cmd)
}

// View draws the whole window.
func (g *guard) View() (view tea.View) {
	broken := explain.Recover(func() {
		g.spring("view")
		view = g.router.View()
	})
	if broken != nil {
		g.keep(broken)
		go g.Send(broken) // a goroutine, because the loop takes no message while it draws
	}
	return view
}

// watched calls act and returns the command that it left, which is watched as well.
func (g *guard) watched(where string, act func(), cmd *tea.Cmd) tea.Cmd {
	broken := explain.Recover(func() {
		g.spring(where)
		act()
	})
	if broken != nil {
		g.keep(broken)
		return tea.Quit
	}
	return g.command(*cmd)
}

// command has what breaks in cmd, or in one of those that it is made of, come back as a message.
func (g *guard) command(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		broken := explain.Recover(func() {
			g.spring("command")
			msg = cmd()
		})
		came, _ := msg.(answer)
		if broken != nil || errors.As(came.Err, &broken) { // a step's own is caught in its goroutine
			return broken
		}
		if several, ok := msg.(tea.BatchMsg); ok {
			for i := range several {
				several[i] = g.command(several[i])
			}
		}
		return msg
	}
}

func (g *guard) spring(where string) {
	if g.trap != nil {
		g.trap(where)
	}
}

func (g *guard) keep(broken *explain.Panic) { g.broken.CompareAndSwap(nil, broken) }
