package wizard

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// narrow is the width under which a field is drawn under its label, not beside it.
const narrow = 56

// draw adds the form to the page and keeps the focused field in sight.
func (f *form) draw(p *page, width, height int) {
	label := 0
	for _, row := range f.rows {
		label = max(label, ansi.StringWidth(row.question.Label))
	}
	indent := label + 5
	if width < narrow {
		label, indent = width-5, 5
	}
	for i, row := range f.rows {
		from := len(p.lines)
		if i == f.at {
			f.drawFocused(p, row, label, indent, width, height)
			p.focus, p.focusEnd = from, len(p.lines)
			continue
		}
		f.drawRow(p, row, label, indent, width)
	}
}

func (f *form) drawRow(p *page, row *formRow, label, indent, width int) {
	value := row.field.summary()
	room := width - indent - 1
	if width < narrow {
		room = width / 2
		name := f.column(row.question.Label, width-room-6)
		p.add("   " + f.theme.dim.Render(name) + "  " + f.fit(bareIfLong(value, room), room))
	} else {
		p.add("   " + f.theme.dim.Render(f.column(row.question.Label, label)) + "  " + f.fit(bareIfLong(value, room), room))
	}
	f.drawRemarks(p, row, indent, width)
}

func (f *form) drawFocused(p *page, row *formRow, label, indent, width, height int) {
	name := " " + f.theme.accent.Render(f.glyphs.cursor) + " " + f.theme.strong.Render(f.column(row.question.Label, label))
	lines := row.field.draw(width-indent-1, height)
	pad := strings.Repeat(" ", indent)
	if width < narrow {
		p.add(name)
	} else {
		p.add(name + "  " + lines[0])
		lines = lines[1:]
	}
	for _, line := range lines {
		p.add(pad + line)
	}
	f.drawRemarks(p, row, indent, width)
	p.add(f.dimLines(wrap(row.question.Help, min(width-1, indent+76), pad))...)
}

// drawRemarks adds what is wrong with a value, or what was changed in it.
func (f *form) drawRemarks(p *page, row *formRow, indent, width int) {
	pad := strings.Repeat(" ", indent)
	if row.problem != "" {
		for i, line := range wrap(row.problem, width-1, pad+"  ") {
			mark := "  "
			if i == 0 {
				mark = f.theme.bad.Render(f.column(f.glyphs.bad, 2))
			}
			p.add(pad + mark + line[len(pad)+2:])
		}
	}
	if row.note != "" {
		p.add(f.dimLines(wrap(row.note, width-1, pad))...)
	}
}
