package wizard

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps"
)

// listRows is how many options are shown at once.
const listRows = 6

// optionLines draws the options round the cursor, each after its mark, the notes lined up.
func (w *world) optionLines(list []steps.Option, at, width int, mark func(steps.Option) string) []string {
	first := clampTo(at-listRows/2, len(list)-listRows)
	shown := list[first:min(len(list), first+listRows)]
	label := 0
	for _, o := range shown {
		label = max(label, ansi.StringWidth(visible(o.Label)))
	}
	room := width - ansi.StringWidth(mark(steps.Option{})) - 1
	if label = min(label, room); label > room-12 && room > 40 {
		label = min(label, room*2/3)
	}
	var lines []string
	for i, o := range shown {
		text := w.column(o.Label, label)
		if first+i == at {
			text = w.theme.accent.Render(text)
		}
		line := mark(o) + " " + text
		if rest := room - label - 2; rest > 4 && o.Note != "" {
			line += "  " + w.theme.dim.Render(w.fit(o.Note, rest))
		}
		lines = append(lines, line)
	}
	if len(list) > listRows {
		lines = append(lines, w.theme.dim.Render(w.fit(fmt.Sprintf("%d of %d; type to filter", at+1, len(list)), width)))
	}
	return lines
}

func (f *pickField) draw(width, _ int) []string {
	f.filter.SetWidth(max(1, width-1))
	lines := []string{f.filter.View()}
	mark := func(o steps.Option) string {
		on := false
		for _, v := range f.chosen {
			on = on || v == o.Value
		}
		if f.many() {
			return tern(on, f.glyphs.check, f.glyphs.none)
		}
		return tern(on || o.Value == "" && len(f.chosen) == 0, f.glyphs.on, f.glyphs.off)
	}
	lines = append(lines, f.optionLines(f.rows, f.at, width, mark)...)
	switch {
	case f.busy:
		lines = append(lines, f.theme.dim.Render(f.fit("Reading what your org has.", width)))
	case f.problem != "":
		lines = append(lines, f.theme.look.Render(f.fit(f.glyphs.look+" "+f.problem, width)))
	case len(f.rows) == 0:
		lines = append(lines, f.theme.dim.Render(f.fit("Nothing there by that name.", width)))
	}
	if f.many() {
		lines = append(lines, f.theme.dim.Render(fmt.Sprintf("%d chosen", len(f.chosen))))
	}
	return lines
}

func (f *pickField) hints() []hint {
	if f.many() {
		return []hint{{"space", "choose"}}
	}
	return []hint{{f.glyphs.arrows, "choose"}}
}
