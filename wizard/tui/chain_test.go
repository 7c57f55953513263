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

// TestChainInStepperRow: once the last section is reached, a window without the panel has the chain where the sections
// were.
func TestChainInStepperRow(t *testing.T) {
	for _, c := range []struct {
		name  string
		steer func(*drive)
		wide  string // at 80 columns
		thin  string // at 60
		broad string // at 100, where a window has the panel, but for the finish
	}{
		{"finish", func(d *drive) { d.aside("") }, "◉ Page ╌● Okta app ━● Integration ━● Configuration ━● Deployment ━● Snippet", "◉╌●━●━●━●━● your page is next", "● Okta app ━"},
		{"page code", func(d *drive) { d.aside("p") }, "◉ Page ╌● Okta app", "◉╌●━●━●━●━● Page", "● Okta ━"},
		{"doctor", func(d *drive) { d.aside("d") }, "◌ Page ╌● Okta app ━● Integration ━● Configuration ━● Deployment ━● Snippet", "◌╌●━●━●━●━●", "● Okta ━"},
		{"a fault", func(d *drive) {
			d.verifier.breakIt()
			d.aside("d")
		}, "● Okta app ━✗ Integration ╌● Configuration", "◌╌●━✗╌●━●━● Integration", "● Okta ━"},
		{"test", func(d *drive) { d.aside("t") }, "◉ Page ╌● Okta app", "◉╌●━●━●━●━● Page", "● Okta ━"},
		{"passed", func(d *drive) { d.tested(d.verifier.result) }, "● Page ━● Okta app ━● Integration", "●━●━●━●━●━●", "● Okta ━"},
		{"undo", func(d *drive) { d.aside("u") }, "− Okta app ╌− Integration ╌", "╌−╌−╌", "● Okta ━"},
		{"refused", func(d *drive) { d.tested(refused) }, "● Okta app ━✗ Integration ╌● Configuration", "●━✗╌●━●━● Integration", "● Okta ━"},
	} {
		t.Run(c.name, func(t *testing.T) {
			driven(t, answeredEnv(t), nil, func(d *drive) {
				row := func(width int) string {
					d.size(width, 24)
					return strings.Split(d.view(), "\n")[1]
				}
				c.steer(d)
				d.after(time.Second)
				assert.Check(t, is.Contains(row(80), c.wide))
				assert.Check(t, is.Contains(row(60), c.thin))
				assert.Check(t, is.Contains(row(100), c.broad))
			})
		})
	}
}

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

// atTheFinish opens the last section, of which the plan and the changes are over at once.
func atTheFinish(t *testing.T, change func(*Config), test func(*drive)) {
	t.Helper()
	driven(t, answeredEnv(t), change, func(d *drive) {
		d.reach(guide.SectionDeployment, "enter", 5*time.Second)
		d.pace = 0
		d.press("enter")
		test(d)
	})
}

// lit is how many links of the stepper are made.
func (d *drive) lit() int { return strings.Count(strings.Split(d.view(), "\n")[1], "●") }

// TestFinishLightsLinks: from left to right, each in its time, and then the fill; once.
func TestFinishLightsLinks(t *testing.T) {
	atTheFinish(t, nil, func(d *drive) {
		for n := range 5 {
			assert.Check(t, is.Equal(d.lit(), n), "after %d frames", n)
			d.hides("are connected")
			d.after(style.LinkFrame)
		}
		d.shows("are connected")
		assert.Check(t, is.Equal(d.lit(), 5))
		d.after(2 * style.LinkFrame)
		assert.Check(t, !d.router.ticks, "it goes on ticking")
		d.press("esc")
		d.shows("enter next section")
		d.press("enter", time.Second)
		d.shows("are connected")
	})
}

// TestMotionEnds: a key, also in the middle, a terminal without colors, and a frame that is late.
func TestMotionEnds(t *testing.T) {
	atTheFinish(t, nil, func(d *drive) {
		d.after(style.LinkFrame)
		d.hides("are connected")
		d.press("c")
		d.shows("are connected", "Copied")
	})
	atTheFinish(t, nil, func(d *drive) {
		d.hides("are connected")
		time.Sleep(style.TickEvery + style.SlowFrame + 1) // nothing is drawn until then
		d.settle()
		d.shows("are connected")
	})
	for _, still := range []func(*Config){
		func(c *Config) { c.Still = true },
		func(c *Config) { c.Environ = append([]string{"NO_COLOR=1"}, unicodeEnv...) },
	} {
		atTheFinish(t, still, func(d *drive) { d.shows("are connected") })
	}
}

// TestChainCloses: the line that returns to the page runs from the snippet up to it.
func TestChainCloses(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(120, 40)
		d.aside("t")
		close(d.verifier.browser)
		d.settle()
		before := -1
		for range 6 {
			view := d.view()
			dashed, heavy := strings.Count(view, "╎\n"), strings.Count(view, "┃\n")
			assert.Check(t, heavy > before && dashed > 0, "%d rows are heavy after %d, %d dashed:\n%s", heavy, before, dashed, view)
			before = heavy
			d.after(100 * time.Millisecond)
		}
		d.shows("┓\n", "┛\n")
		d.hides("╎\n", "╮\n")
	})
}
