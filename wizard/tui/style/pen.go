// Package style draws for the full-screen interface: theme, layout, signs, keys, and changes.
package style

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
