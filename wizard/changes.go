package wizard

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/engine"
)

// columns are the widths in which the changes of one plan line up.
type columns struct{ kind, name, why int }

// changeColumns shares so many cells, mark left out, among kind, name and reason. Where it is narrow the
// reason goes: it is read on the page that why opens.
func (w *world) changeColumns(changes []engine.Change, width int) columns {
	var c columns
	room := max(4, width-5-w.markWidth())
	for _, ch := range changes {
		c.kind = max(c.kind, ansi.StringWidth(string(ch.Kind)))
		c.name = max(c.name, ansi.StringWidth(visible(ch.Name)))
	}
	c.kind = min(c.kind, room/2)
	c.name = min(c.name, room-c.kind-2)
	if c.why = room - c.kind - c.name - 4; c.why < 10 {
		c.name = max(1, room-c.kind-2)
		c.why = 0
	}
	return c
}

// line is a change without its mark.
func (c columns) line(w *world, ch engine.Change, why string) string {
	text := w.column(string(ch.Kind), c.kind) + "  " + w.column(ch.Name, c.name)
	if c.why > 0 && why != "" {
		text += "  " + w.theme.dim.Render(w.fit(why, c.why))
	}
	return strings.TrimRight(text, " ")
}

// verbSign is the mark of what becomes of a thing.
func (w *world) verbSign(v engine.Verb) sign {
	switch v {
	case engine.Create:
		return sign{w.glyphs.create, w.theme.good}
	case engine.Update:
		return sign{w.glyphs.update, w.theme.look}
	default:
		return sign{w.glyphs.reuse, w.theme.dim}
	}
}

// changeRows list what a plan would do.
func (w *world) changeRows(changes []engine.Change, width int) []string {
	cols := w.changeColumns(changes, width)
	rows := make([]string, 0, len(changes))
	for _, ch := range changes {
		line := cols.line(w, ch, ch.Why)
		if ch.Verb == engine.Reuse {
			line = w.theme.dim.Render(ansi.Strip(line))
		}
		rows = append(rows, rowMargin+w.drawSign(w.verbSign(ch.Verb))+" "+line)
	}
	return rows
}
