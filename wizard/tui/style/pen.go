// Package style draws for the full-screen interface: theme, layout, signs, keys, and changes.
package style

// Pen draws for one terminal: with the signs and the colours that it can show.
type Pen struct {
	Glyphs Glyphs
	Theme  theme
	Still  bool // nothing moves but seconds
}
