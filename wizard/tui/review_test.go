package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/answersfile"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/wizard/tui/screens"
	"msgsso-wizard/wizard/tui/style"
)

func init() {
	scenes = append(scenes, []sceneOf{
		{name: "review", steer: func(d *drive) { d.reviewed() }},
		{name: "review-answers", steer: func(d *drive) {
			d.reviewed()
			for range 40 {
				d.press("up")
			}
		}},
		{name: "review-edit", steer: func(d *drive) {
			d.reviewed()
			d.toAnswer("Sign-in redirect URIs")
			d.press("e", "ctrl+u", "http://evil.test/", "enter")
		}},
		{name: "review-save", steer: func(d *drive) { d.reviewed(); d.press("s") }},
		{name: "review-problem", steer: func(d *drive) { d.stopped(foreignDraft) }},
		{name: "review-unanswered", bare: true, steer: func(d *drive) {
			d.press("enter", "acme.okta.com", "enter", "enter", canary, "enter", time.Second, "enter")
			d.after(2 * time.Second)
		}},
	}...)
}

// reviewed presses the key with which writing would begin.
func (d *drive) reviewed() {
	d.press("enter", time.Second, "enter", 2*time.Second)
}

// toAnswer moves the cursor of the review.
func (d *drive) toAnswer(label string) {
	d.t.Helper()
	s := d.current().(*screens.Review)
	for range 60 {
		d.press("up")
	}
	for s.At < len(s.Rows) && s.Rows[s.At].Label != label {
		d.press("down")
	}
	assert.Assert(d.t, s.At < len(s.Rows), "there is no answer %q:\n%s", label, d.view())
}

// toApply moves the cursor to the last row.
func (d *drive) toApply() {
	d.t.Helper()
	for range 60 {
		d.press("down")
	}
}

func TestNothingAppliesBeforeReview(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(120, 60)
		d.press("enter", time.Second)
		d.shows("enter review all")
		d.press("enter")
		d.shows("Review", "Reading current settings")
		d.press("enter") // not before the plan could be read
		d.after(2 * time.Second)
		d.shows("8 to create, 1 to change", "Messenger deployment", "Okta org", "https://acme.okta.com", "(flag)", "(environment)", "(default)",
			"All planned changes", "+ app integration  Genesys Cloud Messenger", "+ deployment       Web SSO", "enter apply")
		d.hides(canary)
		assert.Check(t, is.Len(d.applied, 0), "applied")
		d.press("esc", time.Second)
		d.shows("Okta setup", "Planned changes", "enter review all") // esc confirms nothing
		d.hides("v review")
		d.press("v") // Enter does that here
		d.hides("Check all answers")
		d.press("enter", 2*time.Second, "enter", 3*time.Second)
		d.shows("Okta setup", "done in 1.0 s")
		d.press("enter", 5*time.Second, "enter", time.Second)
		d.shows("Integration", "enter apply") // once is enough
		d.press("v", time.Second)
		d.shows("enter continue")
		d.press("enter", time.Second)
		d.shows("Integration", "enter apply")
		assert.Check(t, is.Len(d.applied, 2), "applied")
	})
}

func TestEditInReview(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(120, 60)
		d.reviewed()
		plans := len(d.planned)
		d.toAnswer("Sign-in redirect URIs")
		d.press("e", "ctrl+u", "http://evil.test/", "enter")
		d.shows("✗", "enter use it")
		d.press("esc") // back works from a value that is not valid
		d.after(2 * time.Second)
		d.shows("http://localhost:8080/", "enter edit")
		d.press("e", "ctrl+u", "https://www.example.com/chat", "enter", 2*time.Second)
		d.shows("https://www.example.com/chat  (you)", "www.example.com", "enter edit")
		assert.Check(t, is.Len(d.planned, plans+2), "%d", plans)
		d.toAnswer("Assignment")
		d.press("e", "down", "enter", time.Second)
		d.shows("Selected groups  (you)", "! not answered yet", "To see the changes from ")
		d.toApply()
		d.press("enter") // what the section needs comes first
		d.shows("Groups", "filter")
		d.press("Web", time.Second, "space", "enter", 2*time.Second)
		d.shows("Web  (you)")
		d.toApply()
		d.press("enter", 3*time.Second)
		d.shows("Okta setup", "done in 1.0 s", "https://www.example.com/chat  (you)")
	})
}

// TestHeldEnterAppliesNothing: neither a key that is held nor one press too many lets the wizard write.
func TestHeldEnterAppliesNothing(t *testing.T) {
	hold := func(d *drive, presses int) {
		for range presses {
			d.press(33*time.Millisecond, "enter")
		}
	}
	for name, pace := range map[string]time.Duration{"a plan that takes a while": 500 * time.Millisecond, "a plan that is there at once": 0} {
		t.Run(name, func(t *testing.T) {
			driven(t, answeredEnv(t), nil, func(d *drive) {
				d.pace = pace
				d.press("enter", time.Second, "enter")
				d.after(660 * time.Millisecond) // before a keyboard repeats for the first time
				hold(d, 200)
				d.shows("Apply 9 changes")
				d.hides("enter apply")
				d.after(time.Second)
				d.shows("enter apply")
				d.send(tea.KeyPressMsg{Code: tea.KeyEnter, IsRepeat: true}) // some terminals tell
				d.hides("enter apply")
				assert.Check(t, is.Len(d.applied, 0), "a held key had the wizard write")
				d.press(time.Second, "enter", 3*time.Second)
				d.shows("Okta setup", "done in")
			})
		})
	}
}

