package style

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/wizard/report"
)

// Page is the middle of a screen: lines, of which those from focus to focusEnd are to be seen first.
type Page struct {
	Lines           []string
	Focus, FocusEnd int
	Title           int      // the line that stays in sight when those above the focus don't
	Foot            []string // below the lines, always in sight
}

// Add appends lines to the page.
func (p *Page) Add(lines ...string) { p.Lines = append(p.Lines, lines...) }

// See marks the lines from the given one to the last as those to be seen first.
func (p *Page) See(from int) { p.Focus, p.FocusEnd = from, len(p.Lines) }

// Tighten takes out blank lines, the upper ones first, until the page fits the height, and returns where the line
// from is then. Where the page scrolls anyway, only a low window loses them.
func (p *Page) Tighten(height, from int) int {
	rows := slices.DeleteFunc(slices.Clone(p.Lines), func(line string) bool { return line == "" })
	if len(rows) > height && height >= Roomy {
		return from
	}
	for i := 1; i < len(p.Lines) && len(p.Lines) > height; i++ {
		if p.Lines[i] != "" {
			continue
		}
		p.Lines = slices.Delete(p.Lines, i, i+1)
		if i < from {
			from--
		}
	}
	return from
}

// Window returns the first line to draw when only height lines fit.
func (p *Page) Window(height int) int {
	first, focus := 0, p.Focus
	if p.FocusEnd > height {
		first = p.FocusEnd - height
	}
	if focus > p.Title && height >= titledRows { // the title takes a row
		focus--
	}
	return ClampTo(min(first, focus), len(p.Lines)-height)
}

// titledRows are how many rows a page has at least whose title stays in sight.
const titledRows = 6

// From returns the lines to draw from the first one on, so many as fit: under the title, where there is room for it.
func (p *Page) From(first, height int) []string {
	lines := slices.Clone(p.Lines[first:min(len(p.Lines), first+height)])
	if first > p.Title && height >= titledRows {
		lines[0] = p.Lines[p.Title]
	}
	return lines
}

// growth are rows that stay free in an airy page: what goes on in it may need them, and the page is to keep its place.
const growth = 4

// Spread doubles the blank lines between blocks, if all of the page still fits the height.
func (p *Page) Spread(height int) {
	var lines []string
	for i, line := range p.Lines {
		if lines = append(lines, line); line == "" && i > 0 && p.Lines[i-1] != "" {
			lines = append(lines, "")
		}
	}
	if len(lines)+growth <= height {
		p.Lines, p.Focus, p.FocusEnd = lines, 0, 0
	}
}

// Apart puts a blank line between blocks that are not empty, as far as the height has room for it, the last gap first.
// Where the page scrolls anyway, only a low window lacks them.
func Apart(height int, blocks ...[]string) []string {
	blocks = slices.DeleteFunc(blocks, func(b []string) bool { return len(b) == 0 })
	lines := slices.Concat(blocks...)
	if len(lines) > height && height >= Roomy {
		height = len(lines) + len(blocks)
	}
	for i, at := len(blocks)-1, len(lines); i > 0 && len(lines) < height; i-- {
		at -= len(blocks[i])
		lines = slices.Insert(lines, at, "")
	}
	return lines
}

// ClampTo returns n within 0 and most.
func ClampTo(n, most int) int { return max(0, min(n, most)) }

// Fit cuts text to so many cells.
func (p *Pen) Fit(text string, cells int) string {
	if cells < 1 {
		return ""
	}
	return ansi.Truncate(Visible(text), cells, p.Glyphs.More)
}

// Column cuts or fills text to exactly so many cells.
func (p *Pen) Column(text string, cells int) string {
	text = p.Fit(text, cells)
	return text + strings.Repeat(" ", max(0, cells-ansi.StringWidth(text)))
}

// Widest is how many cells the widest text of a list takes.
func Widest[T any](list []T, text func(T) string) int {
	cells := 0
	for _, one := range list {
		cells = max(cells, ansi.StringWidth(text(one)))
	}
	return cells
}

