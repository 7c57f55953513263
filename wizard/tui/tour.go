package tui

import (
	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/screens"
	"msgsso-wizard/wizard/tui/style"
)

// leastPage is how many rows of a page the narration leaves at least.
const leastPage = 8

// moments are what the tour narrates in the phases of a section. It is silent where a user types.
var moments = map[screen.Phase]guide.Moment{
	screen.Planning: guide.TourPlan, screen.Ready: guide.TourPlan, screen.Applying: guide.TourApply,
	screen.Done: guide.TourDone, screen.Failed: guide.TourError,
}

// narration is what the tour says of the present screen; empty: nothing.
func (r *router) narration() string {
	if !r.tour || r.above != nil {
		return ""
	}
	if s, ok := r.top().(lettered); ok && s.Typing() {
		return ""
	}
	switch s := r.current().(type) {
	case *screens.Review:
		if s.Phase == screen.Failed {
			return guide.Narration(guide.TourError, "")
		}
		return guide.Narration(guide.TourReview, "")
	case *screens.Section:
		return guide.Narration(moments[s.Phase], s.Info.ID)
	case *screens.Snippet:
		if s.Reached() {
			return guide.Narration(guide.TourEnd, "")
		}
		return guide.Narration(moments[s.Phase], s.Info.ID)
	}
	if len(r.asides) > 0 {
		return ""
	}
	return guide.Narration(guide.TourStart, "")
}

// told are the lines of the narration: text beside a bar, and a blank.
func (r *router) told(width int) []string {
	text := r.narration()
	if text == "" {
		return nil
	}
	bar := style.RowMargin + r.Theme.Accent.Render("┃") + " "
	var lines []string
	for _, line := range style.Wrap(text, min(width, style.Readable)-5, "") {
		lines = append(lines, bar+r.Theme.Ink.Render(line))
	}
	return append(lines, "")
}

// narrated draws a page below its narration. A page that has too little room for that scrolls with it, from the top.
func (r *router) narrated(width, height int) (told []string, page style.Page) {
	told = r.told(width)
	room := height - len(told)
	page = r.top().Page(width, max(room, leastPage))
	if _, review := r.top().(*screens.Review); len(told) > 0 && room < leastPage && !review {
		page.Lines, page.Focus, page.FocusEnd = append(told, page.Lines...), 0, 0
	}
	if room < leastPage {
		told = nil
	}
	return told, page
}

// fixIt has the tour enter the answer for which a problem opens a question, once the user asks for it.
func (r *router) fixIt(key string) tea.Cmd {
	hints := r.top().Hints()
	if !r.tour || !offers(hints)("retry") || fixable(hints[0].Does) == "" || key != "enter" && key != hints[0].Key {
		return nil
	}
	r.player = &player{speed: 1, only: true}
	r.player.fix(hints[0].Does)
	return r.player.watching()
}