// TestEarlyEnterIsAnswered: an Enter that comes before the plan, or right after it, is not dropped without a word.
func TestEarlyEnterIsAnswered(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second, "enter", "enter")
		d.shows("Reading current settings", "The changes aren't read yet. Press the key again once they are shown.")
		d.after(600 * time.Millisecond)
		d.hides("press the key again", "enter apply")
		assert.Check(t, is.Contains(d.View().Content, d.Theme.Accent.Render("tab")), "a key that only moves is filled")
		d.press("enter")
		d.shows("The changes were just shown. Check them, then press the key again.")
		d.after(time.Second)
		d.shows("enter apply")
		d.hides("press the key again")
		d.press("enter", 3*time.Second)
		d.shows("done in")
		d.hides("press the key again")
	})
}

// TestSteadyPressesCount: unlike a key that is held, one that is pressed again and again confirms the review.
func TestSteadyPressesCount(t *testing.T) {
	for _, key := range []string{"enter", "a"} {
		for _, every := range []time.Duration{250 * time.Millisecond, 400 * time.Millisecond, 600 * time.Millisecond} {
			driven(t, answeredEnv(t), nil, func(d *drive) {
				d.press("enter", time.Second, "enter")
				for range 6 {
					d.press(every, key)
				}
				assert.Check(t, d.Agreed, "%s every %v:\n%s", key, every, d.view())
			})
		}
	}
	driven(t, answeredEnv(t), nil, func(d *drive) { // and so through the whole wizard
		for range 100 {
			d.press(400*time.Millisecond, "enter")
		}
		d.shows("are connected")
	})
}

func TestEditEarlierSection(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionConfiguration, "v", time.Second)
		d.toAnswer("Integration")
		d.press("e", "Chat sign-in", time.Second, "enter", time.Second)
		d.toApply()
		d.press("enter", time.Second)
		d.shows(" Integration  ", "Chat sign-in  (you)", "Planned changes", "enter apply")
		assert.Check(t, is.Equal(d.current().(*screens.Section).Info.ID, guide.SectionIntegration), "went on at")
	})
}

// TestChosenAnswerIsWhole: the answer at the cursor shows in full, and none is cut while there are free columns.
func TestChosenAnswerIsWhole(t *testing.T) {
	const page = "https://www.example.com/a/page/far/down/in/the/site/where/messenger/is/shown"
	env := answeredEnv(t)
	assert.NilError(t, env.Answers.Set(guide.RedirectURIs, guide.FromFlag, page))
	driven(t, env, nil, func(d *drive) {
		d.size(80, 60)
		d.reviewed()
		d.hides(page)
		d.toAnswer("Sign-in redirect URIs")
		for width := leastWidth; width < style.WideWindow; width++ {
			d.size(width, 60)
			shown := strings.NewReplacer("\n", "", " ", "").Replace(d.view())
			assert.Assert(t, strings.Contains(shown, page), "at %d columns it is cut:\n%s", width, d.view())
		}
		d.press("up")
		d.size(120, 60)
		d.shows("https://www.example.com/a/", "shown  (flag)") // next to the changes, in full
		d.hides("…  (flag)")
		d.size(160, 60)
		d.press("esc", time.Second)
		d.shows("Planned changes", page+"  (flag)") // the section's screen, too
	})
}

// TestReviewColumns: answers and changes never share a list. From 110 columns on they are side by side, below each has a
// tab.
func TestReviewColumns(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(110, 40)
		d.reviewed()
		d.toAnswer("App integration name")
		d.press("e", "ctrl+u", "Help chat", "enter", 2*time.Second, "tab")
		d.shows("20 · 1 by you", "│  ○ Okta app", "│  ╎ + app integration  Genesys", "Okta org", "│  › Apply 9 changes")
		assert.Check(t, is.Contains(d.View().Content, d.Theme.Strong.Render("(you)")))
		d.size(109, 40)
		d.shows("Changes 9    Answers 20", "  + app integration", "› Apply 9 changes")
		d.hides("Okta org", "│")
		d.press("tab")
		d.shows("› Okta org", "tab changes")
		d.hides("+ app integration", "Apply 9 changes")
		d.press("tab", "up")
		d.shows("› Save to")
		d.press("c")
		for _, want := range []string{"Okta org: https://acme.okta.com (flag)\n", "App integration name: Help chat (you)\n", "+ deployment Web SSO, pins version 1\n"} {
			assert.Check(t, is.Contains(d.copied, want))
		}
		assert.Check(t, !strings.Contains(d.copied, canary), "a secret is copied")
	})
}

