package tui

import (
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/screens"
)

func TestSignInPasses(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "t", 500*time.Millisecond)
		d.shows("Sign-in test", "Reading current settings")
		d.after(time.Second)
		d.shows(startAddress.URL, startAddress.Forward, "browser   ", "end the test")
		assert.Check(t, is.Equal(d.opened, startAddress.URL), "opened")
		d.press("c")
		assert.Check(t, is.Equal(d.copied, startAddress.URL), "copied")
		d.send(screen.News{Of: screens.NewSignIn(d.World, d.verifier), Then: func() screen.Action { return screen.Quit{} }}) // of a test that was left
		assert.Check(t, !d.quit, "another test's news counts")
		d.after(3 * time.Second)
		d.shows("3.5 s") // a clock shows that it goes on
		close(d.verifier.browser)
		d.after(time.Second)
		d.shows("✓ browser came back with a code", "11 s", "Sign-in works", "The test's tokens are", "alice@acme.test")
		d.hides("mend")
		d.press("c")
		assert.Check(t, is.Contains(d.copied, "Genesys Cloud redeemed a code"), "copied")
		d.press("r", 3*time.Second)
		assert.Check(t, is.Equal(d.verifier.tests, 2))
		d.shows("enter done")
		d.press("enter")
		d.shows("Visitors can sign in")
	})
}

func TestSignInIsRefusedAndFixed(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		passed := d.verifier.result
		d.tested(refused)
		d.shows("✗ Genesys Cloud could not redeem a code", "client secret stored in the integration", "f fix and retest")
		d.press("c")
		assert.Check(t, is.Contains(d.copied, "Request ID 77ab2c31"), "copied")
		d.press("f", 2*time.Second)
		d.shows("Planned changes", "~ credential", "enter apply")
		d.press("esc")
		d.shows("f fix and retest")
		assert.Check(t, is.Equal(d.verifier.did, 0), "fixed without consent")
		d.verifier.result = passed
		d.press("f", 2*time.Second, "enter", 400*time.Millisecond)
		d.shows("esc stop after this call")
		d.after(3 * time.Second)
		d.shows("Sign-in works")
		assert.Check(t, d.verifier.did == 1 && d.verifier.tests == 2 && d.verifier.fixed[1][0] == signintest.FixCredential,
			"fixed %d times, tested %d times, %v", d.verifier.did, d.verifier.tests, d.verifier.fixed)
	})
}

// TestUnassignedUserIsFixed: the user whom Okta refused is offered, and another can be typed.
func TestUnassignedUserIsFixed(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		passed := d.verifier.result
		d.tested(signintest.Result{AutoFix: signintest.FixAssignUser, User: "alice@acme.test", Problem: &explain.Error{Problem: "alice@acme.test isn't assigned to the app integration."}})
		d.press("f")
		d.shows("Which user should be assigned to the app?", "Okta login  alice@acme.test", "enter plan the fix", "F1 keys")
		d.press("ctrl+u", "enter")
		d.shows("! Enter the login as in Okta")
		d.press("nobody", "enter", 2*time.Second)
		d.shows("! Okta has no user with the login nobody.", "enter plan the fix")
		d.press("ctrl+u")
		d.send(tea.PasteMsg{Content: "bob@acme.test\n"})
		d.press("enter", 2*time.Second)
		d.shows("Planned changes", "enter apply")
		d.verifier.result = passed
		d.press("enter", 4*time.Second)
		d.shows("Sign-in works")
		assert.Check(t, is.DeepEqual(d.verifier.assigned, []string{"nobody", "bob@acme.test"}), "assigned")
	})
}

// TestStoppedRetestShowsNoOldFault: a fault that was fixed isn't on the finish, if the test after the fix is stopped.
func TestStoppedRetestShowsNoOldFault(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.tested(refused)
		d.press("f", 2*time.Second)
		d.shows("enter apply")
		d.press("enter", time.Second, "esc", time.Second)
		d.shows("are connected")
		d.hides("The sign-in test failed")
	})
}

// TestFailedTestShowsAtFinish: the finish says what the test found, until a test passes.
func TestFailedTestShowsAtFinish(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		passed := d.verifier.result
		d.tested(refused)
		d.press("esc")
		d.shows("✗ Sign-in doesn't work yet", "! The sign-in test failed. The fault is between Genesys Cloud and Okta.", "Press t to test again, then f to fix it.", "━✗ Integration ╌", "   t test")
		d.hides("are connected")
		d.verifier.result = passed
		d.press("t", 4*time.Second, "enter")
		d.shows("✓ Visitors can sign in")
		d.hides("failed", "✗")
	})
}

