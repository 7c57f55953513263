package style

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/engine"
)

// Columns are the widths in which the changes of one plan line up.
type Columns struct{ Kind, name, Why int }

// ChangeColumns shares so many cells, mark left out, among kind, name and reason. Where it is narrow the
// reason goes: it is read on the page that why opens. The kind is never cut.
func (p *Pen) ChangeColumns(changes []engine.Change, width int) Columns {
	var c Columns
	room := max(4, width-5-p.MarkWidth())
	for _, ch := range changes {
		c.Kind = max(c.Kind, ansi.StringWidth(string(ch.Kind)))
		c.name = max(c.name, ansi.StringWidth(Visible(ch.Kind.Shown(ch.Name))))
	}
	c.name = max(0, min(c.name, room-c.Kind-2))
	if c.Why = room - c.Kind - c.name - 4; c.Why < 10 {
		c.name = max(0, room-c.Kind-2)
		c.Why = 0
	}
	return c
}

// ChangeLine is a change without its mark. A reason that does not fit is left out, not cut.
func (p *Pen) ChangeLine(c Columns, ch engine.Change, why string) string {
	name := p.Fit(ch.Kind.Shown(ch.Name), c.name)
	text := p.Soft(p.Fit(string(ch.Kind), c.Kind)) + strings.Repeat(" ", max(0, c.Kind-ansi.StringWidth(string(ch.Kind)))+2) + p.Theme.Value.Render(name)
	if why != "" && ansi.StringWidth(Visible(why)) <= c.Why {
		text += strings.Repeat(" ", max(0, c.name-ansi.StringWidth(name))+2) + p.Soft(Visible(why))
	}
	return text
}

// VerbSign is the mark of what becomes of a thing.
func (p *Pen) VerbSign(v engine.Verb) Sign {
	return map[engine.Verb]Sign{
		engine.Create: {p.Glyphs.create, p.Theme.Accent}, engine.Update: {p.Glyphs.Update, p.Theme.Warning}, engine.Reuse: {p.Glyphs.reuse, p.Theme.Soft},
		engine.Remove: {p.Glyphs.Delete, p.Theme.Bad},
	}[v]
}

// Writes are the changes that write.
func Writes(changes []engine.Change) []engine.Change {
	return slices.DeleteFunc(slices.Clone(changes), func(c engine.Change) bool { return !c.Writes() })
}

// Counted says how much the changes create and change; empty: nothing.
func Counted(changes []engine.Change) string {
	var parts []string
	for _, of := range []struct {
		verb engine.Verb
		does string
	}{{engine.Create, "create"}, {engine.Update, "change"}, {engine.Remove, "delete"}} {
		n := 0
		for _, c := range changes {
			if c.Verb == of.verb {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d to %s", n, of.does))
		}
	}
	return strings.Join(parts, ", ")
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
