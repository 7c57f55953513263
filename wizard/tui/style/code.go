package style

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// CodeBlock is a text to copy, between two rules: at the left edge and with nothing at its right, so that the mouse
// takes the text alone. A line that is too wide is folded where it still runs, else cut. Where it is higher than room, the
// lower rule says how many lines are left out; room 0 takes all.
func (p *Pen) CodeBlock(name, text string, width, room int) []string {
	source := strings.Split(strings.TrimRight(text, "\n"), "\n")
	var lines, below []string
	var folded, cut []int
	var f folder
	for i, line := range source {
		rows, fits := f.fold(Visible(strings.ReplaceAll(line, "\t", "  ")), width)
		if room > 0 && len(lines)+len(rows) > max(3, room-2) {
			below = []string{fmt.Sprintf("%s %d more", p.Glyphs.Down, len(source)-i)}
			break
		}
		for _, row := range rows {
			lines = append(lines, p.Fit(row, width))
		}
		switch {
		case !fits:
			cut = append(cut, i+1)
		case len(rows) > 1:
			folded = append(folded, i+1)
		}
	}
	below = append(below, numbered(cut, "cut")...)
	below = append(below, numbered(folded, "folded")...)
	count := fmt.Sprintf("%d lines", len(source))
	lines = slices.Insert(lines, 0, p.ruleWith([]string{name}, []string{count}, width))
	return append(lines, p.ruleWith(below, []string{"w shows it whole", "c copies all"}, width))
}

// numbered names the lines of which something is said.
func numbered(lines []int, what string) []string {
	switch len(lines) {
	case 0:
		return nil
	case 1:
		return []string{fmt.Sprintf("line %d %s", lines[0], what)}
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
