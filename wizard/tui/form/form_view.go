package form

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// labelCells is the least width of the labels, with the blanks behind them.
const labelCells = 17

// Draw adds the form to the page and keeps the focused field in sight.
func (f *Form) Draw(p *style.Page, width, height int) {
	label := max(labelCells-2, style.Widest(f.Rows, func(r *Row) string { return r.Question.Label }))
	for i, row := range f.Rows {
		if i != f.at {
			f.drawRow(p, row, label, width)
			continue
		}
		if i > 0 && height >= style.Roomy {
			p.Add("")
		}
		from := len(p.Lines)
		f.DrawFocused(p, row, label, width, height)
		if p.See(from); i < len(f.Rows)-1 && height >= style.Roomy {
			p.Add("")
		}
	}
	focus := p.Focus
	p.Focus = p.Tighten(height, focus)
	p.FocusEnd -= focus - p.Focus
}

// Position says which of the questions has the keys.
func (f *Form) Position(width int) string {
	return screen.Tern(width < style.Narrow, "", "question ") + fmt.Sprintf("%d of %d", f.at+1, len(f.Rows))
}

// drawRow draws a row without the keys: its value, and where it comes from if there is room for that.
func (f *Form) drawRow(p *style.Page, row *Row, label, width int) {
	indent := label + 4
	room := width - indent - 1
	if width < style.Narrow {
		room = width / 2
		label = width - room - 6
		indent = 5
	}
	value, source := row.Field.Summary(), f.source(row)
	if source != "" {
		source = f.Soft(source)
	}
	if width < style.Narrow || ansi.StringWidth(style.Visible(value))+ansi.StringWidth(source)+2 > room {
		source = ""
	}
	left := style.RowMargin + f.Soft(f.Column(row.Question.Label, label)) + "  " + f.Theme.Ink.Render(f.Fit(value, room))
	p.Add(f.Spread(left, source, width-1))
	f.drawRemarks(p, row, indent, width)
}

// source is where the row's value comes from.
func (f *Form) source(row *Row) string {
	answer := f.Shown().Get(row.Question.Key)
	if _, changed := row.Field.Value(); changed {
		return guide.FromUser.String()
	}
	if !answer.Given {
		return ""
	}
	return answer.From.String()
}

// DrawFocused draws the row that has the keys. Its label has the cursor, unless one of its options has it. Where there is
// room, a rule is below what is typed.
func (f *Form) DrawFocused(p *style.Page, row *Row, label, width, height int) {
	_, typed := row.Field.(*textField)
	_, chosen := row.Field.(*choiceField)
	indent := label + 2
	if width < style.Narrow {
		label, indent = width-5, 0
	}
	cells := width - indent - 3
	lines := row.Field.Draw(cells, height)
	if height >= style.Roomy && !chosen {
		paint := f.Theme.Accent
		if row.Problem != "" {
			paint = f.Theme.Bad
		}
		lines = slices.Insert(lines, 1, style.RowMargin+paint.Render(strings.Repeat("─", cells)))
	}
	name := screen.Tern(typed, f.Cursor(), style.RowMargin) + f.Theme.Strong.Render(f.Column(row.Question.Label, label))
	if indent == 0 {
		p.Add(name)
	} else {
		p.Add(name + lines[0])
		lines = lines[1:]
	}
	pad := strings.Repeat(" ", indent)
	for _, line := range lines {
		p.Add(pad + line)
	}
	f.drawRemarks(p, row, indent+2, width)
	for _, line := range style.Wrap(row.Question.Help, min(width-1, indent+76), pad+style.RowMargin) {
		p.Add(f.Theme.Hint.Render(line))
	}
}

// drawRemarks adds what is wrong with a value, or what was changed in it.
func (f *Form) drawRemarks(p *style.Page, row *Row, indent, width int) {
	pad := strings.Repeat(" ", indent)
	if row.Problem != "" {
		for i, line := range style.Wrap(row.Problem, width-1, pad+"  ") {
			mark := "  "
			if i == 0 {
				mark = f.Column(f.Glyphs.Bad, 2)
			}
			p.Add(pad + f.Theme.Bad.Render(mark+line[len(pad)+2:]))
		}
	}
	if row.Note != "" {
		p.Add(f.SoftLines(style.Wrap(row.Note, width-1, pad))...)
	}
}