// A line may end after a hyphen or a slash, but not in a word that has room on a line: dates, IDs, and addresses stay
// whole.
var (
	words   = regexp.MustCompile(`[^ \n]+`)
	parts   = regexp.MustCompile(`[^/]+`)
	hyphens = strings.NewReplacer("-", "\ue02d")
	breaks  = strings.NewReplacer("-", "\ue02d", "/", "\ue02f")
	broken  = strings.NewReplacer("\ue02d", "-", "\ue02f", "/")
)

// Wrap breaks text into lines of so many cells, each after the indent.
func Wrap(text string, cells int, indent string) []string {
	room := max(1, cells-len(indent))
	keep := func(replacer *strings.Replacer, then func(string) string) func(string) string {
		return func(word string) string {
			if ansi.StringWidth(word) <= room {
				return replacer.Replace(word)
			}
			return then(word)
		}
	}
	inParts := func(word string) string {
		return parts.ReplaceAllStringFunc(word, keep(hyphens, func(part string) string { return part }))
	}
	text = words.ReplaceAllStringFunc(Visible(text), keep(breaks, inParts))
	lines := strings.Split(ansi.Wrap(text, room, "/"), "\n")
	for i := range lines {
		lines[i] = indent + strings.TrimRight(broken.Replace(lines[i]), " ")
	}
	return lines
}

// WrapWhole puts texts in lines of so many cells, each after the indent, and breaks none of them.
func WrapWhole(texts []string, cells int, indent string) []string {
	lines := []string{indent + texts[0]}
	for _, text := range texts[1:] {
		if last := len(lines) - 1; ansi.StringWidth(lines[last]+text)+2 <= cells {
			lines[last] += "  " + text
		} else {
			lines = append(lines, indent+text)
		}
	}
	return lines
}

// SideBySide puts two columns side by side: at the left of so many cells, and the line between them.
func (p *Pen) SideBySide(left, right []string, cells int) []string {
	edge := p.Theme.Line.Render("│")
	lines := make([]string, max(len(left), len(right)))
	for i := range lines {
		if i < len(left) {
			lines[i] = ansi.Truncate(left[i], cells, p.Glyphs.More)
		}
		lines[i] += strings.Repeat(" ", cells-ansi.StringWidth(lines[i])) + edge
		if i < len(right) {
			lines[i] += "  " + right[i]
		}
	}
	return lines
}

// Spread puts left and right at the two ends of a line; where both do not fit, left is cut.
func (p *Pen) Spread(left, right string, cells int) string {
	room := cells - ansi.StringWidth(right)
	if room == cells { // a color without text is none
		return left
	}
	left = ansi.Truncate(left, max(0, room-2), p.Glyphs.More)
	return left + strings.Repeat(" ", max(0, room-ansi.StringWidth(left))) + right
}

// Titled puts what is said of a title at the other end of its line, where there is room for both.
func (p *Pen) Titled(title, said string, cells int) string {
	title = p.Heading(p.Fit(title, cells-1))
	if ansi.StringWidth(title+said)+2 > cells {
		return title
	}
	return p.Spread(title, p.Soft(said), cells)
}

// Visible keeps text from steering the terminal. What a service sent is cleaned where it is decoded; this
// holds for what came from the command line and the keyboard, too. Emoji come apart: terminals differ in which of
// them they join or recolor, and so in how many cells they take.
func Visible(text string) string {
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

// Clock writes a time as the screens do: 0.4 s, 12 s, 3 min 20 s.
func Clock(d time.Duration) string {
	if d >= 10*time.Second && d < time.Minute {
		return Seconds(d)
	}
	return report.Seconds(d)
}

// Seconds writes a duration for a column, such as "12 s".
func Seconds(d time.Duration) string { return fmt.Sprintf("%d s", int(d.Seconds())) }

// SoftLines draws each line dim.
func (p *Pen) SoftLines(lines []string) []string {
	for i := range lines {
		lines[i] = p.Soft(lines[i])
	}
	return lines
}

// Margin is how many columns of a window stay free at each side.
func Margin(window int) int {
	if window < 60 {
		return 1
	}
	return 2
}

// Narrow is the width under which a field is drawn under its label, not next to it.
const Narrow = 56

// Roomy is the height of a page from which there is room for the sentence that says why.
const Roomy = 12

// Readable is the width beyond which a row's two ends no longer read as one line.
const Readable = 100
