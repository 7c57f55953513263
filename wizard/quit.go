package wizard

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/wizard/tui/style"
)

// leave ends the program: at once while nothing was made, else after a question.
func (w *world) leave() action {
	if len(w.made()) == 0 {
		return quit{}
	}
	return show{&leave{world: w}}
}

// leave asks before a half-made set-up is left.
type leave struct{ *world }

func (s *leave) enter(bool) action   { return stay{} }
func (s *leave) paste(string) action { return stay{} }
func (s *leave) result(any) action   { return stay{} }

func (s *leave) key(msg tea.KeyPressMsg) action {
	switch msg.String() {
	case "q", "y":
		return quit{}
	case "enter", "esc", "n":
		return back{}
	}
	return pass{}
}

func (s *leave) page(width, _ int) style.Page {
	var p style.Page
	width = min(width, style.Readable)
	p.Add(s.Heading("Quit setup?"), "")
	p.Add(style.Wrap("The snippet isn't created yet. Objects created so far stay, and the next run reuses them:", width-1, "  ")...)
	p.Add("")
	for _, name := range s.made() {
		p.Add("  " + s.Theme.Good.Render(s.Glyphs.OK) + " " + s.Fit(name, width-6))
	}
	return p
}

func (s *leave) hints() []style.Hint { return style.Hints("enter continue", "q quit") }

// madeSoFar is one line of what exists now.
func (w *world) madeSoFar() string {
	names := w.made()
	if len(names) == 0 {
		return "No changes were made so far."
	}
	return "Created so far: " + strings.Join(names, ", ") + "."
}
