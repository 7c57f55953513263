package form

import (
	"strings"

	"msgsso-wizard/wizard/tui/style"
)

// Draw adds the form to the page and keeps the focused field in sight.
func (f *Form) Draw(p *style.Page, width, height int) {
	label := style.Widest(f.Rows, func(r *Row) string { return r.Question.Label })
	indent := label + 5
	if width < style.Narrow {
		label, indent = width-5, 5
	}
	for i, row := range f.Rows {
		from := len(p.Lines)
		if i == f.at {
			f.DrawFocused(p, row, label, indent, width, height)
			p.Focus, p.FocusEnd = from, len(p.Lines)
			continue
		}
		f.drawRow(p, row, label, indent, width)
	}
}

func (f *Form) drawRow(p *style.Page, row *Row, label, indent, width int) {
	room := width - indent - 1
	if width < style.Narrow {
		room = width / 2
		label = width - room - 6
	}
	value := f.Fit(row.Field.Summary(), room)
	p.Add(style.RowMargin + f.Soft(f.Column(row.Question.Label, label)) + "  " + value)
	f.drawRemarks(p, row, indent, width)
}

// DrawFocused draws the row that has the keys.
func (f *Form) DrawFocused(p *style.Page, row *Row, label, indent, width, height int) {
	name := f.Cursor() + f.Theme.Strong.Render(f.Column(row.Question.Label, label))
	lines := row.Field.Draw(width-indent-1, height)
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
	p.Add(f.SoftLines(style.Wrap(row.Question.Help, min(width-1, indent+76), pad))...)
}

// drawRemarks adds what is wrong with a value, or what was changed in it.
func (f *Form) drawRemarks(p *style.Page, row *Row, indent, width int) {
	pad := strings.Repeat(" ", indent)
	if row.Problem != "" {
		for i, line := range style.Wrap(row.Problem, width-1, pad+"  ") {
			mark := "  "
			if i == 0 {
				mark = f.Theme.Bad.Render(f.Column(f.Glyphs.Bad, 2))
			}
			p.Add(pad + mark + line[len(pad)+2:])
		}
	}
	if row.Note != "" {
		p.Add(f.SoftLines(style.Wrap(row.Note, width-1, pad))...)
	}
}