func TestFixedAnswersStay(t *testing.T) {
	driven(t, answeredEnv(t), func(c *Config) { c.Fixed = []guide.Key{guide.OktaOrg, guide.OktaToken} }, func(d *drive) {
		d.reviewed()
		d.toAnswer("Okta org")
		d.hides("enter edit", "  API token   ")
		d.press("e")
		d.shows("a apply everything")
		d.press("down")
		d.shows("enter edit")
	})
}

// stopped opens the review before the first write, where the whole plan fails.
func (d *drive) stopped(err error) {
	d.press("enter", time.Second)
	d.planErr = err
	d.press("enter", 2*time.Second)
}

var foreignDraft = &explain.Error{
	Problem: "The Messenger configuration \"Help center\" has unpublished changes by another user.", Class: explain.ClassConflict,
	Fix: "Have them published or discarded, or choose another configuration.", Question: guide.MessengerConfig,
}

func TestReviewWithFailedPlan(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.stopped(refusedDelete)
		d.shows("› ✗ Genesys Cloud refused", "Ask a Genesys Cloud admin", "No changes were made so far.", "enter retry", "o open the page")
		d.hides("to create", "enter edit", "e edit")
		d.press("o", "enter")
		d.shows("Reading current settings")
		d.after(3 * time.Second)
		n := len(d.applied)
		assert.Check(t, n == 0 && d.opened == refusedDelete.DocURL,
			"applied %d times with a problem in the way, and opened %q", n, d.opened)
		d.shows("› ✗ Genesys Cloud refused")
		d.size(120, 60)
		for range 60 {
			d.press("down")
		}
		d.shows("› Save to", "enter edit save to")
		d.hides("Planned changes")
		d.planErr = nil
		d.press("r")
		d.shows("Reading current settings")
		d.after(2 * time.Second)
		d.shows("8 to create, 1 to change", "All planned changes", "enter edit")
		d.hides("✗ Genesys Cloud refused")
	})
}

func TestReviewFixesError(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.stopped(foreignDraft)
		d.shows("› ✗ The Messenger configuration", "or choose another configuration.", "enter edit configuration", "r retry")
		d.hides("--messenger-config") // the key is e
		assert.Check(t, is.ErrorIs(d.outcome().Err, foreignDraft), "the error of this screen")
		d.planErr = nil
		d.press("e", "Chat", time.Second, "enter", 2*time.Second)
		d.shows("Apply 9 changes", "enter apply")
		d.press("enter", 3*time.Second)
		d.shows("done in 1.0 s")
	})
}

// TestReviewBeforeLaterSignIn: an org that the user signs in to later is read on its section's screen, after the first
// change. In every window the review first says what it does not know yet.
func TestReviewBeforeLaterSignIn(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second)
		d.prompts = []services.Prompt{redirect}
		d.press("enter", 3*time.Second)
		for _, size := range sizes[:2] {
			d.size(size[0], size[1])
			d.shows("2 to create", "+ app integration", "! The changes from Configure Genesys Cloud on are known after you sign in", "enter apply")
			d.hides("+ deployment", "✗")
			before, _, _ := strings.Cut(d.view(), "The changes from")
			assert.Check(t, !strings.Contains(before, "+ app integration"), "it comes after the changes:\n%s", d.view())
		}
	})
}

// TestReviewOfAFinishedSection comes back to the section as it was, and says what its Enter does.
func TestReviewOfAFinishedSection(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second, "enter", 2*time.Second)
		d.shows("› Apply 9 changes, section by section", "enter apply")
		d.press("enter", 5*time.Second)
		d.shows("enter next section", "a apply everything")
		d.press("v", 2*time.Second)
		d.shows("› Continue with", "enter continue")
		d.press("esc")
		d.shows("enter next section", "a apply everything")
	})
}

// TestEscEndsApplyEverything: who goes back is asked again before anything else is written.
func TestEscEndsApplyEverything(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second, "enter", 2*time.Second, "a", "esc", time.Second)
		wrote := len(d.Session.Made())
		d.press("enter", 20*time.Second)
		assert.Check(t, is.Equal(len(d.Session.Made()), wrote), d.view())
	})
}

// TestReviewSavesAnswers: as a file that repeats the run, without secrets. Enter then applies.
func TestReviewSavesAnswers(t *testing.T) {
	file := filepath.Join(t.TempDir(), "answers.yaml")
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reviewed()
		d.press("s")
		d.shows("Save to  messenger-answers.yaml", "enter save")
		d.press("ctrl+u", file, "enter", time.Second)
		d.shows("Saved to", "enter apply")
		text, err := os.ReadFile(file) //nolint:gosec // the test's own
		assert.NilError(t, err)
		assert.Check(t, is.Contains(string(text), "\nokta-org: https://acme.okta.com\n"))
		assert.Check(t, !strings.Contains(string(text), canary), "%s", text)
		read, err := answersfile.Read(file)
		assert.NilError(t, err)
		assert.Check(t, is.DeepEqual(read.Answers.Given(), d.current().(*screens.Review).Env.Answers.Given()))
		d.press("esc")
		d.hides("Saved to")
		d.press("enter", time.Second)
		d.hides("Review")
	})
}
