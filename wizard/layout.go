package wizard

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// page is the middle of a screen: lines, of which those from focus to focusEnd are to be seen first.
type page struct {
	lines           []string
	focus, focusEnd int
}

func (p *page) add(lines ...string) { p.lines = append(p.lines, lines...) }

// see marks the lines from the given one to the last as those to be seen first.
func (p *page) see(from int) { p.focus, p.focusEnd = from, len(p.lines) }

// tighten takes out blank lines, the upper ones first, until the page fits the height, and returns where the line
// from is then.
func (p *page) tighten(height, from int) int {
	for i := 1; i < len(p.lines) && len(p.lines) > height; i++ {
		if p.lines[i] != "" {
			continue
		}
		p.lines = slices.Delete(p.lines, i, i+1)
		if i < from {
			from--
		}
	}
	return from
}

// window returns the first line to draw when only height lines fit.
func (p *page) window(height int) int {
	first := 0
	if p.focusEnd > height {
		first = p.focusEnd - height
	}
	return clampTo(min(first, p.focus), len(p.lines)-height)
}

// apart puts a blank line between blocks, as far as the height has room for it, the last gap first.
func apart(height int, blocks ...[]string) []string {
	lines := slices.Concat(blocks...)
	for i, at := len(blocks)-1, len(lines); i > 0 && len(lines) < height; i-- {
		at -= len(blocks[i])
		lines = slices.Insert(lines, at, "")
	}
	return lines
}

func clampTo(n, most int) int { return max(0, min(n, most)) }

// fit cuts text to so many cells.
func (w *world) fit(text string, cells int) string {
	if cells < 1 {
		return ""
	}
	return ansi.Truncate(visible(text), cells, w.glyphs.more)
}

// column cuts or fills text to exactly so many cells.
func (w *world) column(text string, cells int) string {
	text = w.fit(text, cells)
	return text + strings.Repeat(" ", max(0, cells-ansi.StringWidth(text)))
}

// wrap breaks text into lines of so many cells, each after the indent.
func wrap(text string, cells int, indent string) []string {
	lines := strings.Split(ansi.Wrap(visible(text), max(1, cells-len(indent)), ""), "\n")
	for i := range lines {
		lines[i] = indent + strings.TrimRight(lines[i], " ")
	}
	return lines
}

// spread puts left and right at the two ends of a line; where both do not fit, left is cut.
func (w *world) spread(left, right string, cells int) string {
	room := cells - ansi.StringWidth(right)
	if right == "" {
		return left
	}
	left = ansi.Truncate(left, max(0, room-2), w.glyphs.more)
	return left + strings.Repeat(" ", max(0, room-ansi.StringWidth(left))) + right
}

// visible keeps text from steering the terminal. What a service sent is cleaned where it is decoded; this
// holds for what came from the command line and the keyboard, too. Emoji come apart: terminals differ in which of
// them they join or recolour, and so in how many cells they take.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == '\n':
			return r
		case r == '\u200d', r == '\ufe0f', r >= 0x1F3FB && r <= 0x1F3FF:
			return -1
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return '\ufffd'
		}
		return r
	}, text)
}

// clock writes a time as the screens do: 0.4 s, 12 s, 3 min 20 s.
func clock(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	default:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	}
}
