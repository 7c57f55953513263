package tui

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

func TestManualSetup(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.press("enter")
		d.press("m") // not while it reads
		d.hides("manual setup")
		d.after(time.Second)
		d.shows("e edit", "m manual setup")
		d.press("m", "c")
		d.shows("Okta setup, manual setup", "step 1 of ")
		assert.Check(t, is.Equal(d.copied, ""), "copied")
		d.press("down", "down", "down", "c")
		assert.Check(t, is.Equal(d.copied, "Genesys Cloud Messenger"), "copied")
		d.press("space")
		d.shows("✓  4  App integration name:", "step 5 of ")
		d.press("up", "space", "up", "space")
		d.shows("✓  3  Web Application, Next", "› ◉  4  App integration name:\n        Genesys Cloud Messenger\n  ○  5  ", "space done", "step 4 of ")
		d.hides("✓  4")
		d.press("o")
		assert.Check(t, d.opened != "", "the console was not opened")
		d.press("?")
		d.shows("Why: Okta setup")
		d.press("o")
		assert.Check(t, strings.HasSuffix(d.opened, "/apps_app_integration_wizard_oidc.htm"), "opened %q", d.opened)
		d.press("esc")
		d.shows("manual setup", "step 4 of ")
		d.press("m")
		d.shows("Planned changes")
		d.press("m")
		d.shows("✓  3  Web Application, Next", "step 1 of ") // kept, and at the first that is open
		plans := len(d.planned)
		d.press("enter", time.Second)
		d.shows("! Checked: 1 of 3 done. Missing items are below. Press m for your list.", "Planned changes")
		d.press("m")
		d.shows("✓  3  Web Application, Next")
		d.press("esc")
		n := len(d.planned)
		assert.Check(t, n == plans+1 && len(d.applied) == 0,
			"planned %d times after %d, applied %d times", n, plans, len(d.applied))
	})
}

func TestManualSetupIsFound(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second, "m")
		plan := d.plans[guide.SectionOkta]
		for i := range plan.Changes {
			plan.Changes[i].Verb = engine.Reuse
		}
		d.press("enter", 2*time.Second)
		d.shows("✓ No changes needed. Everything is already set.", "enter next section")
		d.hides("Checked:")
	})
}

func TestManualSetupAfterError(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.troubled()
		d.shows("m manual setup")
		d.applyErr = nil
		d.press("m")
		d.shows("Integration, manual setup")
		d.press("enter", 2*time.Second)
		d.shows("Planned changes") // manual setup shows in the plan; no changes yet
		assert.Check(t, is.Len(d.applied, 3), "applied")
	})
}
