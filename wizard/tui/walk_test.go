package tui

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/screens"
)

func TestDefaultsNeedFifteenKeys(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		keys := 0
		for ; keys < 15; keys++ {
			if s, ok := d.walk[d.at].(*screens.Snippet); ok && s.Reached() {
				break
			}
			d.press("enter", 10*time.Second)
		}
		d.shows("are connected", snippetText[:30], "Active · configuration version 1")
		assert.Check(t, is.Equal(keys, 11), "the snippet took")
		all := []guide.SectionID{"okta", "genesys", "integration", "configuration", "deployment", "snippet"}
		assert.Assert(t, is.Len(d.applied, len(all)), all)
		for i, id := range all {
			assert.Check(t, reflect.DeepEqual(d.applied[i].Plan, d.plans[id]),
				"%s: applied %+v, want what was planned: %+v", id, d.applied[i].Plan, d.plans[id])
		}
		d.press("q")
		if out := d.outcome(); !d.quit || !out.Finished || out.Signal != nil || out.Err != nil || out.Revoked || out.Result.Snippet != snippetText {
			t.Errorf("quit %t with %+v", d.quit, out)
		}
	})
}

func TestLateAnswersAreDropped(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", 100*time.Millisecond)
		s := d.walk[1].(*screens.Section)
		late := answer{slot: screen.SlotPlan, id: d.jobs[screen.SlotPlan].id, End: screen.End{Then: func() screen.Action { return s.PlanCame(screen.Planned{}, nil) }}}
		d.press("esc")
		d.send(late)
		d.after(time.Second)
		d.shows("Prerequisites")
		assert.Check(t, s.Phase == screen.Planning && len(d.jobs) == 0,
			"phase %d with jobs %v after leaving", s.Phase, d.jobs)
		d.press("enter")
		d.send(late) // of a visit before
		d.shows("Reading current settings")
		d.after(time.Second)
		d.shows("Planned changes")
	})
}

func TestQuitEndsPlan(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.holdPlan = true
		d.press("enter", time.Second, "esc")
		d.holdPlan = false
		d.press("enter", time.Second)
		d.shows("Planned changes") // the plan that was left does not stand in the way
	})
}

func TestDoubleEnterStartsOnce(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.Agreed = true
		d.press("enter", "enter", "enter", 2*time.Second)
		assert.Check(t, is.Len(d.planned, 1), "planned")
		d.press("enter", "enter", "enter", 3*time.Second)
		assert.Check(t, is.Len(d.applied, 1), "applied")
		d.shows("done in 1.0 s")
	})
}

func TestBackToDoneSection(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionGenesys, "esc", time.Second)
		d.shows("Okta setup", "done in 1.0 s", "enter next section", "r refresh plan", "e edit", "https://acme.okta.com  (flag)")
		d.press("r", time.Second)
		d.shows("Planned changes", "enter apply")
	})
}

// TestBackToFinish: one Enter goes on from a section that was done.
func TestBackToFinish(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "esc", "esc", time.Second)
		clear(d.plans) // all of it is made
		d.press("enter", 2*time.Second)
		d.shows("Messenger deployment", "No changes needed", "enter next section")
		d.press("enter", 2*time.Second)
		d.shows("are connected")
	})
}

// TestEveryWaitSaysWhy: whatever reads or tests says which pause it waits for, and how long.
func TestEveryWaitSaysWhy(t *testing.T) {
	pause := engine.Event{Phase: engine.Paused, Text: "Okta: rate limit, 42s", Limit: 42 * time.Second}
	for key, says := range map[string]string{"d": "Checking both services", "t": "Reading current settings", "p": "Reading current settings", "u": "Reading what the run created"} {
		driven(t, answeredEnv(t), nil, func(d *drive) {
			d.reach(guide.SectionSnippet, key)
			d.shows(says)
			d.send(pause)
			d.shows(says, "rate limit, 42s; goes on in 42 s")
		})
	}
}

