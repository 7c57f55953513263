package tui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

// TestDrawing: the boxes close, each section has its parts marked once, and nothing is wider than the window.
func TestDrawing(t *testing.T) {
	w := &style.Pen{Glyphs: style.UnicodeGlyphs, Theme: style.NewTheme(colorprofile.ANSI, style.Unknown)}
	for _, cells := range []int{38, 78, 118} {
		for _, section := range guide.Sections() {
			lines := w.Drawing(section.ID, cells)
			right := map[int]bool{}
			for _, line := range lines {
				line = ansi.Strip(line)
				assert.Check(t, ansi.StringWidth(line) <= cells, "%d cells: %q", cells, line)
				if strings.HasSuffix(line, "│") || strings.HasSuffix(line, "┐") || strings.HasSuffix(line, "┘") {
					right[ansi.StringWidth(line)] = true
				}
			}
			assert.Check(t, is.Len(right, 1), "%s, %d, %s", section.ID, cells, strings.Join(lines, "\n"))
			text := strings.Join(lines, "\n")
			for _, part := range style.PartsOf[section.ID] {
				assert.Check(t, is.Equal(strings.Count(text, w.Theme.Accent.Render("◉ "+part)), 1),
					"%s, %d, %q, %s", section.ID, cells, part, text)
			}
			n := strings.Count(text, "◉")
			assert.Check(t, n == len(style.PartsOf[section.ID]) && n != 0, "%s at %d: %d marks", section.ID, cells, n)
		}
	}
}

func TestDrawingWithoutUnicode(t *testing.T) {
	for _, lines := range [][]string{style.WideDrawing, style.NarrowDrawing} {
		text := style.ASCIIGlyphs.Spell(strings.Join(lines, "\n"))
		assert.Check(t, !strings.Contains(text, "?"), "signs are lost:\n%s", text)
	}
}

func TestWhyShowsConsolePath(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second, "?")
		d.shows("◉ app integration", "│   authorization server   │", "│   deployment  →")
		d.size(40, 30)
		d.shows("◉ app integration", "│   deployment             │")
	})
}
