package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// follows are the scenes that open where the user types or chooses, or where a change is under way.
var follows = []string{
	"ask", "invalid", "choose", "pick", "pickmany", "offered", "review-edit", "paste", "handover", "revoke", "save", "pagefile", "preview",
	"manual", "test", "doctor-broken", "prerequisites-failed", "working", "waiting", "stopping", "undo-working",
}

// TestTitleStaysInSight in every scene, in windows of every kind. All but those that follow something open at their top.
func TestTitleStaysInSight(t *testing.T) {
	for i, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			scene(t, s, nil, func(d *drive) {
				for width := 40; width <= 160; width++ {
					for height := 12; height <= 60; height++ {
						common := slices.Contains(sizes, [2]int{width, height}) || width == 60 && height == 20
						if !common && (width*7+height*13+i*5)%97 != 0 {
							continue
						}
						d.width, d.height, d.moved = width, height, false
						f := d.frame()
						title := strings.Fields(ansi.Strip(d.top().Page(f.cells(), f.room).Lines[0]))
						assert.Check(t, is.Contains(strings.Join(strings.Fields(d.view()), " "), strings.Join(title, " ")), "%dx%d", width, height)
						if !slices.Contains(follows, s.name) {
							assert.Check(t, !strings.Contains(d.view(), "↑ "), "%dx%d opens scrolled:\n%s", width, height, d.view())
						}
					}
				}
			})
		})
	}
}

// TestPlanComesBeforeAnswers where not all fits.
func TestPlanComesBeforeAnswers(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second)
		at := func(text string) int { return strings.Index(d.view(), text) }
		assert.Check(t, at("Assignment") < at("Planned changes"), "%s", d.view())
		d.size(40, 12)
		d.shows("Okta setup", "Planned changes", "+ app integration")
		d.press("pgdown", "pgdown", "pgdown")
		d.shows("Okta setup", "Assignment")
	})
}
