package tui

import (
	"errors"
	"testing"
	"time"

	"msgsso-wizard/steps/engine"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/screens"
)

func TestCopySnippet(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "c")
		d.shows("Copied to the clipboard: the snippet (")
		assert.Check(t, is.Equal(d.copied, snippetText), "copied")
		d.copyErr = errors.New("no clipboard")
		d.press("c")
		d.shows("Sent to the terminal clipboard: the snippet (")
	})
}

// TestFinishCountsChanges: what was only read is no change.
func TestFinishCountsChanges(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet)
		for i := range d.made {
			d.made[i].Verb = engine.Reuse
		}
		d.shows("are connected", "no changes needed")
		d.plans = nil // all is in place
		d.press("v", 2*time.Second)
		d.shows("› Continue with no changes left", "enter continue")
	})
}

// TestReadingTimeIsNotCounted: the sum is of the time in which changes were made.
func TestReadingTimeIsNotCounted(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionDeployment, 10*time.Minute)
		d.press("enter", 10*time.Minute, "enter", 10*time.Second)
		d.shows("are connected", "9 changes in 4.5 s")
		assert.Check(t, is.Equal(d.outcome().Result.ElapsedMS, int64(4500)))
	})
}

// TestFinishShowsResults: that visitors can sign in is said once a sign-in test or doctor saw it, and no longer.
func TestFinishShowsResults(t *testing.T) {
	const connected, signsIn = "✓ Okta and Genesys Cloud are connected ", "✓ Visitors can sign in "
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(120, 40)
		d.reach(guide.SectionSnippet)
		d.shows(connected, "9 changes in 4.5 s", "◉ Page ╌", "your page closes the chain")
		d.verifier.result = refused
		d.press("t", 1500*time.Millisecond)
		close(d.verifier.browser)
		d.press(time.Second, "esc", "3") // which checks the test off
		d.shows("✗ Sign-in doesn't work yet", "t Sign-in test  done", "◉ Page ╌")
		d.hides(connected)
		d.verifier.result = signintest.Result{OK: true}
		d.press("t", 1500*time.Millisecond, time.Second, "esc")
		d.shows(signsIn, "● Page ━", "a sign-in closed the chain")
		d.hides(connected, "╌", "◉")
	})
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(120, 40)
		d.aside("d", "esc") // which knows of no page
		d.shows(connected, "◉ Page ╌")
		site := len(d.verifier.found.Findings) - 1
		d.verifier.found.Findings[site].State = doctor.OK
		d.press("d", 1500*time.Millisecond, "esc")
		d.shows(signsIn, "● Page ━", "your page closes the chain")
		d.size(40, 12)
		d.shows("●━●━●━●━●━● all proved")
		d.verifier.breakIt()
		d.press("d", 1500*time.Millisecond, "esc")
		d.shows("✗ Sign-in doesn't work yet\n  ! The stored credential", "◉╌●━✗╌●━●━● doctor found 1 fault")
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

func TestSnippetOverlays(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "v", time.Second)
		d.shows("Changes 9", "enter continue")
		d.press("esc", "m")
		d.shows("Snippet, manual setup")
		d.press("esc")
		d.shows("are connected")
		d.press("m", "enter", 2*time.Second)
		d.shows("are connected")
	})
}

func TestReadBackWarnings(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.warnings = []string{"The public file is still the old one."}
		d.size(80, 40)
		d.reach(guide.SectionSnippet)
		d.shows("! The public file is still the old one.", screens.SnippetAlone[:40])
		d.hides("public file ready")
	})
}

// TestRecoveryIsShown: in the section that recovered, and at the end, where it is no warning.
func TestRecoveryIsShown(t *testing.T) {
	const said = "Okta didn't confirm the change of the app integration. The wizard looked and found it."
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(120, 40)
		d.recovered = map[guide.ObjectKind]string{guide.KindApp: said}
		d.warnings = []string{said}
		d.reach(guide.SectionGenesys, "esc", time.Second)
		d.shows("done in", "✓ "+said[:60])
		d.reach(guide.SectionSnippet)
		d.shows("✓ "+said[:60], "public file ready")
		d.hides("! " + said[:20])
	})
}

func TestReadBackFails(t *testing.T) {
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

// TestLeavingAfterTheFinish asks nothing: the snippet is there.
func TestLeavingAfterTheFinish(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "esc", time.Second, "q")
		assert.Check(t, d.quit, d.view())
	})
}
