package wizard

import (
	"strings"

	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
)

// why tells more about a section, and where an admin does the same by hand.
type why struct {
	*world
	section guide.Section
	under   screen // what to go back to; nil: the section
	view    viewport.Model
}

func newWhy(w *world, s guide.Section) *why {
	return &why{world: w, section: s, view: viewport.New()}
}

func (s *why) enter(bool) action   { return stay{} }
func (s *why) paste(string) action { return stay{} }
func (s *why) result(any) action   { return stay{} }

func (s *why) key(msg tea.KeyPressMsg) action {
	switch msg.String() {
	case "o":
		return openURL{s.section.Docs[0].URL}
	case "esc", "?", "q", "enter":
		if s.under != nil {
			return show{s.under}
		}
		return back{}
	}
	s.view, _ = s.view.Update(msg)
	return stay{}
}

func (s *why) page(width, height int) page {
	cells := min(width-2, 90)
	var lines []string
	lines = append(lines, wrap(s.section.Why, cells, " ")...)
	lines = append(append(lines, ""), s.drawing(s.section.ID, cells)...)
	for _, more := range s.section.More {
		lines = append(append(lines, ""), wrap(more, cells, " ")...)
	}
	lines = append(lines, "", " "+s.theme.strong.Render("By hand"))
	lines = append(lines, wrap(s.section.Place, cells, " ")...)
	lines = append(lines, "", " "+s.theme.strong.Render("To read")+s.theme.dim.Render("  o opens the first"))
	for _, doc := range s.section.Docs {
		lines = append(lines, wrap(doc.Title, cells, " ")...)
		lines = append(lines, s.dimLines(whole(doc.URL, width))...)
	}
	s.view.SetWidth(width)
	s.view.SetHeight(max(1, height-2))
	s.view.SetContentLines(lines)

	var p page
	title := " " + s.theme.strong.Render("Why: "+s.section.Title)
	p.add(s.spread(title, s.theme.dim.Render(s.place()), width-1), "")
	p.add(strings.Split(s.view.View(), "\n")...)
	return p
}

// place says whether there is more to see.
func (s *why) place() string {
	switch {
	case s.view.AtTop() && s.view.AtBottom():
		return ""
	case s.view.AtBottom():
		return s.glyphs.up + " end"
	default:
		return s.glyphs.down + " more"
	}
}

func (s *why) hints() []hint {
	return []hint{{"esc", "back"}, {s.glyphs.arrows, "scroll"}, {"o", "open the vendor's page"}}
}