// TestPauseCountsDown: a service asks for a pause, while the section is read or while it is written.
func TestPauseCountsDown(t *testing.T) {
	pause := engine.Event{Phase: engine.Paused, Text: "Okta: rate limit, 42s", Limit: 42 * time.Second}
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.holdPlan = true
		d.press("enter")
		d.shows("Reading current settings")
		d.send(pause)
		d.shows("Okta: rate limit, 42s; goes on in 42 s")
		d.after(10 * time.Second)
		d.shows("goes on in 32 s")
		d.after(33 * time.Second)
		d.hides("rate limit")
		d.send(pause)
		d.press("esc") // it need not be waited for
		d.shows("Prerequisites")
	})
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionIntegration, "enter")
		d.send(pause)
		d.after(100 * time.Millisecond)
		d.shows("rate limit, 42s; goes on in 42 s")
		d.after(20 * time.Second)
		d.hides("rate limit") // the section is done
	})
}

func TestStopFinishesCall(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionIntegration)
		before := len(d.Made())
		d.press("enter", 700*time.Millisecond, "esc")
		d.shows("Stopping after the current API call")
		d.after(time.Second)
		d.shows("Stopped at your request.", "enter resume")
		assert.Check(t, is.Equal((len(d.Made())-before), 2))
		d.press("r", time.Second)
		d.shows("esc stop after this call")
		d.after(5 * time.Second)
		d.shows("done in", "✓ state")
	})
}

func TestInterruptWithoutCall(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", "ctrl+c")
		assert.Check(t, d.quit && d.outcome().Signal != nil && !d.outcome().Finished,
			"quit %t, %+v", d.quit, d.outcome())
	})
}

func TestQuitAsksAfterChanges(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionGenesys, "q")
		d.shows("Quit setup?", "✓ assignment       Everyone")
		d.press("enter")
		d.shows("Configure Genesys Cloud")
		d.press("q", "q")
		assert.Check(t, d.quit, "did not leave")
	})
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("q")
		assert.Check(t, d.quit, "did not leave though nothing was made")
	})
}

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

func TestManualSetup(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(80, 40)
		d.press("enter")
		d.press("m") // not while it reads
		d.hides("manual setup")
		d.after(time.Second)
		d.shows("e edit", "m manual setup")
		d.press("m", "c")
		d.shows("Okta setup, manual setup", "step 1 of ")
		assert.Check(t, is.Equal(d.copied, ""), "copied")
		d.press("down", "down", "down", "c")
		assert.Check(t, is.Equal(d.copied, "Genesys Cloud Messenger"), "copied")
		d.press("space")
		d.shows("✓  4  App integration name:", "step 5 of ")
		d.press("up", "space", "up", "space")
		d.shows("✓  3  Web Application, Next", "› ◉  4  App integration name:\n        Genesys Cloud Messenger\n  ○  5  ", "space done", "step 4 of ")
		d.hides("✓  4")
		d.press("o")
		assert.Check(t, d.opened != "", "the console was not opened")
		d.press("?")
		d.shows("Why: Okta setup")
		d.press("o")
		assert.Check(t, strings.HasSuffix(d.opened, "/apps_app_integration_wizard_oidc.htm"), "opened %q", d.opened)
		d.press("esc")
		d.shows("manual setup", "step 4 of ")
		d.press("m")
		d.shows("Planned changes")
		d.press("m")
		d.shows("✓  3  Web Application, Next", "step 1 of ") // kept, and at the first that is open
		plans := len(d.planned)
		d.press("enter", time.Second)
		d.shows("! Checked: 1 of 3 done. Missing items are below. Press m for your list.", "Planned changes")
		d.press("m")
		d.shows("✓  3  Web Application, Next")
		d.press("esc")
		n := len(d.planned)
		assert.Check(t, n == plans+1 && len(d.applied) == 0,
			"planned %d times after %d, applied %d times", n, plans, len(d.applied))
	})
}

func TestManualSetupIsFound(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second, "m")
		plan := d.plans[guide.SectionOkta]
		for i := range plan.Changes {
			plan.Changes[i].Verb = engine.Reuse
		}
		d.press("enter", 2*time.Second)
		d.shows("✓ No changes needed. Everything is already set.", "enter next section")
		d.hides("Checked:")
	})
}

func TestManualSetupAfterError(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.troubled()
		d.shows("m manual setup")
		d.applyErr = nil
		d.press("m")
		d.shows("Integration, manual setup")
		d.press("enter", 2*time.Second)
		d.shows("Planned changes") // manual setup shows in the plan; no changes yet
		assert.Check(t, is.Len(d.applied, 3), "applied")
	})
}
