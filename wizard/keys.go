package wizard

import "github.com/charmbracelet/x/ansi"

// hint is a key with what it does, for the last line.
type hint struct{ key, does string }

// keyLine draws as many hints as fit, most likely first; none is cut in two.
func (w *world) keyLine(hints []hint, cells int) string {
	line := " "
	for i, h := range hints {
		part := w.theme.accent.Render(h.key) + " " + w.theme.dim.Render(h.does)
		if i > 0 {
			part = w.theme.dim.Render(w.glyphs.dot) + part
		}
		if ansi.StringWidth(line+part) > cells {
			break
		}
		line += part
	}
	return line
}
