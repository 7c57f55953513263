package tui

import (
	"context"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
)

// CheckPrerequisites answers as two orgs do in which everything is there; f.lacking says what is not.
func (f *fake) CheckPrerequisites(ctx context.Context) []guide.Checked {
	screen.Pause(ctx, f.checkPace)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.checks++
	said := map[guide.PrerequisiteID]string{
		guide.PrerequisiteOktaOrg: "acme.okta.com answers", guide.PrerequisiteOktaRole: "Super Administrator, ada@acme.test", guide.PrerequisiteGenesysOrg: "Acme; license not checked",
		guide.PrerequisiteOAuthClient: "signed in", guide.PrerequisitePermissions: "all there", guide.PrerequisitePage: f.env.Answers.Value(guide.RedirectURIs) + " (default)",
	}
	var found []guide.Checked
	for _, n := range guide.Prerequisites() {
		c := guide.Checked{Prerequisite: n, State: guide.Met, Said: said[n.ID]}
		if bad, ok := f.lacking[n.ID]; ok {
			bad.Prerequisite = n
			c = bad
		}
		found = append(found, c)
	}
	return found
}

var noPermission = map[guide.PrerequisiteID]guide.Checked{
	guide.PrerequisitePermissions: {
		State: guide.Unmet, Said: "At Genesys Cloud, the roles of the OAuth client lack integrations:integration:add.",
		Fix: "Add the permission to a role of the client (Roles / Permissions), then check again.",
	},
	guide.PrerequisiteGenesysOrg: {State: guide.Open, Said: "asked for in Configure Genesys Cloud"},
}

func init() {
	scenes = append(scenes, []sceneOf{
		{name: "prerequisites-bare", bare: true, steer: func(*drive) {}},
		{name: "prerequisites-failed", steer: func(d *drive) {
			d.lacking = noPermission
			d.press("r", "down", "down", "down", "down")
		}},
		{name: "prerequisites-checking", steer: func(d *drive) {
			d.checkPace = time.Second
			d.press("r", 400*time.Millisecond)
		}},
	}...)
}

func TestPrerequisitesScreen(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(100, 30)
		d.shows("Prerequisites", "6 of 6 ready", "  How it goes", "  1 Answer   ", "  4 Test     ", "› ✓ An Okta org", "acme.okta.com answers", "https://developer.okta.com/signup/", "o how to get it", "r check again")
		d.press("o")
		assert.Check(t, is.Equal(d.opened, "https://developer.okta.com/signup/"), "opened")
		d.press("up", "down", "down", "down", "down")
		d.shows("› ✓ Its permissions", "architect:flow:view")
		d.lacking = noPermission
		d.checkPace = time.Second
		d.press("r", "r")
		d.hides("r check again")
		d.after(2 * time.Second)
		d.shows("› ✗ Its permissions", "integrations:integration:add.", "Add the permission", "○ A Genesys Cloud organization", "4 of 6 ready",
			"   r check again   enter start anyway")
		assert.Check(t, is.Equal(d.checks, 2), "looked")
		d.press("r", "enter") // leaving does not wait
		d.after(2 * time.Second)
		d.shows("Okta setup", "Planned changes")
	})
}

func TestPrerequisitesWithoutAnswers(t *testing.T) {
	driven(t, bareEnv(), nil, func(d *drive) {
		d.shows("○ An Okta org", "If you have none, sign up")
		d.hides("r check again", "ready", "How it goes")
		d.press("down", "o")
		assert.Check(t, d.checks == 0 && d.opened != "", "looked %d times, opened %q", d.checks, d.opened)
	})
}
