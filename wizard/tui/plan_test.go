package tui

import (
	"image/color"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

// TestSectionPlan: no changes yet, how much would be, and what stands back.
func TestSectionPlan(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.colors(colorprofile.ANSI256, color.Black)
		d.reach(guide.SectionIntegration)
		d.shows("not applied yet", "Planned changes: 3 to create, 1 to change")
		content := d.View().Content
		assert.Check(t, is.Contains(content, d.Theme.Accent.Render("+")+" "+d.Soft("access policy")+"  "+d.Theme.Value.Render("Genesys Messenger")))
		assert.Check(t, is.Contains(content, d.Soft("none of this type exists")))
		d.press("enter", 3*time.Second)
		d.hides("not applied yet", "Planned changes")
		d.press("enter", time.Second)
		d.shows("Planned changes: 2 to create\n", "Messenger configuration  ", "not applied yet")
		d.size(40, 24)
		d.shows("Messenger configuration\n") // the title goes before what stands right of it
	})
}
