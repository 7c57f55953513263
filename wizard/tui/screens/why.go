package screens

import (
	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// why tells more about a section, and where an admin does the same in the console.
type why struct {
	screen.Aside
	section guide.Section
	under   screen.Screen // what to go back to; nil: the section
}

func newWhy(w *screen.World, s guide.Section) *why {
	return &why{Aside: screen.Aside{World: w}, section: s}
}

func (s *why) Key(msg tea.KeyPressMsg) screen.Action {
	switch msg.String() {
	case "o":
		return screen.OpenURL{URL: s.section.Docs[0].URL}
	case "esc", "?":
		if s.under != nil {
			return screen.Show{Above: s.under}
		}
		return screen.Back{}
	}
	return screen.Pass{}
}

func (s *why) Page(width, _ int) style.Page {
	cells := min(width-2, 90)
	lines := []string{s.Heading("Why: " + s.section.Title), ""}
	lines = append(lines, style.Wrap(s.section.Why, cells, "  ")...)
	lines = append(append(lines, ""), s.Drawing(s.section.ID, cells)...)
	for _, more := range s.section.More {
		lines = append(append(lines, ""), style.Wrap(more, cells, "  ")...)
	}
	lines = append(lines, "", s.Heading("Manual setup"))
	lines = append(lines, style.Wrap(s.section.ConsolePath, cells, "  ")...)
	lines = append(lines, "", s.Heading("To read")+s.Soft("  o opens the first"))
	for _, doc := range s.section.Docs {
		lines = append(lines, style.Wrap(doc.Title, cells, "  ")...)
		lines = append(lines, s.SoftLines(screen.Whole(doc.URL, width))...)
	}
	return style.Page{Lines: lines}
}

func (s *why) Hints() []style.Hint {
	return style.Hints("esc back", s.Glyphs.Arrows+" scroll", "o open the vendor's page")
}
