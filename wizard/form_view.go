package wizard

import (
	"strings"

	"msgsso-wizard/wizard/tui/style"
)

// draw adds the form to the page and keeps the focused field in sight.
func (f *form) draw(p *style.Page, width, height int) {
	label := style.Widest(f.rows, func(r *formRow) string { return r.question.Label })
	indent := label + 5
	if width < style.Narrow {
		label, indent = width-5, 5
	}
	for i, row := range f.rows {
		from := len(p.Lines)
		if i == f.at {
			f.drawFocused(p, row, label, indent, width, height)
			p.Focus, p.FocusEnd = from, len(p.Lines)
			continue
		}
		f.drawRow(p, row, label, indent, width)
	}
}

func (f *form) drawRow(p *style.Page, row *formRow, label, indent, width int) {
	room := width - indent - 1
	if width < style.Narrow {
		room = width / 2
		label = width - room - 6
	}
	value := f.Fit(style.BareIfLong(row.field.summary(), room), room)
	p.Add(style.RowMargin + f.Soft(f.Column(row.question.Label, label)) + "  " + value)
	f.drawRemarks(p, row, indent, width)
}

func (f *form) drawFocused(p *style.Page, row *formRow, label, indent, width, height int) {
	name := f.Cursor() + f.Theme.Strong.Render(f.Column(row.question.Label, label))
	lines := row.field.draw(width-indent-1, height)
	pad := strings.Repeat(" ", indent)
	if width < style.Narrow {
		p.Add(name)
	} else {
		p.Add(name + "  " + lines[0])
		lines = lines[1:]
	}
	for _, line := range lines {
		p.Add(pad + line)
	}
	f.drawRemarks(p, row, indent, width)
	p.Add(f.SoftLines(style.Wrap(row.question.Help, min(width-1, indent+76), pad))...)
}

// drawRemarks adds what is wrong with a value, or what was changed in it.
func (f *form) drawRemarks(p *style.Page, row *formRow, indent, width int) {
	pad := strings.Repeat(" ", indent)
	if row.problem != "" {
		for i, line := range style.Wrap(row.problem, width-1, pad+"  ") {
			mark := "  "
			if i == 0 {
				mark = f.Theme.Bad.Render(f.Column(f.Glyphs.Bad, 2))
			}
			p.Add(pad + mark + line[len(pad)+2:])
		}
	}
	if row.note != "" {
		p.Add(f.SoftLines(style.Wrap(row.note, width-1, pad))...)
	}
}
