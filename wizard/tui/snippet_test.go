package tui

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/screen"
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

// handover is what the tests hand over.
func (f *fake) handover(r setup.Result) string {
	return "# Hand-over of " + r.Genesys.DeploymentID + "\n"
}

func init() {
	scenes = append(scenes, []sceneOf{
		{name: "next", steer: func(d *drive) {
			d.reach(guide.SectionSnippet, "1", "2")
			d.send(noted(""))
		}},
		{name: "rotated", steer: func(d *drive) { d.reach(guide.SectionSnippet, "n", 2*time.Second, "enter", 3*time.Second) }},
		{name: "handover", steer: func(d *drive) { d.reach(guide.SectionSnippet, "h") }},
	}...)
}

func TestHandover(t *testing.T) {
	file := filepath.Join(t.TempDir(), "handover.md")
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.reach(guide.SectionSnippet)
		d.shows("  4 h Handover      Save a handover record")
		d.press("h")
		d.shows("Save to  messenger-handover.md")
		d.press("ctrl+u", file, "enter")
		d.shows("Saved to", "  ✓ h Handover      done")
		holds(t, file, "# Hand-over of 0f3c1a52-7b6e-4c43-9f0e-5d8a1b2c3d4e\n")
		d.press("s") // the snippet's own name again
		d.shows("Save to  messenger-snippet.html", "  1 c Snippet       Paste it before </head>")
	})
	driven(t, answeredEnv(t), func(c *Config) { c.Handover = nil }, func(d *drive) {
		d.reach(guide.SectionSnippet, "h")
		d.hides("handover.md", "h handover", "Save to")
	})
}

func TestNextStepsAreChecked(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.reach(guide.SectionSnippet)
		d.shows("What to do next", "  1 c Snippet       Paste it", "  2 p Page code     "+screens.SnippetAlone, "  3 t Sign-in test  Sign in", "  5 q Done          Finish")
		d.press("c")
		d.shows("  1 c Snippet       Paste it") // copied is not pasted
		d.press("p", 1500*time.Millisecond, "c", "esc")
		d.shows("  2 p Page code", "1-5 check off")
		d.press("1", "2", "6", "0")
		d.shows("✓ c Snippet       done", "✓ p Page code     done", "  3 t Sign-in test  Sign in")
		d.press("1")
		d.shows("  1 c Snippet       Paste it")
		d.press("1")
		d.verifier.result = refused
		d.press("t", 1500*time.Millisecond)
		close(d.verifier.browser)
		d.press(time.Second, "esc")
		d.shows("  3 t Sign-in test  Sign in")
		d.size(80, 16)
		d.shows("Next: ✓ snippet  ✓ page code  3 t sign-in test  4 h handover  5 q done")
	})
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.tested(d.verifier.result)
		d.press("esc")
		d.shows("  ✓ t Sign-in test  done", "Visitors can sign in", "p Page code     Paste it after the snippet on the same pages.")
		d.hides(screens.SnippetAlone)
	})
}

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

// revocable leads to the question about the token; revoking takes a second.
func revocable(t *testing.T, errs []error, test func(*drive, *int)) {
	t.Helper()
	driven(t, answeredEnv(t), nil, func(d *drive) {
		asked := 0
		d.token = func(ctx context.Context) error {
			asked++
			screen.Pause(ctx, time.Second)
			if err := ctx.Err(); err != nil {
				return err
			}
			return errs[asked-1]
		}
		d.reach(guide.SectionSnippet, "q")
		d.shows("Revoke the Okta API token?", "You entered it for this run.", "› No, keep it", "Yes, revoke it", "enter keep it")
		assert.Check(t, !d.quit && asked == 0, "quit %t, asked %d times", d.quit, asked)
		test(d, &asked)
	})
}

func TestRevokeEndsRun(t *testing.T) {
	revocable(t, []error{nil}, func(d *drive, asked *int) {
		d.press("down")
		d.shows("› Yes, revoke it", "enter revoke it")
		d.press("enter", "enter", "q", 500*time.Millisecond)
		d.shows("Revoking the token", "0.5 s")
		assert.Check(t, !d.quit && !d.outcome().Revoked, "left, or shown as revoked, too early")
		d.after(time.Second)
		d.shows("✓ The API token was revoked.")
		d.press("enter")
		out := d.outcome()
		assert.Check(t, d.quit && out.Finished && out.Revoked && *asked == 1,
			"quit %t, asked %d times, %+v", d.quit, *asked, out)
	})
}

func TestTokenIsKept(t *testing.T) {
	revocable(t, nil, func(d *drive, asked *int) {
		d.press("esc")
		d.hides("Revoke the Okta API token?")
		d.press("q", "down", "up", "enter")
		out := d.outcome()
		assert.Check(t, d.quit && out.Finished && !out.Revoked && *asked == 0,
			"quit %t, asked %d times, %+v", d.quit, *asked, out)
	})
}

func TestRevokeFails(t *testing.T) {
	refused := &explain.Error{Problem: "Okta did not answer.", Fix: "Try again, or revoke it in the admin console."}
	revocable(t, []error{refused, nil}, func(d *drive, _ *int) {
		d.press("down", "enter", 2*time.Second)
		d.shows("! The token was not revoked. Okta did not answer.", "Try again, or revoke it in the admin console.", "r retry")
		assert.Check(t, !d.outcome().Revoked, "shown as revoked")
		d.press("enter") // no likeliest key after a failure
		d.after(2 * time.Second)
		d.shows("was not revoked")
		d.press("r", 2*time.Second)
		d.shows("✓ The API token was revoked.")
		d.press("q")
		assert.Check(t, d.quit && d.outcome().Revoked, "quit %t, %+v", d.quit, d.outcome())
	})
}
