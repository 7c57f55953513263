package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/wizard/chain"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/screens"
	"msgsso-wizard/wizard/tui/style"
)

// The smallest window that a screen is drawn in, and the height from which it has blank lines to spare.
const (
	leastWidth  = 30
	leastHeight = 8
	roomyHeight = 16
	tallHeight  = 30
	wideKeys    = 60 // from where the keys are listed over the screen, not in its place
	tallKeys    = 20
)

// View draws the whole window.
func (r *router) View() tea.View {
	lines := r.lines()
	cursor := screen.TakeCaret(lines)
	view := tea.NewView(r.Glyphs.Spell(strings.Join(lines, "\n")))
	view.AltScreen, view.Cursor = true, cursor
	return view
}

// frame is what surrounds a page: rows above and below it, and the panel to its right.
type frame struct {
	head  []string
	foot  int // rows
	room  int // rows of the page
	page  int // columns of the page
	panel []string
	whole bool // the page has text to copy, at the window's edge
}

// lines are exactly as many as the window is high, none wider than it.
func (r *router) lines() []string {
	if r.width < 1 || r.height < 1 {
		return nil
	}
	if r.width < leastWidth || r.height < leastHeight {
		return r.tooSmall()
	}
	if keys, over := r.above.(*screens.KeysPage); over && r.width >= wideKeys && r.height >= tallKeys && keys.Fits(r.width, r.height) {
		r.above = nil
		lines := r.lines()
		r.above = keys
		keys.Overlay(lines, r.width)
		lines[len(lines)-1] = r.KeyLine(r.Hints(), r.width)
		return lines
	}
	f := r.frame()
	narrationLines, page := r.narrated(f.cells(), f.room)
	page.Foot = page.Foot[:min(len(page.Foot), max(0, f.room-len(narrationLines)-1))]
	f.room -= len(narrationLines) + len(page.Foot)
	if f.panel != nil && r.height >= tallHeight {
		page.Spread(f.room)
	}
	first := r.firstLine(page, f.room)
	shown := page.From(first, f.room)
	body := slices.Concat(narrationLines, shown)
	for len(body) < len(narrationLines)+f.room {
		body = append(body, "")
	}
	body = append(body, r.noteLine(first, len(page.Lines)-first-len(shown), f.page))
	body = append(body, page.Foot...)
	if f.panel != nil {
		body = r.SideBySide(body, f.panel, f.page)
		if last := len(f.head) - 1; f.head[last] == "" { // the edge begins right under the stepper
			f.head[last] = r.SideBySide([]string{""}, nil, f.page)[0]
		}
	}
	lines := slices.Concat(f.head, body, []string{r.KeyLine(r.Hints(), r.width)})
	if f.foot > 2 {
		lines = slices.Insert(lines, len(lines)-1, r.rule(f))
	}
	for i := range lines {
		lines[i] = ansi.Truncate(lines[i], r.width, r.Glyphs.More)
	}
	return lines
}

// Hints are the keys of the screen, with the one that lists them all. Where letters are typed, that is F1.
func (r *router) Hints() []style.Hint {
	hints := r.top().Hints()
	if _, listed := r.top().(*screens.KeysPage); listed {
		return hints
	}
	if r.typing() {
		return append(hints, style.Hint{Key: "F1", Does: "keys"})
	}
	return append(hints, style.Hint{Key: "k", Does: "keys"})
}

// lettered is a screen where letters may be typed.
type lettered interface{ Typing() bool }

func (r *router) typing() bool {
	s, ok := r.top().(lettered)
	return ok && s.Typing()
}

// cells are the columns that the page may use: one stays free before the panel, and at the right of what isn't narrow,
// so that all ends where the head does.
func (f frame) cells() int {
	if f.panel != nil || style.Margin(f.page) > 1 && !f.whole {
		return f.page - 1
	}
	return f.page
}

// unframed reports whether the screen has text to copy, so that nothing is drawn to its right.
func (r *router) unframed() bool {
	s, ok := r.top().(interface{ WholeWidth() bool })
	return ok && s.WholeWidth()
}

// frame takes the room that the window has. A wide window has the chain to the right of the page, if the screen is
// about it.
func (r *router) frame() frame {
	f := frame{head: []string{r.header(r.width), r.stepper()}, foot: 2, page: r.width}
	wide := r.width >= style.WideWindow
	if wide && r.height >= tallHeight {
		f.head = []string{f.head[0], "", f.head[1], "", ""}
		switch {
		case r.top() == r.finish() && r.narration() == "": // whose loop hangs on the stepper
			f.head = f.head[:3]
		case r.unframed():
			f.head = f.head[:4]
		}
	} else if r.height >= roomyHeight {
		f.head = append(f.head, "")
	}
	if wide && r.height >= roomyHeight {
		f.foot = 3
	}
	f.room = r.height - len(f.head) - f.foot
	if r.unframed() {
		f.whole = true
		return f
	}
	if wide && f.foot > 2 {
		panel := style.PanelWidth(r.width)
		f.page = r.width - panel - 5
		f.panel = r.panel(r.chain(), panel, f.room)
	}
	return f
}

