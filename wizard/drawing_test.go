package wizard

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
)

// TestDrawing: the boxes close, each section has its parts marked once, and nothing is wider than the window.
func TestDrawing(t *testing.T) {
	w := &world{glyphs: unicodeGlyphs, theme: newTheme(colorprofile.ANSI, unknown)}
	for _, cells := range []int{38, 78, 118} {
		for _, section := range guide.Sections() {
			lines := w.drawing(section.ID, cells)
			right := map[int]bool{}
			for _, line := range lines {
				line = ansi.Strip(line)
				if ansi.StringWidth(line) > cells {
					t.Errorf("%d cells: %q", cells, line)
				}
				if strings.HasSuffix(line, "│") || strings.HasSuffix(line, "┐") || strings.HasSuffix(line, "┘") {
					right[ansi.StringWidth(line)] = true
				}
			}
			if len(right) != 1 {
				t.Errorf("%s at %d: the right edges are at %v\n%s", section.ID, cells, right, strings.Join(lines, "\n"))
			}
			text := strings.Join(lines, "\n")
			for _, part := range partsOf[section.ID] {
				if n := strings.Count(text, w.theme.accent.Render("◉ "+part)); n != 1 {
					t.Errorf("%s at %d: %q is marked %d times\n%s", section.ID, cells, part, n, text)
				}
			}
			if n := strings.Count(text, "◉"); n != len(partsOf[section.ID]) || n == 0 {
				t.Errorf("%s at %d: %d marks", section.ID, cells, n)
			}
		}
	}
}

func TestDrawingWithoutUnicode(t *testing.T) {
	for _, lines := range [][]string{wideDrawing, narrowDrawing} {
		if text := asciiGlyphs.spell(strings.Join(lines, "\n")); strings.Contains(text, "?") {
			t.Errorf("signs are lost:\n%s", text)
		}
	}
}

func TestWhyShowsThePlace(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter")
		d.after(time.Second)
		d.press("?")
		d.shows("◉ app integration", "│   authorization server   │", "│   deployment  →")
		d.size(40, 30)
		d.shows("◉ app integration", "│   deployment             │")
	})
}
