package tui

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/steps/guide"
)

// TestFoundValuesAreShown: every screen shows what a plan found in the orgs, until the user gives another answer.
func TestFoundValuesAreShown(t *testing.T) {
	const (
		there = "https://www.example.com/support"
		other = "https://chat.example.com/"
	)
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(120, 60)
		d.found = d.env.Answers.Clone()
		d.found.Found(guide.RedirectURIs, there)
		d.press("enter")
		d.shows("http://localhost:8080/", "(default)") // while it is not known better
		d.after(time.Second)
		d.shows(there + "  (found)")
		d.press("m")
		d.shows("Sign-in redirect URIs, exactly", there)
		d.press("esc", "enter", time.Second)
		d.size(160, 60)
		d.shows(there+"  (found)", "www.example.com  (default)") // the allowed domains follow from it
		d.press("esc", time.Second)
		d.edit("Sign-in redirect URIs")
		d.shows(there)
		d.press(other, "enter") // what was only offered makes way
		d.press("esc", time.Second)
		view := d.view()
		assert.Check(t, strings.Contains(view, other+"  (you)") && !strings.Contains(view, there),
			"the screen shows:\n%s", view)
		got := d.env.Answers.Get(guide.RedirectURIs)
		assert.Check(t, got.From == guide.FromUser && got.Value == other, "the answer is %+v", got)
		got = d.env.Answers.Get(guide.LogoutURIs)
		assert.Check(t, got.Value == other, "what follows from the answer is %+v", got)
	})
}
