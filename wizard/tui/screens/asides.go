package screens

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// KeysPage lists every key of the screen under it.
type KeysPage struct {
	screen.Aside
	under []style.Hint
	cells int // of the widest key
	whole int // of the widest key with its words
}

// everywhere are the keys that every screen has.
var everywhere = style.Hints("ctrl+c quit now", "ctrl+z pause", "pgdown scroll")

// NewKeysPage lists the keys of a screen and those that work everywhere.
func NewKeysPage(w *screen.World, under []style.Hint) *KeysPage {
	k := &KeysPage{Aside: screen.Aside{World: w}}
	for _, h := range slices.Concat(under, everywhere) {
		if i := slices.IndexFunc(k.under, func(o style.Hint) bool { return o.Does == h.Does }); i >= 0 {
			k.under[i].Key += ", " + h.Key // two keys for one thing
		} else {
			k.under = append(k.under, h)
		}
	}
	k.cells = style.Widest(k.under, func(h style.Hint) string { return h.Key })
	k.whole = k.cells + 4 + style.Widest(k.under, func(h style.Hint) string { return h.Does })
	return k
}

// Key closes the page, but for the keys that scroll it.
func (k *KeysPage) Key(msg tea.KeyPressMsg) screen.Action {
	if slices.Contains([]string{"up", "down", "pgup", "pgdown", "home", "end"}, msg.String()) {
		return screen.Pass{}
	}
	return screen.Back{}
}

// Hints implements screen.Screen.
func (k *KeysPage) Hints() []style.Hint { return style.Hints("esc close") }

// Page implements screen.Screen.
func (k *KeysPage) Page(width, height int) style.Page {
	return style.Page{Lines: append([]string{k.Heading("Keys"), ""}, k.list(width, height-2)...)}
}

// columns are as many as the height takes, if no word is cut then. Otherwise the list is longer, and scrolls.
func (k *KeysPage) columns(width, height int) int {
	height = max(1, height)
	return max(1, min((len(k.under)+height-1)/height, (width-2)/k.whole))
}

func (k *KeysPage) list(width, height int) []string {
	columns := k.columns(width, height)
	lines := make([]string, (len(k.under)+columns-1)/columns)
	for i, h := range k.under {
		text := k.Fit(h.Does, (width-2)/columns-k.cells-4)
		cell := style.RowMargin + k.Theme.Accent.Render(k.Column(h.Key, k.cells)) + "  " + k.Theme.Ink.Render(text)
		lines[i%len(lines)] += cell + strings.Repeat(" ", max(0, (width-2)/columns-ansi.StringWidth(cell)))
	}
	return lines
}

// inside is the width of the box in a window of that size, and how high its list may be.
func (k *KeysPage) inside(width, height int) (cells, rows int) {
	rows = height - 8
	return max(44, k.columns(width-4, rows)*k.whole+2), rows
}

// Fits reports whether the box has room for all keys.
func (k *KeysPage) Fits(width, height int) bool {
	cells, rows := k.inside(width, height)
	return cells <= width-4 && k.columns(cells, rows)*rows >= len(k.under)
}

// Overlay draws the keys in a box over the lines of a screen.
func (k *KeysPage) Overlay(lines []string, width int) {
	inside, rows := k.inside(width, len(lines))
	list := append([]string{k.Heading("Keys"), ""}, k.list(inside, rows)...)
	top, left := max(1, (len(lines)-len(list)-4)/2), (width-inside-2)/2
	bar := strings.Repeat("─", inside)
	box := []string{"╭" + bar + "╮", "╰" + bar + "╯"}
	for i := range lines {
		lines[i] = k.Theme.Ghost.Render(ansi.Strip(lines[i]))
	}
	edge := k.Theme.Accent.Render("│")
	for i := range len(list) + 4 {
		row := edge + strings.Repeat(" ", inside) + edge
		switch at := i - 2; {
		case i == 0:
			row = k.Theme.Accent.Render(box[0])
		case i == len(list)+3:
			row = k.Theme.Accent.Render(box[1])
		case at >= 0 && at < len(list):
			row = edge + list[at] + strings.Repeat(" ", max(0, inside-ansi.StringWidth(list[at]))) + edge
		}
		under := lines[top+i]
		rest := width - left - inside - 2
		lines[top+i] = ansi.Truncate(under+strings.Repeat(" ", width), left, "") + row + ansi.Cut(under+strings.Repeat(" ", width), width-rest, width)
	}
}

// Typing reports whether letters are typed.
func (s *Section) Typing() bool {
	return s.Form != nil || len(s.prompts) > 0 && s.prompts[0].Ask != "" || s.Task.Typing()
}

// Typing reports whether letters are typed.
func (s *Review) Typing() bool { return s.edit != nil || s.Task.Typing() }
func (s *signIn) Typing() bool { return !s.over() }

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
	p := style.Page{Lines: []string{s.Heading("Why: " + s.section.Title)}}
	add := func(block ...string) { p.Add(append([]string{""}, block...)...) }
	add(style.Wrap(s.section.Why, cells, "  ")...)
	add(s.Drawing(s.section.ID, cells)...)
	for _, more := range s.section.More {
		add(style.Wrap(more, cells, "  ")...)
	}
	add(append([]string{s.Heading("Manual setup")}, style.Wrap(s.section.ConsolePath, cells, "  ")...)...)
	add(s.Heading("To read") + s.Soft("  o opens the first"))
	for _, doc := range s.section.Docs {
		p.Add(style.Wrap(doc.Title, cells, "  ")...)
		p.Add(s.SoftLines(screen.Whole(doc.URL, width))...)
	}
	return p
}

func (s *why) Hints() []style.Hint {
	return style.Hints("esc back", s.Glyphs.Arrows+" scroll", "o open the vendor's page")
}
