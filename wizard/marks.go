package wizard

import (
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// patience is how long something may take before a spinner says that it is still going on.
const patience = 300 * time.Millisecond

// sign is a mark with its colour.
type sign struct {
	glyph string
	paint lipgloss.Style
}

func (w *world) okSign() sign   { return sign{w.glyphs.ok, w.theme.good} }
func (w *world) badSign() sign  { return sign{w.glyphs.bad, w.theme.bad} }
func (w *world) lookSign() sign { return sign{w.glyphs.look, w.theme.look} }

// okOrLook is the sign of a sentence: all is well, or look at this.
func (w *world) okOrLook(ok bool) sign {
	if ok {
		return w.okSign()
	}
	return w.lookSign()
}

// drawSign is the sign in the cells that the marks of all rows have.
func (w *world) drawSign(s sign) string { return s.paint.Render(w.column(s.glyph, w.markWidth())) }

// markWidth is as wide as the widest mark.
func (w *world) markWidth() int { return ansi.StringWidth(w.glyphs.ok) }

// rowMargin is left of the mark of a row.
const rowMargin = "   "

// hang is the indent of lines that go on under a text after a mark.
func (w *world) hang(margin string) string {
	return margin + strings.Repeat(" ", w.markWidth()+1)
}

// marked is a text after its sign, further lines under the text.
func (w *world) marked(margin string, s sign, text string, cells int) []string {
	indent := w.hang(margin)
	lines := wrap(text, cells, indent)
	lines[0] = margin + w.drawSign(s) + " " + strings.TrimPrefix(lines[0], indent)
	return lines
}

// notice is a sentence with its mark.
func (w *world) notice(margin string, ok bool, text string, width int) []string {
	return w.marked(margin, w.okOrLook(ok), text, width-1)
}

// under are the further facts of a row, each where it is known: the next step, the id for the vendor's support, and
// the page that explains it.
func (w *world) under(cells int, fix, requestID, page string) []string {
	indent := w.hang(rowMargin)
	var lines []string
	if fix != "" {
		lines = wrap(fix, cells, indent)
	}
	if requestID != "" {
		lines = append(lines, w.theme.dim.Render(indent+w.fit("Request "+requestID, cells-len(indent))))
	}
	if page != "" {
		lines = append(lines, w.dimLines(wrap(page, cells, indent))...)
	}
	return lines
}

// busy is how work under way shows: its mark, which spins once it takes a while, and its clock.
func (w *world) busy(mark string, took, limit time.Duration) (sign, string) {
	if took >= patience {
		mark = w.spin(took)
	}
	return sign{mark, w.theme.accent}, w.elapsed(took, limit)
}

func (w *world) spin(d time.Duration) string {
	if w.still {
		return w.glyphs.wait
	}
	return w.glyphs.spinner[int(d/tickEvery)%len(w.glyphs.spinner)]
}

// elapsed is how long something took so far, and how long it may take where that is known. Where nothing is to move it
// is in whole seconds.
func (w *world) elapsed(took, limit time.Duration) string {
	switch {
	case limit > 0:
		return seconds(min(took, limit)) + " of " + seconds(limit)
	case took < patience:
		return ""
	case w.still && took < time.Minute:
		return seconds(took)
	default:
		return clock(took)
	}
}

// waitLine says what is under way.
func (w *world) waitLine(text string, since time.Time, width int) string {
	s, clock := w.busy(w.glyphs.wait, time.Since(since), 0)
	return w.spread(rowMargin+w.drawSign(s)+" "+w.fit(text, width-4-w.markWidth()), w.theme.dim.Render(clock), width-1)
}
