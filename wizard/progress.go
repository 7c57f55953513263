package wizard

import (
	"fmt"
	"time"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps"
)

// row is one change and how far it has come.
type row struct {
	change steps.Change
	begun  bool
	event  steps.Event // the last one
	since  time.Time   // when it began
	over   bool        // carried out, or found in place
}

// progress is the rows of one run.
type progress []row

func newProgress(changes []steps.Change) progress {
	rows := make(progress, len(changes))
	for i, c := range changes {
		rows[i] = row{change: c, over: c.Verb == steps.Reuse}
	}
	return rows
}

// take notes an event. One that the plan did not foresee becomes a row of its own.
func (p *progress) take(ev steps.Event) {
	for i := range *p {
		if r := &(*p)[i]; sameChange(r.change, ev.Change) {
			r.take(ev)
			return
		}
	}
	r := row{change: ev.Change}
	r.take(ev)
	*p = append(*p, r)
}

func (r *row) take(ev steps.Event) {
	if !r.begun {
		r.begun, r.since = true, time.Now()
	}
	r.event = ev
	r.over = ev.Phase == steps.Finished
}

func sameChange(a, b steps.Change) bool {
	return a.Verb == b.Verb && a.Kind == b.Kind && a.Name == b.Name && (a.Step == b.Step || a.Step == "" || b.Step == "")
}

// finish marks all as carried out, also what no event was told of.
func (p progress) finish() {
	for i := range p {
		p[i].over = true
	}
}

// active is the row that is worked on, or the last.
func (p progress) active() int {
	for i, r := range p {
		if r.begun && !r.over {
			return i
		}
	}
	return max(0, len(p)-1)
}

// draw shows each change with its mark, and at the right how long it took or has left.
func (p progress) draw(w *world, width int, now time.Time) []string {
	changes := make([]steps.Change, len(p))
	for i, r := range p {
		changes[i] = r.change
	}
	cols := w.changeColumns(changes, width-9)
	var lines []string
	for _, r := range p {
		mark, paint, text, right := w.rowState(r, now)
		if r.waits() {
			lines = append(lines, w.waitingRow(r, cols, paint(w.column(mark, w.markWidth())), text, right, width-2))
			continue
		}
		left := "   " + paint(w.column(mark, w.markWidth())) + " " + cols.line(w, r.change, text)
		lines = append(lines, w.spread(left, w.theme.dim.Render(right), width-2))
	}
	return lines
}

func (r row) waits() bool { return r.begun && !r.over && r.event.Phase == steps.Waiting }

// waitingRow says what is awaited and for how long. Where there is no room for all, the name goes.
func (w *world) waitingRow(r row, c columns, mark, text, clock string, cells int) string {
	left := "   " + mark + " " + w.column(r.change.Kind, c.kind) + "  " + visible(r.change.Name)
	right := text + "  " + clock
	if ansi.StringWidth(left+right)+2 > cells {
		left, right = "   "+mark+" "+visible(r.change.Kind)+"  "+text, clock
	}
	return w.spread(left, w.theme.dim.Render(right), cells)
}

// rowState says how a row stands.
func (w *world) rowState(r row, now time.Time) (mark string, paint func(...string) string, text, right string) {
	plain := w.theme.dim.Render
	if r.over {
		if r.change.Verb == steps.Reuse {
			return w.glyphs.reuse, plain, r.change.Why, ""
		}
		if r.begun {
			right = clock(r.event.Elapsed)
		}
		return w.glyphs.ok, w.theme.good.Render, "", right
	}
	if !r.begun {
		return w.verbMark(r.change.Verb), plain, r.change.Why, ""
	}
	took := now.Sub(r.since)
	switch {
	case r.event.Phase == steps.Failed:
		return w.glyphs.bad, w.theme.bad.Render, r.change.Why, clock(r.event.Elapsed)
	case r.event.Phase == steps.Waiting:
		right = seconds(took) + " of " + seconds(r.event.Limit)
		return w.spin(took), w.theme.accent.Render, waitText(r.event), right
	case took < patience:
		return w.verbMark(r.change.Verb), w.theme.accent.Render, r.change.Why, ""
	default:
		return w.spin(took), w.theme.accent.Render, r.change.Why, w.running(took)
	}
}

func waitText(ev steps.Event) string {
	if ev.Text == "" {
		return "waiting"
	}
	return "waiting for " + ev.Text
}

func seconds(d time.Duration) string { return fmt.Sprintf("%d s", int(d.Seconds())) }

func (w *world) verbMark(v steps.Verb) string {
	switch v {
	case steps.Create:
		return w.glyphs.create
	case steps.Update:
		return w.glyphs.update
	case steps.Reuse:
		return w.glyphs.reuse
	default:
		return w.glyphs.wait
	}
}

func (w *world) markWidth() int { return ansi.StringWidth(w.glyphs.ok) }
