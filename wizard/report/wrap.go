package report

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Wrap returns a writer that breaks the lines of prose at word ends where they would not fit into so many
// cells; 0 is as many as it takes. What follows a break keeps the line's indent and stands next to its mark.
// A longer word is broken, too, except a URL or a path, which users may copy.
// Every write begins a line.
func Wrap(w io.Writer, cells func() int) io.Writer { return wrapping{w, cells} }

type wrapping struct {
	w     io.Writer
	cells func() int
}

// Write writes text with its breaks.
func (p wrapping) Write(text []byte) (int, error) {
	cells := p.cells()
	if cells <= 0 {
		return p.w.Write(text)
	}
	lines := strings.Split(string(text), "\n")
	for i, l := range lines {
		lines[i] = wrapLine(l, cells)
	}
	if _, err := io.WriteString(p.w, strings.Join(lines, "\n")); err != nil {
		return 0, err
	}
	return len(text), nil
}

func wrapLine(text string, cells int) string {
	if ansi.StringWidth(text) <= cells {
		return text
	}
	var (
		out    strings.Builder
		indent = hang(text)
		column = 0
	)
	for text != "" {
		rest := strings.TrimLeft(text, " ")
		gap := text[:len(text)-len(rest)]
		word := rest
		if end := strings.IndexByte(rest, ' '); end >= 0 {
			word = rest[:end]
		}
		text = rest[len(word):]
		width := ansi.StringWidth(word)
		for width > cells-indent && cells-indent > 1 && !strings.Contains(word, "/") {
			if head := ansi.Truncate(word, cells-column-len(gap), ""); head != "" {
				out.WriteString(gap + head)
				word = word[len(head):]
			}
			out.WriteString("\n")
			gap, column, width = strings.Repeat(" ", indent), 0, ansi.StringWidth(word)
		}
		if column > indent && width > 0 && column+len(gap)+width > cells {
			out.WriteString("\n")
			gap, column = strings.Repeat(" ", indent), 0
		}
		out.WriteString(gap + word)
		column += len(gap) + width
	}
	return out.String()
}

// hang is the column of a line's text: after its indent, and after a mark or a number of one sign.
func hang(text string) int {
	rest := strings.TrimLeft(text, " ")
	indent := len(text) - len(rest)
	sign, size := utf8.DecodeRuneInString(rest)
	after := strings.TrimLeft(rest[size:], " ")
	if blanks := len(rest) - size - len(after); blanks > 0 && !unicode.IsLetter(sign) {
		return indent + ansi.StringWidth(string(sign)) + blanks
	}
	return indent
}
