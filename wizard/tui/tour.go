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
	if !r.tour || r.above != nil || r.typing() {
		return ""
	}
	if r.canFix() != "" {
		return guide.Narration(guide.TourFix, "")
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

// narrationLines are the lines of the narration: text after a bar, and a blank.
func (r *router) narrationLines(width int) []string {
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
func (r *router) narrated(width, height int) (narrationLines []string, page style.Page) {
	narrationLines = r.narrationLines(width)
	room := height - len(narrationLines)
	if len(narrationLines) == 0 || room >= leastPage {
		return narrationLines, r.top().Page(width, room)
	}
	page = r.top().Page(width, height)
	if _, review := r.top().(*screens.Review); !review || page.Focus == 0 { // at an answer, the review needs the rows for its cursor
		page.Lines, page.Focus, page.FocusEnd = append(narrationLines, page.Lines...), 0, 0
		page.Title = len(narrationLines)
	}
	return nil, page
}

// canFix is what a key does that opens the question of a problem to which the tour has an answer; empty: none does.
func (r *router) canFix() string {
	hints := r.top().Hints()
	if !r.tour || !offers(hints)("retry") || fixable(hints[0].Does) == "" {
		return ""
	}
	return hints[0].Does
}

// fixIt has the tour enter that answer, once the user asks for it.
func (r *router) fixIt(key string) tea.Cmd {
	edit := r.canFix()
	if edit == "" || key != "enter" && key != "e" {
		return nil
	}
	r.player = &player{speed: 1, only: true}
	r.player.fix(edit)
	return r.player.watching()
}
