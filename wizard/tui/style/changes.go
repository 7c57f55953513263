package style

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/engine"
)

// Columns are the widths in which the changes of one plan line up.
type Columns struct{ Kind, name, Why int }

// ChangeColumns shares so many cells, mark left out, among kind, name and reason. Where it is narrow the
// reason goes: it is read on the page that why opens.
func (p *Pen) ChangeColumns(changes []engine.Change, width int) Columns {
	var c Columns
	room := max(4, width-5-p.MarkWidth())
	for _, ch := range changes {
		c.Kind = max(c.Kind, ansi.StringWidth(string(ch.Kind)))
		c.name = max(c.name, ansi.StringWidth(Visible(ch.Name)))
	}
	c.Kind = min(c.Kind, room/2)
	c.name = min(c.name, room-c.Kind-2)
	if c.Why = room - c.Kind - c.name - 4; c.Why < 10 {
		c.name = max(1, room-c.Kind-2)
		c.Why = 0
	}
	return c
}

// ChangeLine is a change without its mark.
func (p *Pen) ChangeLine(c Columns, ch engine.Change, why string) string {
	text := p.Column(string(ch.Kind), c.Kind) + "  " + p.Column(ch.Name, c.name)
	if c.Why > 0 && why != "" {
		text += "  " + p.Soft(p.Fit(why, c.Why))
	}
	return strings.TrimRight(text, " ")
}

// VerbSign is the mark of what becomes of a thing.
func (p *Pen) VerbSign(v engine.Verb) Sign {
	switch v {
	case engine.Create:
		return Sign{p.Glyphs.create, p.Theme.Good}
	case engine.Update:
		return Sign{p.Glyphs.Update, p.Theme.Look}
	default:
		return Sign{p.Glyphs.reuse, p.Theme.Soft}
	}
}

// ChangeRows list what a plan would do.
func (p *Pen) ChangeRows(changes []engine.Change, width int) []string {
	cols := p.ChangeColumns(changes, width)
	rows := make([]string, 0, len(changes))
	for _, ch := range changes {
		rows = append(rows, RowMargin+p.ChangeRow(cols, ch))
	}
	return rows
}

// ChangeRow is a change with its mark.
func (p *Pen) ChangeRow(c Columns, ch engine.Change) string {
	line := p.ChangeLine(c, ch, ch.Why)
	if ch.Verb == engine.Reuse {
		line = p.Soft(ansi.Strip(line))
	}
	return p.DrawSign(p.VerbSign(ch.Verb)) + " " + line
}
