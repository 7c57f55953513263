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

// context is where in a page's source a character is.
type context int

const (
	inMarkup context = iota
	inTag
	inScript
	inTemplate
	inComment
)

// folder knows, line by line, where a page's source may be broken so that it still means the same.
type folder struct {
	in     context
	script bool // the tag begins a script
	blanks int  // in the tag
}

// fold breaks a line that is too wide for the window, each further line four blanks further in, and as a comment where it
// is one. It reports whether all of them fit.
func (f *folder) fold(line string, cells int) (lines []string, fits bool) {
	spots, comment := f.spots(line)
	fits = true
	if ansi.StringWidth(line) <= cells {
		return []string{line}, fits
	}
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))] + "    "
	begin, row := 0, ""
	for _, end := range append(spots, len(line)) {
		piece := line[begin:end]
		if begin > 0 && ansi.StringWidth(row+piece) > cells {
			lines = append(lines, row)
			row, piece = indent, strings.TrimLeft(piece, " ")
			if begin > comment {
				row += "// "
			}
		}
		row += piece
		fits = fits && ansi.StringWidth(row) <= cells
		begin = end
	}
	return append(lines, row), fits
}

// spots are the blanks in a line where it may go on in the next one: after ; , { or an operator of a script, where
// JavaScript never ends a statement by itself, after an attribute of a tag, and at a comment and in it. The comment
// begins at the second result, else past the line.
func (f *folder) spots(line string) (spots []int, comment int) {
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		c, rest := line[i], line[i:]
		switch {
		case f.in == inComment:
			if strings.HasPrefix(rest, "*/") {
				f.in, i = inScript, i+1
			}
		case f.in == inTemplate || quote != 0 && f.in == inScript:
			switch {
			case c == '\\':
				i++
			case f.in == inTemplate && c == '`':
				f.in = inScript
			case c == quote:
				quote = 0
			}
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case f.in == inMarkup:
			if c == '<' {
				f.in, f.script, f.blanks = inTag, strings.HasPrefix(strings.ToLower(rest), "<script"), 0
			}
		case c == '"', c == '\'':
			quote = c
		case f.in == inTag:
			if f.tag(line, i) {
				spots = append(spots, i)
			}
		case strings.HasPrefix(rest, "</script"):
			f.in, f.script = inTag, false
		case strings.HasPrefix(rest, "//"):
			return append(spots, blanks(line, i)...), i
		case strings.HasPrefix(rest, "/*"):
			f.in, i = inComment, i+1
		case c == '/':
			i += pattern(line, i)
		case c == '`':
			f.in = inTemplate
		case c == ' ' && i > 0 && strings.IndexByte(";,{=|&+-*?:<>%!", line[i-1]) >= 0 && strings.TrimSpace(rest) != "":
			spots = append(spots, i)
		}
	}
	return spots, len(line)
}

// blanks are those before a comment and between its words.
func blanks(line string, comment int) (spots []int) {
	for i := max(1, comment-1); i < len(line); i++ {
		if line[i] == ' ' && strings.TrimSpace(line[:i]) != "" && i != comment+len("//") {
			spots = append(spots, i)
		}
	}
	return spots
}

// tag takes a character of a tag, and reports whether it is the blank after an attribute.
func (f *folder) tag(line string, i int) bool {
	switch line[i] {
	case '>':
		f.in = inMarkup
		if f.script {
			f.in = inScript
		}
	case ' ':
		f.blanks++
		next := strings.TrimLeft(line[i:], " ")
		return f.blanks > 1 && line[i-1] != '=' && line[i-1] != ' ' && next != "" && next[0] != '='
	}
	return false
}

// pattern is how many characters the regular expression has that begins at i; 0: the slash divides.
func pattern(line string, i int) int {
	before := strings.TrimRight(line[:i], " ")
	if before != "" && strings.IndexByte("(,=:[!&|?{};+-*%<>", before[len(before)-1]) < 0 && !strings.HasSuffix(before, "return") {
		return 0
	}
	class := false
	for n := 1; i+n < len(line); n++ {
		switch c := line[i+n]; {
		case c == '\\':
			n++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			return n
		}
	}
	return 0
}
