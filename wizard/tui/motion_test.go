package tui

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

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
