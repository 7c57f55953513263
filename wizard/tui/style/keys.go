package style

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Hint is a key with what it does, for the last line.
type Hint struct{ Key, Does string }

// Hints reads hints of the form "key what it does". An empty one is left out, for keys that are not always there.
func Hints(texts ...string) []Hint {
	var hints []Hint
	for _, text := range texts {
		if key, does, ok := strings.Cut(text, " "); ok {
			hints = append(hints, Hint{key, does})
		}
	}
	return hints
}

// First moves the hint of a key to the front, where it is the primary one.
func First(key string, hints []Hint) []Hint {
	at := func(h Hint) bool { return h.Key == key }
	if i := slices.IndexFunc(hints, at); i > 0 {
		first := hints[i]
		return append([]Hint{first}, slices.DeleteFunc(hints, at)...)
	}
	return hints
}

// atTheEnd are the keys that have the right end of the line, in this order: why, all keys, and the way out.
var atTheEnd = []string{"?", "k", "F1", "q", "esc", "ctrl+c"}

// KeyLine draws the keys of a screen: at the left the primary one and as many others as fit, at the right why, all keys,
// and the way out. Where it is narrow the others go first, the last of them first, then why, the primary key's further
// words, the word that esc goes back, and the page of all keys, which has them all.
func (p *Pen) KeyLine(hints []Hint, cells int) string {
	var left, right []Hint
	for _, key := range atTheEnd {
		if i := slices.IndexFunc(hints, func(h Hint) bool { return h.Key == key }); i >= 0 {
			right = append(right, hints[i])
		}
	}
	for _, h := range hints {
		if !slices.Contains(right, h) {
			left = append(left, h)
		}
	}
	if last := len(right) - 1; last > 0 && right[last].Key == "esc" { // then quitting is on the page of all keys
		right = slices.DeleteFunc(right, func(h Hint) bool { return h.Key == "q" && h.Does == "quit" })
	}
	if len(left) > 1 { // a second key for the same is on the page of all keys
		left = slices.Concat(left[:1], slices.DeleteFunc(slices.Clone(left[1:]), func(h Hint) bool { return h.Does == left[0].Does }))
	}
	for {
		line, end := p.leftKeys(left), p.keys(right)
		if gap := cells - 4 - ansi.StringWidth(line) - ansi.StringWidth(end); gap >= 2 || len(left)+len(right) < 2 {
			return ansi.Truncate("  "+line+strings.Repeat(" ", max(2, gap))+end, cells, "")
		}
		switch {
		case len(left) > 1:
			left = left[:len(left)-1]
		case len(right) > 2:
			right = right[1:]
		case len(left) > 0 && strings.Contains(left[0].Does, " "):
			first, _, _ := strings.Cut(left[0].Does, " ")
			left[0].Does = strings.TrimSuffix(first, ",")
		case len(right) > 0 && right[len(right)-1].Does == "back":
			right[len(right)-1].Does = ""
		case len(right) > 1:
			right = right[1:]
		default:
			left = nil
		}
	}
}

// leftKeys fills the primary key.
func (p *Pen) leftKeys(hints []Hint) string {
	if len(hints) == 0 {
		return ""
	}
	if key := hints[0].Key; key == p.Glyphs.Arrows || key == "tab" || key == "ctrl+u" { // it only moves or clears
		return p.keys(hints)
	}
	primary := p.Theme.Fill.Render(" "+hints[0].Key+" ") + " " + p.Theme.Strong.Render(hints[0].Does)
	return strings.TrimRight(primary+"   "+p.keys(hints[1:]), " ")
}

func (p *Pen) keys(hints []Hint) string {
	parts := make([]string, len(hints))
	for i, h := range hints {
		parts[i] = p.Theme.Accent.Render(h.Key) + " " + p.Theme.Soft.Render(h.Does)
		if h.Does == "" {
			parts[i] = p.Theme.Accent.Render(h.Key)
		}
	}
	return strings.Join(parts, "  ")
}
