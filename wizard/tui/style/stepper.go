package style

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// WideEnough is the width from which every section's name fits on the second line.
const WideEnough = 76

// Mark is how far a section has come.
type Mark int

// The marks of a section.
const (
	MarkAhead Mark = iota
	MarkDone
	MarkStuck
)

// Stop is one section in the stepper.
type Stop struct {
	Name string
	Mark Mark
	Here bool
}

// Stepper is the second line: the guide's sections and where the user is.
func (p *Pen) Stepper(stops []Stop, cells int) string {
	wide := cells >= WideEnough
	parts := make([]string, 0, len(stops)+1)
	at := 0
	for i, s := range stops {
		glyph, paint := p.Glyphs.Ahead, p.Theme.Dim
		switch {
		case s.Mark == MarkStuck:
			glyph, paint = p.Glyphs.stuck, p.Theme.Bad
		case s.Here:
			glyph, paint = p.Glyphs.here, p.Theme.Accent
		case s.Mark == MarkDone:
			glyph, paint = p.Glyphs.done, p.Theme.Good
		}
		text := paint.Render(glyph)
		switch {
		case s.Here:
			at = i + 1
			text += " " + p.Theme.Strong.Render(s.Name)
		case wide:
			text += " " + p.Dim(s.Name)
		}
		parts = append(parts, text)
	}
	gap := " "
	if wide {
		gap = "  "
	}
	line := " " + strings.Join(parts, gap)
	if !wide && at > 0 {
		line = p.Spread(line, p.Dim(fmt.Sprintf("%d of %d", at, len(stops))), cells-1)
	}
	return ansi.Truncate(line, cells, p.Glyphs.More)
}