// panel is the chain. When a sign-in closes it, the line that returns to the page runs there.
func (r *router) panel(c *chain.Chain, cells, height int) []string {
	lines := r.Chain(c, cells, height)
	if c.Closed && r.Motion.On() {
		c.Closed = false
		copy(lines[:len(lines)-r.Motion.Part(len(lines))], r.Chain(c, cells, height))
	}
	return lines
}

// rule is the line above the keys, with the foot of the panel's edge.
func (r *router) rule(f frame) string {
	line := strings.Repeat("─", r.width)
	if f.panel != nil {
		line = strings.Repeat("─", f.page) + "┴" + strings.Repeat("─", r.width-f.page-1)
	}
	return r.Theme.Line.Render(line)
}

// tooSmall is all that a window shows that no screen fits in: what it needs, and the key that leaves, as much of it as
// fits in whole words.
func (r *router) tooSmall() []string {
	for _, text := range []string{
		fmt.Sprintf("Enlarge the window to %d x %d. ctrl+c quits.", leastWidth, leastHeight),
		fmt.Sprintf("Needs %dx%d. ctrl+c quits.", leastWidth, leastHeight),
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
func (r *router) noteLine(above, below, cells int) string {
	var hidden []string
	if above > 0 {
		hidden = append(hidden, fmt.Sprintf("%s %d", r.Glyphs.Up, above))
	}
	if below > 0 {
		hidden = append(hidden, fmt.Sprintf("%s %d", r.Glyphs.Down, below))
	}
	right := ""
	if len(hidden) > 0 {
		right = r.Soft(strings.Join(hidden, " ")+" more") + strings.Repeat(" ", style.Margin(cells))
	}
	left := ""
	switch {
	case r.note != "":
		left = r.Heading(style.Visible(r.note))
	case r.player != nil:
		left = style.RowMargin + r.Soft("Plays on its own. Any key takes over.")
	}
	if !r.unframed() {
		cells = min(cells, style.Readable)
	}
	return r.Spread(left, right, cells)
}

// scrollBy moves the page by a key that no screen wanted.
func (r *router) scrollBy(key string) {
	step := map[string]int{"up": -1, "down": 1, "pgup": 3 - r.height/2, "pgdown": r.height/2 - 3, "home": -1 << 20, "end": 1 << 20}[key]
	if step != 0 {
		r.scroll, r.moved = max(0, r.scroll+step), true
	}
}

// stepper is the row of the sections. After the last section it is the chain's row, if there is no chain panel.
func (r *router) stepper() string {
	if end := r.finish(); end != nil && (r.width < style.WideWindow || r.top() == end) {
		c := r.chain()
		stops := screens.LinkStops(c)
		for i := 1 + r.Motion.Part(len(stops)-1); i < len(stops); i++ {
			stops[i].State = chain.Ahead
		}
		if r.top() == end {
			return r.Stepper(stops, c.Says, r.width)
		}
		return r.Stepper(stops, screens.StopSays(stops, c.Says), r.width)
	}
	var stops []style.Stop
	for i, s := range r.walk {
		if of := screens.SectionOf(s); of != nil {
			name := of.Info.Short
			if r.width < style.WideWindow && r.width >= style.WideEnough {
				name, _, _ = strings.Cut(name, " ")
			}
			stops = append(stops, style.Stop{Name: name, State: screens.SectionStates[of.Phase], Here: i == r.at})
		}
	}
	return r.Stepper(stops, "", r.width)
}

// finish is the last screen, once its section is done; nil: it is not, or not there.
func (r *router) finish() screen.Screen {
	if s, ok := r.walk[r.at].(*screens.Snippet); ok && s.Reached() && s.Form == nil {
		return s
	}
	return nil
}

// chain is what is known of the chain by now.
func (r *router) chain() *chain.Chain {
	c := chain.New()
	c.Link(chain.Page).Detail = r.PageHost()
	c.Says = "each sign-in passes through it"
	for i, s := range r.walk {
		if of := screens.SectionOf(s); of != nil {
			of.Links(c, i == r.at)
		}
	}
	for _, s := range []screen.Screen{r.walk[r.at], r.top()} {
		if s, ok := s.(chained); ok {
			s.FillChain(c)
		}
	}
	return c
}

// chained is a screen that knows more of the chain than the sections do.
type chained interface{ FillChain(*chain.Chain) }
