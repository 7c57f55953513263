package tui

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

// trying has a new version tried first.
func trying() *setup.Rollout {
	return &setup.Rollout{LiveID: "live", LiveName: "Main website", Live: "1", Before: "1", TestID: "test", TestName: "Main website (test)", Tried: "2"}
}

// TestGoLiveAndBack: the snippet screen goes live with the version that was tried, and back to the one before.
func TestGoLiveAndBack(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		verifies := func(deployment string) { // the keys work on what the screen shows
			t.Helper()
			for _, key := range []string{"p", "t", "d"} {
				d.benched = ""
				d.press(key)
				assert.Check(t, is.Equal(d.benched, deployment), "key %s", key)
				d.press("esc", time.Second)
			}
		}
		d.rollout = trying()
		d.size(140, 50)
		d.reach(guide.SectionSnippet)
		d.shows(`Pages of the live deployment "Main website" keep version 1. Press l to go live with version 2.`,
			`The snippet is of "Main website (test)", for staging pages.`, "l go live")
		d.press("b")
		d.hides("Go back")
		verifies("test")
		d.press("1")
		d.press("l", time.Second)
		d.shows("Go live", "version 1 → 2", "This changes Messenger on the pages of", "enter go live")
		d.press("esc")
		d.shows("keep version 1", "l go live")
		d.press("l", time.Second)
		d.rollout.Live, d.lastMove = "2", setup.Moved{Deployment: genesys.Deployment{ID: "live"}, After: 1500 * time.Millisecond}
		d.press("enter", 3*time.Second)
		d.shows(`Pages of the live deployment "Main website" use version 2. Browsers got it after 1.5 s. Press b to go back to version 1.`, "b go back")
		d.hides("keep version 1")
		d.shows(`The snippet is of "Main website". Its pages have it already.`, "Live pages have it already.")
		d.hides("on the pages that show Messenger", "staging pages")
		verifies("live")
		d.press("b", time.Second)
		d.shows("Go back", "version 2 → 1")
		d.rollout.Live, d.lastMove.Warnings = "1", []string{"Browsers still get version 2."}
		d.press("enter", 3*time.Second)
		d.shows("keep version 1. Press l", "l go live", "! Browsers still get version 2.", `The snippet is of "Main website (test)", for staging pages.`)
		verifies("test")
	})
}
