package wizard

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

func init() {
	scenes = append(scenes, []sceneOf{
		{name: "review", steer: func(d *drive) { d.reviewed() }},
		{name: "review-plan", steer: func(d *drive) {
			d.reviewed()
			for range 40 {
				d.press("down")
			}
		}},
		{name: "review-edit", steer: func(d *drive) {
			d.reviewed()
			d.toAnswer("Sign-in redirect URIs")
			d.press("e", "ctrl+u", "http://evil.test/", "enter")
		}},
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
	s := d.current().(*review)
	for range 60 {
		d.press("up")
	}
	for s.at < len(s.rows) && s.rows[s.at].Label != label {
		d.press("down")
	}
	assert.Assert(d.t, s.at < len(s.rows), "there is no answer %q:\n%s", label, d.view())
}

func TestNothingIsWrittenBeforeTheReview(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 60)
		d.press("enter", time.Second)
		d.shows("enter review it all")
		d.press("enter")
		d.shows("Review", "Reading what is there.")
		d.press("enter") // not before the plan could be read
		d.after(2 * time.Second)
		d.shows("8 to create, 1 to change", "Messenger deployment", "Okta org", "https://acme.okta.com", "(flag)", "(environment)", "(default)",
			"This will, in all", "+ app integration  Genesys Cloud Messenger", "+ deployment       Web SSO", "enter confirm and begin")
		d.hides(canary)
		assert.Check(t, is.Len(d.applied, 0), "applied")
		d.press("esc", time.Second)
		d.shows("Okta set-up", "This will", "enter review it all") // esc confirms nothing
		d.press("v", 2*time.Second, "enter", 3*time.Second)
		d.shows("Okta set-up", "done in 1.0 s")
		d.press("enter", 5*time.Second, "enter", time.Second)
		d.shows("Integration", "enter do it") // once is enough
		d.press("v", time.Second)
		d.shows("enter go on")
		d.press("enter", time.Second)
		d.shows("Integration", "enter do it")
		assert.Check(t, is.Len(d.applied, 2), "applied")
	})
}

func TestEditingInTheReview(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 60)
		d.reviewed()
		plans := len(d.planned)
		d.toAnswer("Sign-in redirect URIs")
		d.press("e", "ctrl+u", "http://evil.test/", "enter")
		d.shows("✗", "enter keep it")
		d.press("esc") // back works from a value that is not valid
		d.after(2 * time.Second)
		d.shows("http://localhost:8080/", "enter confirm and begin")
		d.press("e", "ctrl+u", "https://www.example.com/chat", "enter", 2*time.Second)
		d.shows("https://www.example.com/chat  (you)", "www.example.com", "enter confirm and begin")
		assert.Check(t, is.Len(d.planned, plans+2), "%d", plans)
		d.toAnswer("Assignment")
		d.press("e", "down", "enter", time.Second)
		d.shows("Selected groups  (you)", "! not answered yet", "is known once its questions are answered")
		d.press("enter") // what the section needs comes first
		d.shows("by name or id", "› Groups")
		d.press("Web", time.Second, "space", "enter", 2*time.Second)
		d.shows("Web  (you)")
		d.press("enter", 3*time.Second)
		d.shows("Okta set-up", "done in 1.0 s", "https://www.example.com/chat  (you)")
	})
}

// TestAHeldEnterIsNoConsent: neither a key that is held nor one press too many lets the wizard write.
func TestAHeldEnterIsNoConsent(t *testing.T) {
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
				d.shows("Review", "to create")
				d.hides("confirm and begin")
				d.after(time.Second)
				d.shows("enter confirm and begin")
				d.send(tea.KeyPressMsg{Code: tea.KeyEnter, IsRepeat: true}) // some terminals tell
				d.hides("confirm and begin")
				assert.Check(t, is.Len(d.applied, 0), "a held key had the wizard write")
				d.press(time.Second, "enter", 3*time.Second)
				d.shows("Okta set-up", "done in")
			})
		})
	}
}

func TestEditingAnEarlierSection(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionConfiguration, "v", time.Second)
		d.toAnswer("Integration")
		d.press("e", "Chat sign-in", time.Second, "enter", time.Second, "enter", time.Second)
		d.shows(" Integration\n", "Chat sign-in  (you)", "This will", "enter do it")
		assert.Check(t, is.Equal(d.current().(*section).info.ID, guide.SectionIntegration), "went on at")
	})
}