// TestSignInResults: no mark of what failed stands before what works, the wizard offers to fix only what it can fix, and a port
// that is taken says nothing of the setup.
func TestSignInResults(t *testing.T) {
	const finish, connected = "doesn't work yet", "are connected"
	for problem, c := range map[string]struct {
		side         signintest.Side
		fix          signintest.Fix
		shows, hides []string
		then, not    string // at the finish
	}{
		"Okta works. The error is at Genesys Cloud: it failed (HTTP 500).": {
			side: signintest.SideGenesys, shows: []string{"✗ The error is at Genesys Cloud: it failed (HTTP 500)."},
			then: "! The sign-in test failed. The error is at Genesys Cloud:", not: connected,
		},
		"Port 8080 is taken.":   {side: signintest.SideHere, shows: []string{"✗ Port 8080 is taken.", "   r test again", "d doctor"}, then: connected, not: finish},
		"The app isn't active.": {fix: signintest.FixActivateApp, shows: []string{"   r test again"}, hides: []string{"f fix and retest"}, then: finish, not: connected},
	} {
		driven(t, answeredEnv(t), nil, func(d *drive) {
			d.tested(signintest.Result{Side: c.side, AutoFix: c.fix, Problem: &explain.Error{Problem: problem}})
			d.shows(c.shows...)
			d.hides(c.hides...)
			d.press("esc")
			d.shows(c.then)
			d.hides(c.not)
		})
	}
}

func TestFixFails(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.verifier.fixErr = &explain.Error{Problem: "Your role lacks integrations > integration > edit.", Fix: "Ask for it."}
		d.tested(refused)
		d.press("f", 2*time.Second, "enter", 2*time.Second)
		d.shows("✗ Your role lacks integrations > integration > edit.", "r retry")
		d.press("esc")
		d.shows("f fix and retest")
		d.verifier.plan = setup.Plan{}
		d.press("f", 2*time.Second)
		d.shows("The wizard can't fix this for you.")
		d.press("enter")
		d.hides("enter apply")
	})
}

func TestPasteAddress(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.verifier.reject = errors.New("this is not the address of this sign-in")
		d.aside("t", "x", "ctrl+u")
		d.send(tea.PasteMsg{Content: "http://localhost:8080/?code=1&state=2\n"})
		d.shows("enter send", "ctrl+u clear")
		d.press("enter", time.Second)
		d.shows("! This is not the address of this sign-in.")
		d.send(tea.PasteMsg{Content: "http://localhost:8080/?code=3&state=4"})
		d.press("enter", time.Second)
		d.shows("Sign-in works")
		assert.Check(t, len(d.verifier.pasted) == 2 && d.verifier.pasted[1] == "http://localhost:8080/?code=3&state=4",
			"pasted %q", d.verifier.pasted)
	})
}

func TestSystemLogIsShown(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.verifier.lines = append(d.verifier.lines, signintest.Line{State: signintest.Note, Text: "Okta's System Log, 10:41:07", Detail: "The redirect URI http://localhost:8080 is not registered."})
		d.aside("t")
		d.shows("! Okta's System Log, 10:41:07", "The redirect URI http://localhost:8080 is not registered.")
	})
}

func TestLeaveSignInTest(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.aside("t", "esc", 500*time.Millisecond)
		d.shows("Stopping the test and revoking its tokens.", "esc do not wait")
		d.after(2 * time.Second)
		d.shows("are connected")
		assert.Check(t, d.verifier.taken == 1 && len(d.jobs) == 0,
			"revoked %d times, %d jobs are left", d.verifier.taken, len(d.jobs))
		d.verifier.result.Left = []string{"The refresh token lives on: revoke it in Okta."}
		d.press("t", 1500*time.Millisecond, "esc", 3*time.Second)
		d.shows("! The refresh token lives on: revoke it in Okta.")
		assert.Check(t, is.Len(d.outcome().Left, 1), "left")
	})
}

func TestSignInTestFailsEarly(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.verifier.testErr = &explain.Error{Problem: "No client secret of the app can be read.", Fix: "Sign in to Okta as an admin who can read it."}
		d.aside("t")
		d.shows("✗ No client secret of the app can be read.", "r test again", "d doctor")
		d.press("d", 2*time.Second)
		d.shows("Doctor", "4 passed")
		d.press("esc")
		d.shows("✗ No client secret of the app can be read.")
		d.press("esc")
		d.shows("are connected")
	})
}

func TestPromptDuringSignInTest(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.aside("t")
		p := &screen.Prompt{Reply: make(chan screen.Typed, 1)}
		d.send(p)
		got := <-p.Reply
		assert.Check(t, is.ErrorIs(got.Err, screen.ErrSignInAgain), "answered %+v", got)
	})
}
