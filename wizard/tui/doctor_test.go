package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/signintest"
)

func TestDoctorScreen(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "d", 500*time.Millisecond)
		d.shows("Doctor", "Checking both services", "0.5 s")
		d.after(time.Second)
		d.shows("✓ 4 passed · 1 skipped", "› ◌ Website page", "http://localhost:8080/ wasn't checked. Press e to check it.", "✓ Deployment", "\"Web SSO\" is Active", "1 check")
		d.hides("f fix", "--site")
		d.press("c")
		if !strings.Contains(d.copied, "Deployment       Web SSO  0f3c1a52") || !strings.Contains(d.copied, "◌ skipped No page was set.") {
			t.Errorf("copied %q", d.copied)
		}
		d.press("r")
		d.shows("Checking both services")
		d.after(2 * time.Second)
		assert.Check(t, is.Equal(d.verifier.reads, 2))
		d.press("esc")
		d.shows("are connected")
	})
}

func TestDoctorFixes(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		healthy := d.verifier.found
		d.verifier.breakIt()
		d.size(80, 40)
		d.aside("d")
		d.shows("✗ 1 failed · 1 warning", "› ✗ Genesys integration", "1 of 2 failed", "✗ The stored credential is older", "Genesys Cloud cannot redeem", "Send it again (f).",
			"! Okta app", "1 warning")
		d.hides("An access token lives")
		d.press("f", 2*time.Second)
		d.shows("Planned changes", "~ credential")
		d.verifier.found = healthy
		d.press("enter", 3*time.Second)
		d.shows("✓ 4 passed")
		assert.Check(t, d.verifier.did == 1 && d.verifier.reads == 2 && len(d.verifier.fixed[0]) == 0,
			"fixed %d times, read %d times, %v", d.verifier.did, d.verifier.reads, d.verifier.fixed)
	})
}

// TestDoctorShowsOutcomeAndLinks of a small window, where what passed at the broken link has no room.
func TestDoctorShowsOutcomeAndLinks(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.verifier.breakIt()
		fine := d.verifier.found.Findings[slices.IndexFunc(d.verifier.found.Findings, func(f doctor.Finding) bool { return strings.Contains(f.What, `(Okta)" is Active`) })]
		d.verifier.found.Findings = slices.Concat(d.verifier.found.Findings, slices.Repeat([]doctor.Finding{fine}, 8))
		d.aside("d")
		d.shows("Doctor  ", "\n  ✗ 1 failed · 1 warning · 12 passed · 1 skipped\n\n", "› ✗ Genesys integration", "1 of 10 failed", "Send it again (f).", "✓ Deployment")
		d.hides(" more", "    ✓")
		d.size(80, 40)
		d.shows("    ✓")
		d.size(40, 12)
		d.shows("Doctor         ✗ 1 failed · 1 warning\n", "› ✗ Genesys integration")
	})
}

// TestDoctorsFaultsShowAtFinish: the finish says what doctor found, until doctor finds it fixed or a sign-in passes.
func TestDoctorsFaultsShowAtFinish(t *testing.T) {
	ends := map[string]func(*drive){
		"fixed": func(d *drive) {
			d.press("d", 2*time.Second, "f", 2*time.Second, "enter", 500*time.Millisecond, "esc", time.Second)
		},
		"passed": func(d *drive) {
			close(d.verifier.browser)
			d.press("t", 4*time.Second, "enter")
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			driven(t, answeredEnv(t), nil, func(d *drive) {
				d.verifier.breakIt()
				d.aside("d", 2*time.Second, "esc")
				d.shows("✗ Sign-in doesn't work yet", "! The stored credential is older than every active secret of the app.", "for the fix, then f to fix it.", "━✗ Integration ╌", "   d doctor")
				d.hides("are connected")
				d.size(120, 40)
				d.shows("Press d for the fix, then f to fix it.")
				d.verifier.breakIt()
				d.press("d", 2*time.Second, "esc")
				d.shows("Doctor found 2 faults. The first:")
				end(d)
				d.hides("✗", "Doctor found")
			})
		})
	}
}

