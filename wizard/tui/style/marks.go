package style

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Patience is how long something may take before a spinner says that it is still going on.
const Patience = 300 * time.Millisecond

// TickEvery is how often clocks and running marks move: a frame of the mark.
const TickEvery = 120 * time.Millisecond

// Sign is a mark with its color.
type Sign struct {
	Glyph string
	Paint lipgloss.Style
}

// OKSign marks what passed.
func (p *Pen) OKSign() Sign { return Sign{p.Glyphs.OK, p.Theme.Good} }

// BadSign marks what failed.
func (p *Pen) BadSign() Sign { return Sign{p.Glyphs.Bad, p.Theme.Bad} }

// WarningSign marks a warning.
func (p *Pen) WarningSign() Sign { return Sign{p.Glyphs.Warning, p.Theme.Warning} }

// AheadSign marks what has not begun.
func (p *Pen) AheadSign() Sign { return Sign{p.Glyphs.Ahead, p.Theme.Soft} }

// UnseenSign marks what was not checked.
func (p *Pen) UnseenSign() Sign { return Sign{p.Glyphs.unseen, p.Theme.Soft} }

// HereSign marks where the user is.
func (p *Pen) HereSign() Sign { return Sign{p.Glyphs.here, p.Theme.Accent} }

// DrawSign is the sign in the cells that the marks of all rows have.
func (p *Pen) DrawSign(s Sign) string { return s.Paint.Render(p.Column(s.Glyph, p.MarkWidth())) }

// MarkWidth is as wide as the widest mark.
func (p *Pen) MarkWidth() int { return ansi.StringWidth(p.Glyphs.OK) }

// RowMargin is left of the mark of a row.
const RowMargin = "  "

// Hang is the indent of lines that go on under a text after a mark.
func (p *Pen) Hang(margin string) string {
	return margin + strings.Repeat(" ", p.MarkWidth()+1)
}

// Marked is a text after its sign, further lines under the text.
func (p *Pen) Marked(margin string, s Sign, text string, cells int) []string {
	indent := p.Hang(margin)
	lines := Wrap(text, cells, indent)
	lines[0] = margin + p.DrawSign(s) + " " + strings.TrimPrefix(lines[0], indent)
	return lines
}

// Notice is a sentence with its mark: all is well, or a warning.
func (p *Pen) Notice(margin string, ok bool, text string, width int) []string {
	if ok {
		return p.Marked(margin, p.OKSign(), text, width-1)
	}
	return p.Marked(margin, p.WarningSign(), text, width-1)
}

// flags are the flags and variables that a sentence names in brackets.
var flags = regexp.MustCompile(` \([^()]*--[a-z][^()]*\)`)

// NoFlags is a sentence without them: on the screen there are keys and fields.
func NoFlags(text string) string { return flags.ReplaceAllString(text, "") }

// Under are the further facts of a row, each where it is known: the next step, the id for the vendor's support, and
// the page that explains it.
func (p *Pen) Under(cells int, fix, requestID, page string) []string {
	indent := p.Hang(RowMargin)
	var lines []string
	if fix != "" {
		lines = Wrap(NoFlags(fix), cells, indent)
	}
	if requestID != "" {
		lines = append(lines, p.Soft(indent+p.Fit("Request ID "+requestID, cells-len(indent))))
	}
	if page != "" {
		lines = append(lines, p.SoftLines(Wrap(page, cells, indent))...)
	}
	return lines
}

// Busy is how work under way shows: its mark, which spins once it takes a while, and its clock.
func (p *Pen) Busy(mark string, took, limit time.Duration) (Sign, string) {
	if took >= Patience {
		mark = p.Spin(took)
	}
	return Sign{mark, p.Theme.Accent}, p.Elapsed(took, limit)
}

// Spin returns the frame of the running mark after that time.
func (p *Pen) Spin(d time.Duration) string {
	if p.Still {
		return p.Glyphs.Wait
	}
	return p.Glyphs.running[int(d/TickEvery)%len(p.Glyphs.running)]
}

// Elapsed is how long something took so far, and how long it may take where that is known. Where nothing is to move it
// is in whole seconds.
func (p *Pen) Elapsed(took, limit time.Duration) string {
	if limit == 0 && took < Patience {
		return ""
	}
	clock := Clock
	if p.Still && took < time.Minute || limit > 0 && took >= 10*time.Second {
		clock = Seconds
	}
	if limit > 0 {
		return clock(min(took, limit)) + " of " + Seconds(limit)
	}
	return clock(took)
}

// WaitLine says what is under way.
func (p *Pen) WaitLine(text string, since time.Time, width int) string {
	s, clock := p.Busy(p.Glyphs.Wait, time.Since(since), 0)
	return p.Spread(RowMargin+p.DrawSign(s)+" "+p.Fit(text, width-4-p.MarkWidth()), p.Soft(clock), width-1)
}

// Bar shows how much of a run is done.
func (p *Pen) Bar(made, all, cells int) string {
	said := p.Theme.Strong.Render(fmt.Sprintf("%d of %d", made, all)) + p.Theme.Soft.Render(" applied")
	room := max(0, cells-ansi.StringWidth(said)-6)
	return RowMargin + p.litBar(p.Theme.Good, room*made/max(1, all), room) + "   " + said
}

// WaitCells is how wide the bar of a wait is.
const WaitCells = 12

// WaitBar shows how much of the longest wait is over.
func (p *Pen) WaitBar(took, limit time.Duration) string {
	return p.litBar(p.Theme.Accent, int(WaitCells*min(took, limit)/limit), WaitCells)
}

func (p *Pen) litBar(lit lipgloss.Style, n, cells int) string {
	return lit.Render(strings.Repeat("━", n)) + p.Theme.Line.Render(strings.Repeat("╌", cells-n))
}

// Peak is a sentence that says that all went well.
func (p *Pen) Peak(text string) string {
	return RowMargin + p.Theme.GoodFill.Render(" "+p.Glyphs.OK+" "+text+" ")
}

// LinkFrame is how long each link takes to light, and the pace of what moves once. SlowFrame is how late a frame may be.
const (
	LinkFrame = 80 * time.Millisecond
	SlowFrame = 100 * time.Millisecond
)

// Motion is what moves once: the links at the finish, and the line that closes the chain. A key or a slow terminal ends it.
type Motion struct {
	began time.Time
	lasts time.Duration
}

// Begin starts a motion in place of the one before.
func (m *Motion) Begin(lasts time.Duration) { m.began, m.lasts = time.Now(), lasts }

// End shows at once what comes after it.
func (m *Motion) End() { m.lasts = 0 }

// On reports whether anything moves.
func (m *Motion) On() bool { return time.Since(m.began) < m.lasts }

// Part is how many of so many parts have moved by now.
func (m *Motion) Part(of int) int {
	if !m.On() {
		return of
	}
	return int(time.Duration(of) * time.Since(m.began) / m.lasts)
}
