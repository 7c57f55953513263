package style

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Code is a text to copy.
type Code struct {
	Name, Text string
	first      int // the row that is shown first, if it was scrolled
	shown      int // rows that were shown last
}

// LeastCode is how many rows a Code takes at least.
const LeastCode = 5

// Draw is the text between two rules: at the left edge and with nothing at its right, so that the mouse takes the text
// alone. A line that is too wide is folded where it still runs, else cut. Where it is higher than room, the rules say how
// many lines are left out.
func (c *Code) Draw(p *Pen, width, room int) []string {
	source := strings.Split(strings.TrimRight(c.Text, "\n"), "\n")
	var rows []string
	var of []int // the line that a row is of
	var cut, folded []int
	var f folder
	for i, line := range source {
		parts, fits := f.fold(Visible(strings.ReplaceAll(line, "\t", "  ")), width)
		for _, row := range parts {
			rows, of = append(rows, p.Fit(row, width)), append(of, i)
		}
		if !fits {
			cut = append(cut, i)
		} else if len(parts) > 1 {
			folded = append(folded, i)
		}
	}
	c.shown = min(len(rows), max(LeastCode, room)-2)
	c.first = ClampTo(c.first, len(rows)-c.shown)
	last := c.first + c.shown
	count, below := []string{fmt.Sprintf("%d lines", len(source))}, []string{}
	if c.first > 0 {
		count = append([]string{fmt.Sprintf("%s %d more", p.Glyphs.Up, of[c.first-1]+1)}, count...)
	}
	if last < len(rows) {
		below = []string{fmt.Sprintf("%s %d more", p.Glyphs.Down, len(source)-of[last])}
	}
	inSight := func(line int) bool { return slices.Contains(of[c.first:last], line) }
	below = slices.Concat(below, numbered(cut, inSight, "cut"), numbered(folded, inSight, "folded"))
	return slices.Concat([]string{p.ruleWith([]string{c.Name}, count, width)}, rows[c.first:last],
		[]string{p.ruleWith(below, []string{"w shows it whole", "c copies all"}, width)})
}

// Scroll reports whether the key scrolls the text, and does so.
func (c *Code) Scroll(key string) bool {
	step := map[string]int{"up": -1, "down": 1, "pgup": 1 - c.shown, "pgdown": c.shown - 1, "home": -1 << 20, "end": 1 << 20}[key]
	c.first = max(0, c.first+step)
	return step != 0
}

// numbered names the lines in sight of which something is said.
func numbered(lines []int, inSight func(int) bool, what string) []string {
	lines = slices.DeleteFunc(lines, func(line int) bool { return !inSight(line) })
	switch len(lines) {
	case 0:
		return nil
	case 1:
		return []string{fmt.Sprintf("line %d %s", lines[0]+1, what)}
	default:
		return []string{fmt.Sprintf("%d lines %s", len(lines), what)}
	}
}

// ruleWith is a rule with texts at its ends. Where not all fit, the later ones go, at the right first.
func (p *Pen) ruleWith(left, right []string, cells int) string {
	for {
		l, r := p.inRule(left), p.inRule(right)
		gap := cells - 4 - ansi.StringWidth(l+r)
		switch {
		case gap >= 2 || len(left)+len(right) == 0:
			return p.Theme.Line.Render("──") + l + p.Theme.Line.Render(strings.Repeat("─", max(0, gap))) + r + p.Theme.Line.Render("──")
		case len(right) > 1 || len(left) == 0:
			right = right[:len(right)-1]
		default:
			left = left[:len(left)-1]
		}
	}
}

func (p *Pen) inRule(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return " " + p.Soft(strings.Join(texts, p.Glyphs.Dot)) + " "
}
