package wizard

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

// The smallest window that a screen is drawn in, and the height from which it has blank lines to spare.
const (
	leastWidth  = 30
	leastHeight = 8
	roomyHeight = 16
)

// View draws the whole window.
func (r *router) View() tea.View {
	view := tea.NewView(r.Glyphs.Spell(strings.Join(r.lines(), "\n")))
	view.AltScreen = true
	return view
}

// lines are exactly as many as the window is high, none wider than it.
func (r *router) lines() []string {
	if r.width < 1 || r.height < 1 {
		return nil
	}
	if r.width < leastWidth || r.height < leastHeight {
		return r.tooSmall()
	}
	lines := []string{r.header(min(r.width, style.Readable)), r.Stepper(r.stops(), r.width)}
	if r.height >= roomyHeight {
		lines = append(lines, "")
	}
	room := r.height - len(lines) - 2
	page := r.top().page(r.width, room)
	first := r.firstLine(page, room)
	last := min(len(page.Lines), first+room)
	lines = append(lines, page.Lines[first:last]...)
	for len(lines) < r.height-2 {
		lines = append(lines, "")
	}
	lines = append(lines, r.noteLine(first, len(page.Lines)-last), r.KeyLine(r.top().hints(), r.width))
	for i := range lines {
		lines[i] = ansi.Truncate(lines[i], r.width, r.Glyphs.More)
	}
	return lines
}

// tooSmall is all that a window shows that no screen fits in: what it needs, and the key that leaves, as much of it as
// fits in whole words.
func (r *router) tooSmall() []string {
	for _, text := range []string{
		fmt.Sprintf("Enlarge the window to %d x %d. ctrl+c leaves.", leastWidth, leastHeight),
		fmt.Sprintf("Needs %dx%d. ctrl+c leaves.", leastWidth, leastHeight),
		fmt.Sprintf("Needs %dx%d, ctrl+c", leastWidth, leastHeight),
		fmt.Sprintf("%dx%d, ctrl+c", leastWidth, leastHeight),
	} {
		if lines := style.Wrap(text, r.width, ""); len(lines) <= r.height && strings.Join(lines, " ") == text {
			return lines
		}
	}
	return []string{ansi.Truncate("ctrl+c", r.width, "")}
}

func (r *router) firstLine(p style.Page, room int) int {
	if r.moved {
		r.scroll = style.ClampTo(r.scroll, len(p.Lines)-room)
	} else {
		r.scroll = p.Window(room)
	}
	return r.scroll
}

// noteLine is the line above the keys: what was just done, and how much lies out of sight.
func (r *router) noteLine(above, below int) string {
	var hidden []string
	if above > 0 {
		hidden = append(hidden, fmt.Sprintf("%s %d", r.Glyphs.Up, above))
	}
	if below > 0 {
		hidden = append(hidden, fmt.Sprintf("%s %d", r.Glyphs.Down, below))
	}
	right := ""
	if len(hidden) > 0 {
		right = r.Dim(strings.Join(hidden, " ")+" more") + " "
	}
	left := ""
	switch {
	case r.note != "":
		left = r.Heading(style.Visible(r.note))
	case r.player != nil:
		left = " " + r.Dim("Plays by itself; any key takes over.")
	}
	return r.Spread(left, right, min(r.width, style.Readable))
}

// scrollBy moves the page by a key that no screen wanted.
func (r *router) scrollBy(key string) {
	step := map[string]int{"up": -1, "down": 1, "pgup": 3 - r.height/2, "pgdown": r.height/2 - 3, "home": -1 << 20, "end": 1 << 20}[key]
	if step != 0 {
		r.scroll, r.moved = max(0, r.scroll+step), true
	}
}

func (r *router) stops() []style.Stop {
	var stops []style.Stop
	for i, s := range r.walk {
		if of := sectionOf(s); of != nil {
			stops = append(stops, style.Stop{Name: of.info.Short, Mark: marks[of.phase], Here: i == r.at})
		}
	}
	return stops
}

// newWalk is every screen in order, drawn from the guide. The last section shows what the others made.
func newWalk(w *world) []screen {
	walk := []screen{&welcome{task: task{world: w}}}
	for _, s := range guide.Sections() {
		if s.ID == guide.SectionSnippet {
			walk = append(walk, newSnippet(w, s))
			continue
		}
		walk = append(walk, newSection(w, s))
	}
	return walk
}
