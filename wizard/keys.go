package wizard

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// hint is a key with what it does, for the last line.
type hint struct{ key, does string }

func (h hint) cells() int { return ansi.StringWidth(h.key) + 1 + ansi.StringWidth(h.does) }

// leaves reports whether the key goes back, or ends what is under way.
func (h hint) leaves() bool { return h.key == "esc" || h.key == "ctrl+c" }

// wayOut is the key that leaves the screen: back, else out of the program.
func wayOut(hints []hint) (hint, bool) {
	at := slices.IndexFunc(hints, hint.leaves)
	if at < 0 {
		at = slices.IndexFunc(hints, func(h hint) bool { return h.key == "q" })
	}
	if at < 0 {
		return hint{}, false
	}
	return hints[at], true
}

// keyLine draws as many hints as fit, most likely first; none is cut in two. The one that leaves stays to the last. A
// sign at the end says that there are more keys, where it takes none of them away.
func (w *world) keyLine(hints []hint, cells int) string {
	hints = slices.Clone(hints)
	out, _ := wayOut(hints)
	gap := ansi.StringWidth(w.glyphs.dot)
	length := func() int {
		sum := 1 - gap
		for _, h := range hints {
			sum += gap + h.cells()
		}
		return sum
	}
	all := len(hints)
	for length() > cells && len(hints) > 0 {
		last := len(hints) - 1
		if hints[last] == out && last > 0 {
			last--
		}
		hints = slices.Delete(hints, last, last+1)
	}
	parts := make([]string, 0, len(hints))
	for _, h := range hints {
		parts = append(parts, w.theme.accent.Render(h.key)+" "+w.theme.dim.Render(h.does))
	}
	line := " " + strings.Join(parts, w.theme.dim.Render(w.glyphs.dot))
	for _, sign := range []string{" " + w.glyphs.more, w.glyphs.more} {
		if len(hints) < all && ansi.StringWidth(line+sign) <= cells {
			return line + w.theme.dim.Render(sign)
		}
	}
	return line
}
