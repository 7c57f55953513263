package tui

import (
	"reflect"
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
