package tui

import (
	"errors"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screens"
)

func TestCopyingTheSnippet(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "c")
		d.shows("Copied to the clipboard: the snippet (")
		assert.Check(t, is.Equal(d.copied, snippetText), "copied")
		d.copyErr = errors.New("no clipboard")
		d.press("c")
		d.shows("Sent to the terminal clipboard: the snippet (")
	})
}

// TestEnterLeavesNothing: at the end of the guide one Enter too many is no word to leave.
func TestEnterLeavesNothing(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "enter", "enter", "enter")
		d.shows("are connected", "q done")
		d.size(120, 40)
		assert.Check(t, !d.quit, "Enter ended the wizard")
		d.shows("q done")
		d.press("q")
		assert.Check(t, d.quit, "q does not leave")
	})
}

func TestWhatLiesOverTheSnippet(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "v", time.Second)
		d.shows("All planned changes", "enter continue")
		d.press("esc", "m")
		d.shows("Snippet, manual setup")
		d.press("esc")
		d.shows("are connected")
		d.press("m", "enter", 2*time.Second)
		d.shows("are connected")
	})
}

func TestWarningsOfTheReadBack(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.warnings = []string{"The public file is still the old one."}
		d.size(80, 40)
		d.reach(guide.SectionSnippet)
		d.shows("! The public file is still the old one.", screens.SnippetAlone[:40])
		d.hides("on the public CDN")
	})
}

func TestTheReadBackFails(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionDeployment, "enter", 3*time.Second)
		d.planErr = &explain.Error{Problem: "The deployment is gone.", Fix: "Make it again."}
		d.press("enter", 3*time.Second)
		d.shows("✗ Snippet", "The deployment is gone.", "r retry")
		assert.Check(t, !d.outcome().Finished && d.outcome().Err != nil, "%+v", d.outcome())
		d.planErr = nil
		d.press("r", 3*time.Second)
		d.shows("are connected")
	})
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"https://help.genesys.cloud/x": true, "http://localhost:8080/": true, "http://127.0.0.1:1/": true, "http://[::1]:1/": true,
		"http://example.com": false, "file:///etc/passwd": false, "javascript:alert(1)": false, "https:": false, "--help": false, "": false,
	} {
		err := checkAddress(address)
		assert.Check(t, is.Equal((err == nil), ok), "%q: %v", address, err)
	}
}
