package wizard

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// wideEnough is the width from which every section's name fits on the second line.
const wideEnough = 76

// mark is how far a section has come.
type mark int

const (
	markAhead mark = iota
	markDone
	markStuck
)

// stop is one section in the stepper.
type stop struct {
	name string
	mark mark
	here bool
}

// stepper is the second line: the guide's sections and where the user is.
func (w *world) stepper(stops []stop, cells int) string {
	wide := cells >= wideEnough
	parts := make([]string, 0, len(stops)+1)
	at := 0
	for i, s := range stops {
		glyph, paint := w.glyphs.ahead, w.theme.dim
		switch {
		case s.mark == markStuck:
			glyph, paint = w.glyphs.stuck, w.theme.bad
		case s.here:
			glyph, paint = w.glyphs.here, w.theme.accent
		case s.mark == markDone:
			glyph, paint = w.glyphs.done, w.theme.good
		}
		text := paint.Render(glyph)
		switch {
		case s.here:
			at = i + 1
			text += " " + w.theme.strong.Render(s.name)
		case wide:
			text += " " + w.theme.dim.Render(s.name)
		}
		parts = append(parts, text)
	}
	gap := " "
	if wide {
		gap = "  "
	}
	line := " " + strings.Join(parts, gap)
	if !wide && at > 0 {
		line = w.spread(line, w.theme.dim.Render(fmt.Sprintf("%d of %d", at, len(stops))), cells-1)
	}
	return ansi.Truncate(line, cells, w.glyphs.more)
}
