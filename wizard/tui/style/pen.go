// Package style draws for the full-screen interface: theme, layout, signs, keys, and changes.
package style

import "strings"

// Pen draws for one terminal: with the signs and the colors that it can show.
type Pen struct {
	Glyphs Glyphs
	Theme  theme
	Still  bool // nothing moves but seconds
}

// Heading is a line over others.
func (p *Pen) Heading(text string) string { return RowMargin + p.Theme.Strong.Render(text) }

// Soft is a text that stands back.
func (p *Pen) Soft(text string) string { return p.Theme.Soft.Render(text) }

// Cursor is the margin of the row that the keys are for.
func (p *Pen) Cursor() string { return p.Theme.Accent.Render(p.Glyphs.Cursor) + " " }

// Code is a text to be copied, each of its lines cut to the width.
func (p *Pen) Code(text string, width int) []string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = p.Fit(strings.ReplaceAll(line, "\t", "  "), width)
	}
	return lines
}