// TestTheChosenAnswerIsWhole: the answer at the cursor shows in full, and none is cut while there are free columns.
func TestTheChosenAnswerIsWhole(t *testing.T) {
	const page = "https://www.example.com/a/page/far/down/in/the/site/where/messenger/is/shown"
	env := answeredEnv(t)
	assert.NilError(t, env.Answers.Set(guide.RedirectURIs, guide.FromFlag, page))
	driven(t, env, nil, func(d *drive) {
		d.size(80, 60)
		d.reviewed()
		d.hides(page)
		d.toAnswer("Sign-in redirect URIs")
		for width := leastWidth; width <= 130; width++ {
			d.size(width, 60)
			shown := strings.NewReplacer("\n", "", " ", "").Replace(d.view())
			assert.Assert(t, strings.Contains(shown, page), "at %d columns it is cut:\n%s", width, d.view())
		}
		d.press("up")
		d.size(120, 60)
		d.shows(page + "  (flag)")
		d.press("esc", time.Second)
		d.shows("This will", page+"  (flag)") // the section's screen, too
	})
}

func TestFixedAnswersAreNotEdited(t *testing.T) {
	driven(t, answeredEnv(t), func(c *Config) { c.Fixed = []guide.Key{guide.OktaOrg, guide.OktaToken} }, func(d *drive) {
		d.reviewed()
		d.toAnswer("Okta org")
		d.hides("e edit", "  API token   ")
		d.press("e")
		d.shows("enter confirm and begin")
		d.press("down")
		d.shows("e edit")
	})
}

// stopped opens the review before the first write, where the whole plan fails.
func (d *drive) stopped(err error) {
	d.press("enter", time.Second)
	d.planErr = err
	d.press("enter", 2*time.Second)
}

var foreignDraft = &explain.Error{
	Problem: "The Messenger configuration \"Help centre\" has unpublished edits by somebody else.", Class: explain.ClassConflict,
	Fix: "Have them published or discarded, or choose another configuration (--messenger-config).", Question: guide.MessengerConfig,
}

func TestReviewWithAPlanThatFails(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.stopped(refusedDelete)
		d.shows("› ✗ Genesys Cloud refused", "Ask a Genesys Cloud admin", "Nothing was changed so far.", "r try again · o open the page")
		d.hides("to create", "enter ", "e edit")
		d.press("enter", "o", 3*time.Second)
		n := len(d.applied)
		assert.Check(t, n == 0 && d.opened == refusedDelete.DocURL,
			"applied %d times with a problem in the way, and opened %q", n, d.opened)
		d.shows("› ✗ Genesys Cloud refused")
		d.size(80, 60)
		for range 60 {
			d.press("down")
		}
		d.shows("› Save to", "e edit save to")
		d.hides("This will")
		d.planErr = nil
		d.press("r")
		d.shows("Reading what is there.")
		d.after(2 * time.Second)
		d.shows("8 to create, 1 to change", "This will, in all", "enter confirm and begin")
		d.hides("✗ Genesys Cloud refused")
	})
}

func TestTheReviewFixesAProblem(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.stopped(foreignDraft)
		d.shows("› ✗ The Messenger configuration", "e edit configuration · r try again")
		assert.Check(t, is.ErrorIs(d.outcome().Err, foreignDraft), "who leaves here is told")
		d.planErr = nil
		d.press("e", "Chat", time.Second, "enter", 2*time.Second)
		d.shows("› Configuration           Chat  (you)", "enter confirm and begin")
		d.press("enter", 3*time.Second)
		d.shows("done in 1.0 s")
	})
}

// TestReviewBeforeALaterSignIn: an org that a person signs in to is read on its own screen, after the first write.
func TestReviewBeforeALaterSignIn(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 60)
		d.press("enter", time.Second)
		d.prompts = []services.Prompt{redirect}
		d.press("enter", 3*time.Second)
		d.shows("2 to create", "This will, so far", "+ app integration", "! What follows from Configure Genesys Cloud on is known once you have signed",
			"in there. Until then nothing of it was checked.", "enter confirm and begin")
		d.hides("+ deployment", "✗")
	})
}
