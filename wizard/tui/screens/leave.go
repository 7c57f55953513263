package screens

import (
	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// leave ends the program: at once while nothing was made, else after a question.
func leaveFrom(w *screen.World) screen.Action {
	if len(w.Written()) == 0 || w.Finished {
		return screen.Quit{}
	}
	return screen.Show{Above: &leave{screen.Aside{World: w}}}
}

// leave asks before a half-made setup is left.
type leave struct{ screen.Aside }

func (s *leave) Key(msg tea.KeyPressMsg) screen.Action {
	switch msg.String() {
	case "q":
		return screen.Quit{}
	case "enter", "esc":
		return screen.Back{}
	}
	return screen.Pass{}
}

func (s *leave) Page(width, _ int) style.Page {
	var p style.Page
	width = min(width, style.Readable)
	p.Add(s.Heading("Quit setup?"), "")
	p.Add(style.Wrap("The snippet isn't created yet. Objects created so far stay, and the next run reuses them:", width-1, "  ")...)
	p.Add("")
	p.Add(s.MadeRows(width)...)
	return p
}

func (s *leave) Hints() []style.Hint { return style.Hints("enter continue", "q quit") }
