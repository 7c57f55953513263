package style

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Hint is a key with what it does, for the last line.
type Hint struct{ Key, Does string }

// Hints are hints in the form "key what it does"; empty ones are left out.
func Hints(each ...string) []Hint {
	var hints []Hint
	for _, text := range each {
		if key, does, ok := strings.Cut(text, " "); ok {
			hints = append(hints, Hint{key, does})
		}
	}
	return hints
}

func (h Hint) cells() int { return ansi.StringWidth(h.Key) + 1 + ansi.StringWidth(h.Does) }

// leaves reports whether the key goes back, or ends what is under way.
func (h Hint) leaves() bool { return h.Key == "esc" || h.Key == "ctrl+c" }

// wayOut is the key that leaves the screen: back, else out of the program.
func wayOut(hints []Hint) (Hint, bool) {
	at := slices.IndexFunc(hints, Hint.leaves)
	if at < 0 {
		at = slices.IndexFunc(hints, func(h Hint) bool { return h.Key == "q" })
	}
	if at < 0 {
		return Hint{}, false
	}
	return hints[at], true
}

// KeyLine draws as many hints as fit, most likely first; none is cut in two. The one that leaves stays to the last. A
// sign at the end says that there are more keys, where it takes none of them away.
func (p *Pen) KeyLine(hints []Hint, cells int) string {
	hints = slices.Clone(hints)
	out, _ := wayOut(hints)
	gap := ansi.StringWidth(p.Glyphs.Dot)
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
		parts = append(parts, p.Theme.Accent.Render(h.Key)+" "+p.Dim(h.Does))
	}
	line := " " + strings.Join(parts, p.Dim(p.Glyphs.Dot))
	for _, sign := range []string{" " + p.Glyphs.More, p.Glyphs.More} {
		if len(hints) < all && ansi.StringWidth(line+sign) <= cells {
			return line + p.Dim(sign)
		}
	}
	return line
}
