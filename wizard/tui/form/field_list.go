package form

import (
	"slices"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// listRows is how many options are shown at once, where there is room for them.
const listRows = 6

// optionList draws the options round the cursor.
type optionList struct {
	*screen.World
	all    []guide.Option
	at     int
	chosen []string
	many   bool   // check boxes, not radio buttons
	match  string // in small letters: what is underlined
}

// draw has a line for each option that there is room for, with the notes lined up. A note that does not fit is left out.
func (l optionList) draw(cells, rows int) []string {
	rows = max(1, min(listRows, rows))
	first := style.ClampTo(l.at-rows/2, len(l.all)-rows)
	shown := l.all[first:min(len(l.all), first+rows)]
	room := cells - ansi.StringWidth(l.Glyphs.Check) - 1
	label := min(room, style.Widest(shown, func(o guide.Option) string { return style.Visible(o.Label) }))
	lines := make([]string, len(shown))
	for i, o := range shown {
		margin, paint := style.RowMargin, l.Theme.Ink
		if first+i == l.at {
			margin, paint = l.Cursor(), l.Theme.Strong
		}
		lines[i] = margin + l.mark(o) + " " + l.underlined(l.Column(o.Label, label), paint)
		if note := style.Visible(o.Note); ansi.StringWidth(note) <= room-label-2 {
			lines[i] += "  " + l.Soft(note)
		}
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// mark is the box or the button of an option. An empty option is chosen where no other is.
func (l optionList) mark(o guide.Option) string {
	on := slices.Contains(l.chosen, o.Value) || o.Value == "" && len(l.chosen) == 0
	glyph := screen.Tern(l.many, screen.Tern(on, l.Glyphs.Check, l.Glyphs.None), screen.Tern(on, l.Glyphs.On, l.Glyphs.Off))
	if on && !o.Locked {
		return l.Theme.Accent.Render(glyph)
	}
	return l.Soft(glyph)
}

// underlined paints a text, of which what matches is underlined.
func (l optionList) underlined(text string, paint lipgloss.Style) string {
	lower := strings.ToLower(text)
	at := strings.Index(lower, l.match)
	if l.match == "" || at < 0 || len(lower) != len(text) {
		return paint.Render(text)
	}
	to := at + len(l.match) // Lip Gloss would underline each character by itself
	return paint.Render(text[:at]) + l.Theme.Accent.Render(ansi.NewStyle().Underline(true).Styled(text[at:to])) + paint.Render(text[to:])
}

// Draw implements field.
func (f *PickField) Draw(cells, height int) []string {
	list := optionList{World: f.World, all: f.Rows, at: f.At, chosen: f.Chosen, many: f.many(), match: strings.ToLower(f.Text())}
	rows := list.draw(cells, height-4) // the question, what is typed with its rule, and how many are chosen
	count := ""
	if len(f.Rows) > len(rows) {
		count = f.Soft(grouped(f.At+1) + " of " + grouped(len(f.Rows)))
	}
	room := cells - ansi.StringWidth(count) - 3
	input := f.InputView(f.filter, room)
	if f.offered {
		input = f.Theme.Strong.Reverse(true).Render(f.Fit(f.question.Join(f.Initial), room)) + screen.Caret
	}
	lines := append([]string{style.RowMargin + f.Spread(input, count, cells)}, rows...)
	say := func(paint lipgloss.Style, text string) {
		lines = append(lines, style.RowMargin+paint.Render(f.Fit(text, cells)))
	}
	switch {
	case f.busy:
		say(f.Theme.Soft, "Reading your org")
	case f.problem != "":
		say(f.Theme.Warning, f.Glyphs.Warning+" "+f.problem)
	case len(f.Rows) == 0:
		say(f.Theme.Soft, "No match")
	}
	if f.many() {
		paint := f.Theme.Soft
		if len(f.Chosen) > 0 {
			paint = f.Theme.Good
		}
		say(paint, grouped(len(f.Chosen))+" chosen")
	}
	return lines
}

// grouped writes a number with a comma between thousands.
func grouped(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// Hints are the keys of the field.
func (f *PickField) Hints() []style.Hint {
	return style.Hints(screen.Tern(f.many(), "space", f.Glyphs.Arrows) + " choose")
}
