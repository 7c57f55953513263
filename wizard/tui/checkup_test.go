package tui

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

func TestCheckUp(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "d", 500*time.Millisecond)
		d.shows("Doctor", "Checking both services", "0.5 s")
		d.after(time.Second)
		d.shows("✓ 4 passed · 1 skipped", "Messenger deployment", "✓ \"Web SSO\" is Active.", "○ No page was looked at.", "Name it with --site.")
		d.hides("f fix")
		d.press("c")
		if !strings.Contains(d.copied, "Deployment       Web SSO  0f3c1a52") || !strings.Contains(d.copied, "○ skipped No page was looked at.") {
			t.Errorf("copied %q", d.copied)
		}
		d.press("r")
		d.shows("Checking both services")
		d.after(2 * time.Second)
		assert.Check(t, is.Equal(d.proof.looks, 2))
		d.press("esc")
		d.shows("are connected")
	})
}

func TestCheckUpFixes(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		healthy := d.proof.found
		d.proof.breakIt()
		d.size(80, 40)
		d.aside("d")
		d.shows("! 1 failed · 1 warning", "✗ The stored credential is older", "Genesys Cloud cannot redeem", "Send it again (f).", "! An access token lives 5 minutes.")
		d.press("f", 2*time.Second)
		d.shows("Planned changes", "~ credential")
		d.proof.found = healthy
		d.press("enter", 3*time.Second)
		d.shows("✓ 4 passed")
		assert.Check(t, d.proof.did == 1 && d.proof.looks == 2 && len(d.proof.fixed[0]) == 0,
			"mended %d times, %d looks, %v", d.proof.did, d.proof.looks, d.proof.fixed)
	})
}