// TestDoctorsPageFaultStays: a sign-in test doesn't see the website's page.
func TestDoctorsPageFaultStays(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.verifier.found = &doctor.Report{Findings: []doctor.Finding{
			{Check: "snippet", Area: doctor.AreaSite, State: doctor.Fail, What: "The page has no snippet.", Fix: "Paste it."},
		}}
		close(d.verifier.browser)
		d.aside("d", 2*time.Second, "esc", "t", 4*time.Second, "enter")
		d.shows("✗ Sign-in doesn't work yet", "The page has no snippet. Press d for the fix.", "✗ Page ╌● Okta app")
	})
}

// TestUnassignedAppShowsAtFinish: a run that assigns no one says so at its end, and doctor assigns a user.
func TestUnassignedAppShowsAtFinish(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.notices = []string{oktasteps.NoOneAssigned}
		healthy := d.verifier.found
		d.verifier.found = &doctor.Report{Findings: []doctor.Finding{
			{Check: "assigned", Area: doctor.AreaAccess, State: doctor.Fail, What: "No one is assigned.", AutoFix: signintest.FixAssignUser},
		}}
		d.reach(guide.SectionSnippet)
		d.shows("✗ Sign-in doesn't work yet", "! No one is assigned to the app, so no one can sign in.", "✗ Okta app", "   d doctor")
		d.press("d", 2*time.Second)
		d.shows("   f fix")
		d.press("f")
		d.shows("Which user should be assigned to the app?", "enter plan the fix")
		d.press("bob@acme.test", "enter", 2*time.Second)
		d.shows("Planned changes")
		d.verifier.found = healthy
		d.press("enter", 4*time.Second, "esc")
		d.shows("✓ Okta and Genesys Cloud are connected")
		assert.Check(t, is.DeepEqual(d.verifier.assigned, []string{"bob@acme.test"}))
	})
}

// TestDoctorNamesNoFlags: what a flag would do on the command line is a key or a field here.
func TestDoctorNamesNoFlags(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.verifier.found = &doctor.Report{Findings: []doctor.Finding{{
			Area: doctor.AreaApp, State: doctor.Skipped, What: "No user was named (--user).", Why: "This needs a sign-in to Okta (OKTA_CLIENT_ORGURL, or --okta-sign-in).", Fix: "Name the user (--user).",
		}}}
		d.aside("d")
		d.shows("No user was named.", "This needs a sign-in to Okta.", "Name the user.")
	})
}

// TestDoctorLinks: a line a link, and what was found at the one that is chosen.
func TestDoctorLinks(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.verifier.breakIt()
		d.aside("d")
		d.shows("› ✗ Genesys integration", "Send it again (f).", "✓ \"Messenger SSO (Okta)\" is Active.")
		d.press("up")
		d.shows("› ! Okta app", "! An access token lives 5 minutes.", "✓ The group Everyone is assigned.")
		d.hides("Send it again (f).")
		d.shows("◌ Website page           press e to check it", "skipped")
		d.press("up", "up", "up")
		d.shows("› ◌ Website page", "http://localhost:8080/ wasn't checked.")
		for range 9 {
			d.press("down")
		}
		d.shows("› ✓ Deployment")
		d.size(40, 12)
		d.shows("› ✓ Deployment")
	})
}

// TestDoctorWithWarnings: a warning has its own mark, and the chain counts it.
func TestDoctorWithWarnings(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.verifier.found = &doctor.Report{Findings: append(d.verifier.found.Findings, broken[1])}
		d.size(120, 40)
		d.aside("d")
		d.shows("! 1 warning · 4 passed · 1 skipped", "no faults, 1 warning")
		d.size(40, 12)
		d.shows("! 1 warning")
	})
}

