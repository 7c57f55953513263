package wizard

import (
	"strings"

	tea "charm.land/bubbletea/v2"
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

func (s *leave) page(width, _ int) page {
	var p page
	width = min(width, readable)
	p.add(" "+s.theme.strong.Render("Leave?"), "")
	p.add(wrap("The snippet is not made yet. What was made so far stays, and the next run finds it:", width-1, " ")...)
	p.add("")
	for _, name := range s.made() {
		p.add("   " + s.theme.good.Render(s.glyphs.ok) + " " + s.fit(name, width-6))
	}
	return p
}

func (s *leave) hints() []hint {
	return []hint{{"enter", "stay"}, {"q", "leave"}}
}

// madeSoFar is one line of what exists now.
func (w *world) madeSoFar() string {
	names := w.made()
	if len(names) == 0 {
		return "Nothing was changed so far."
	}
	return "Made so far: " + strings.Join(names, ", ") + "."
}
