package form

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// listRows is how many options are shown at once, where there is room for them.
const listRows = 6

// optionLines draws the options round the cursor, each after its mark, the notes lined up. Rows is
// how many there is room for.
func optionLines(w *screen.World, list []guide.Option, at, width, rows int, mark func(guide.Option) string) []string {
	rows = max(1, min(listRows, rows))
	first := style.ClampTo(at-rows/2, len(list)-rows)
	shown := list[first:min(len(list), first+rows)]
	label := style.Widest(shown, func(o guide.Option) string { return style.Visible(o.Label) })
	room := width - ansi.StringWidth(mark(guide.Option{})) - 1
	if label = min(label, room); label > room-12 && room > 40 {
		label = min(label, room*2/3)
	}
	var lines []string
	for i, o := range shown {
		text := w.Column(o.Label, label)
		if first+i == at {
			text = w.Theme.Accent.Render(text)
		}
		line := mark(o) + " " + text
		if rest := room - label - 2; rest > 4 && o.Note != "" {
			line += "  " + w.Soft(w.Fit(o.Note, rest))
		}
		lines = append(lines, line)
	}
	return lines
}

// Draw draws the field and its options.
func (f *PickField) Draw(width, height int) []string {
	lines := []string{f.InputView(&f.filter, width-1)}
	mark := func(o guide.Option) string {
		on := false
		for _, v := range f.Chosen {
			on = on || v == o.Value
		}
		if f.many() {
			return screen.Tern(on, f.Glyphs.Check, f.Glyphs.None)
		}
		return screen.Tern(on || o.Value == "" && len(f.Chosen) == 0, f.Glyphs.On, f.Glyphs.Off)
	}
	rows := optionLines(f.World, f.Rows, f.At, width, height-3, mark) // the question, what is typed, and how many there are
	if lines = append(lines, rows...); len(f.Rows) > len(rows) {
		lines = append(lines, f.Soft(f.Fit(fmt.Sprintf("%d of %d; type to filter", f.At+1, len(f.Rows)), width)))
	}
	switch {
	case f.busy:
		lines = append(lines, f.Soft(f.Fit("Reading your org", width)))
	case f.problem != "":
		lines = append(lines, f.Theme.Look.Render(f.Fit(f.Glyphs.Look+" "+f.problem, width)))
	case len(f.Rows) == 0:
		lines = append(lines, f.Soft(f.Fit("No match", width)))
	}
	if f.many() {
		lines = append(lines, f.Soft(fmt.Sprintf("%d chosen", len(f.Chosen))))
	}
	return lines
}

// Hints are the keys of the field.
func (f *PickField) Hints() []style.Hint {
	return style.Hints(screen.Tern(f.many(), "space", f.Glyphs.Arrows) + " choose")
}