// TestDoctorChecksPage: the page to check is typed on the screen; what is offered is where Messenger runs.
func TestDoctorChecksPage(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.aside("d", "e")
		d.shows("› Page URL  http://localhost:8080/", "enter check", "F1 keys")
		d.press("esc")
		d.hides("Page URL")
		assert.Check(t, is.Equal(d.verifier.reads, 1))
		d.press("e", "ctrl+u")
		d.send(tea.PasteMsg{Content: "https://www.example.com/help\n"})
		d.press("enter")
		d.shows("Checking both services")
		d.after(2 * time.Second)
		assert.Check(t, is.Equal(d.verifier.site, "https://www.example.com/help"))
		assert.Check(t, is.Equal(d.verifier.reads, 2))
		d.hides("wasn't checked")
		d.press("e")
		d.shows("Page URL  https://www.example.com/help")
	})
}

// TestDoctorChecksNamedPage: a page that the user named is checked without another word.
func TestDoctorChecksNamedPage(t *testing.T) {
	env := answeredEnv(t)
	assert.NilError(t, env.Answers.Set(guide.RedirectURIs, guide.FromUser, "https://www.example.com/help"))
	driven(t, env, nil, func(d *drive) {
		d.aside("d")
		assert.Check(t, is.Equal(d.verifier.site, "https://www.example.com/help"))
		d.hides("wasn't checked", "No page is set")
		d.size(120, 40)
		d.shows("made  ◌ not checked  ✗ broken")
		d.press("e", "ctrl+u", "enter", 2*time.Second)
		d.shows("https://www.example.com/help wasn't checked. Press e to check it.")
	})
}

// TestRotateFromSnippet: the snippet screen plans a rotation, carries it out once it is confirmed, shows what became of both
// client secrets, and deletes the old one only after a Yes.
func TestRotateFromSnippet(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(140, 50)
		d.reach(guide.SectionSnippet)
		d.press("k")
		d.shows("new secret")
		d.press("esc")
		d.press("n", 2*time.Second)
		d.shows("Rotate the client secret", "enter rotate")
		d.press("esc")
		assert.Check(t, is.Equal(d.verifier.did, 0), "rotated without a confirmation")
		d.size(80, 24)
		d.press("n", 2*time.Second, "enter", 3*time.Second)
		assert.Check(t, is.DeepEqual(d.verifier.old, []string{"INACTIVE", "INACTIVE"}))
		d.shows("✓ The new client secret", "The old one (created 2026-01-05 14:02 UTC) is inactive. Press u to use it", "› No, keep it inactive", "enter keep", "u undo", "t test")
		d.press("u", 2*time.Second)
		d.shows("Undo: ")
		d.press("esc", "down")
		d.shows("› Yes, delete it", "enter delete")
		d.press("enter", 4*time.Second)
		assert.Check(t, is.DeepEqual(d.verifier.old, []string{"INACTIVE", "INACTIVE", "DELETED"}))
		d.shows("is deleted.")
		d.hides("u undo", "Yes, delete it")
		d.press("enter")
		d.shows("are connected")
		assert.Check(t, is.Equal(d.verifier.did, 2), "rotations")
	})
}

// TestRotationAsks: what others may not want is a question, and Enter keeps the client secret.
func TestRotationAsks(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.verifier.plan.Notices = []engine.Notice{{Text: "The wizard didn't create this app."}}
		d.reach(guide.SectionSnippet)
		d.press("n", 2*time.Second)
		d.shows("The wizard didn't create this app.", "› No, keep the client secret", "enter keep")
		d.press("enter")
		d.shows("are connected")
		d.press("n", 2*time.Second, "down", "enter", 3*time.Second)
		assert.Check(t, is.Equal(d.verifier.did, 1), "rotations")
		d.shows("is inactive.", "› No, keep it inactive")
		d.press("enter")
		d.shows("are connected")
		assert.Check(t, is.Equal(d.verifier.did, 1), "Enter deleted the old client secret")
	})
}
