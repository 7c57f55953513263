package screen

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/wizard/chain"
	"msgsso-wizard/wizard/tui/style"
)

// row is one change and how far it has come.
type row struct {
	Change engine.Change
	begun  bool
	event  engine.Event // the last one
	since  time.Time    // when it began
	over   bool         // carried out, or found in place
}

// progress is the rows of one run.
type progress []row

// NewProgress is the progress of changes that have not begun.
func NewProgress(changes []engine.Change) progress {
	rows := make(progress, len(changes))
	for i, c := range changes {
		rows[i] = row{Change: c, over: c.Verb == engine.Reuse}
	}
	return rows
}

// take notes an event. One that the plan did not foresee becomes another row.
func (p *progress) take(ev engine.Event) {
	for i := range *p {
		if r := &(*p)[i]; sameChange(r.Change, ev.Change) {
			r.take(ev)
			return
		}
	}
	r := row{Change: ev.Change}
	r.take(ev)
	*p = append(*p, r)
}

func (r *row) take(ev engine.Event) {
	if !r.begun {
		r.begun, r.since = true, time.Now()
	}
	r.event = ev
	r.over = ev.Phase == engine.Finished
}

func sameChange(a, b engine.Change) bool {
	return a.Verb == b.Verb && a.Kind == b.Kind && a.Name == b.Name && (a.Step == b.Step || a.Step == "" || b.Step == "")
}

// Finish marks all as carried out, also changes without an event.
func (p progress) Finish() {
	for i := range p {
		p[i].over = true
	}
}

// Count is how many of the writes are carried out, with those that the run made before this plan.
func (p progress) Count(before ...engine.Change) (made, all int) {
	for _, r := range p {
		again := slices.ContainsFunc(before, func(c engine.Change) bool { return c.Kind == r.Change.Kind && c.Name == r.Change.Name })
		if r.Change.Writes() || again {
			all++
			if r.over {
				made++
			}
		}
	}
	return made, all
}

// Active is the row that is worked on, or the last.
func (p progress) Active() int {
	for i, r := range p {
		if r.begun && !r.over {
			return i
		}
	}
	return max(0, len(p)-1)
}

// Draw shows each change with its mark, and at the right how long it took or has left.
func (p progress) Draw(w *World, width int) []string {
	changes := make([]engine.Change, len(p))
	for i, r := range p {
		changes[i] = r.Change
	}
	cols, narrow := w.ChangeColumns(changes, width-9), width < style.Narrow
	var lines []string
	for _, r := range p {
		mark, text, right := w.rowState(r)
		left := style.RowMargin + w.DrawSign(mark) + " "
		if !r.waits() && !narrow {
			lines = append(lines, w.Spread(left+w.ChangeLine(cols, r.Change, text), w.Soft(right), width-1))
			continue
		}
		lines = append(lines, w.ShortRow(r.Change, cols, left, w.Soft(right), width-1))
		if !r.waits() {
			continue
		}
		indent := ansi.StringWidth(left)
		if !narrow {
			indent += cols.Kind + 2
		}
		lines = append(lines, w.waitLine(r, indent, width-1))
	}
	return lines
}

// Recoveries are the lines that say what the run recovered from.
func (p progress) Recoveries(w *World, width int) []string {
	var lines []string
	for _, r := range p {
		if r.over && r.event.Text != "" {
			lines = append(lines, w.Notice(style.RowMargin, true, r.event.Text, width)...)
		}
	}
	return lines
}

func (r row) waits() bool { return r.begun && !r.over && r.event.Phase == engine.Waiting }

// limit is how long the row may wait; 0: it does not.
func (r row) limit() time.Duration {
	if r.waits() {
		return r.event.Limit
	}
	return 0
}

// ShortRow is the row of a change that waits, or one of a narrow window. Where there is no room for all, the name goes.
func (w *World) ShortRow(change engine.Change, c style.Columns, left, clock string, cells int) string {
	named := left + w.Column(string(change.Kind), c.Kind) + "  " + style.Visible(change.Kind.Shown(change.Name))
	if ansi.StringWidth(named+clock)+2 > cells {
		named = left + string(change.Kind)
	}
	return w.Spread(named, clock, cells)
}

// waitLine says what a row waits for, with a bar of the wait. The bar is no part of the row, of which each tick sends all
// between mark and clock.
func (w *World) waitLine(r row, indent, cells int) string {
	left, bar := strings.Repeat(" ", indent)+"waiting", ""
	if r.event.Text != "" {
		left += " for " + style.Visible(r.event.Text)
	}
	if r.limit() > 0 && ansi.StringWidth(left)+style.WaitCells+2 <= cells {
		bar = w.WaitBar(time.Since(r.since), r.limit())
	}
	return w.Spread(w.Soft(w.Fit(left, cells)), bar, cells)
}

// rowState says how a row stands.
func (w *World) rowState(r row) (mark style.Sign, text, right string) {
	verb := w.VerbSign(r.Change.Verb)
	switch {
	case r.over && r.Change.Verb == engine.Reuse:
		return style.Sign{Glyph: verb.Glyph, Paint: w.Theme.Soft}, r.Change.Why, ""
	case r.over:
		if r.begun {
			right = style.Clock(r.event.Elapsed)
		}
		return w.OKSign(), "", right
	case !r.begun:
		return w.AheadSign(), r.Change.Why, ""
	case r.event.Phase == engine.Failed:
		return w.BadSign(), r.Change.Why, style.Clock(r.event.Elapsed)
	}
	mark, right = w.Busy(w.Glyphs.Ahead, time.Since(r.since), r.limit())
	return mark, r.Change.Why, right
}

// Link is how far the row's object is.
func (r row) Link() (chain.State, string) {
	switch {
	case r.event.Phase == engine.Failed:
		return chain.Broken, ""
	case r.over:
		return chain.Made, ""
	case r.begun:
		return chain.Running, ""
	case r.Change.Verb == engine.Create:
		return chain.Create, "new"
	case r.Change.Verb == engine.Update:
		return chain.Update, "changed"
	default:
		return chain.Made, ""
	}
}
