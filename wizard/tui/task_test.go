package tui

import (
	"image/color"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// TestInterruptFinishesCall: ctrl+c lets the current call finish, and undoes what a test got or a page stored. A second
// ctrl+c quits at once.
func TestInterruptFinishesCall(t *testing.T) {
	const afterTheCall = "Quitting after the current API call"
	for name, c := range map[string]struct {
		steer func(*drive)
		says  string
		ended func(*drive) bool // nothing but what was under way
	}{
		"a section": {
			func(d *drive) { d.reach(guide.SectionIntegration, "enter", 700*time.Millisecond) }, afterTheCall,
			func(d *drive) bool { return len(d.Made()) == 4 },
		},
		"an undo": {
			func(d *drive) { d.aside("u", "down", "enter", "Web SSO", "enter", 200*time.Millisecond) }, afterTheCall,
			func(d *drive) bool { return len(d.undo.kinds()) == 8 },
		},
		"a fix": {
			func(d *drive) { d.aside("d", "f", 2*time.Second, "enter", 200*time.Millisecond) }, afterTheCall,
			func(d *drive) bool { return d.verifier.did == 1 },
		},
		"a test": {
			func(d *drive) { d.aside("t") }, "Quitting after the test has revoked its tokens.",
			func(d *drive) bool { return d.verifier.taken == 1 },
		},
		"a preview": {
			func(d *drive) { d.aside("p", "o", time.Second) }, "Quitting after the open pages have cleared",
			func(d *drive) bool { return d.verifier.served != "" && !d.verifier.serving },
		},
	} {
		for _, again := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				driven(t, answeredEnv(t), nil, func(d *drive) {
					d.verifier.breakIt()
					c.steer(d)
					d.press("ctrl+c")
					d.shows(c.says, "ctrl+c")
					assert.Check(t, !d.quit, "left at once")
					if again {
						d.press("ctrl+c")
						assert.Check(t, d.quit, "did not leave at once")
						return
					}
					d.after(3 * time.Second)
					assert.Check(t, d.quit && c.ended(d) && d.outcome().Signal != nil, "quit %t with %+v", d.quit, d.outcome())
				})
			})
		}
	}
}

// TestFailedRead has the same keys on every screen, and is there once it succeeds.
func TestFailedRead(t *testing.T) {
	for name, c := range map[string]struct {
		keys []any
		err  func(*drive) *error
		then string
	}{
		"doctor":    {[]any{"d"}, func(d *drive) *error { return &d.verifier.foundErr }, "1 failed"},
		"page code": {[]any{"p"}, func(d *drive) *error { return &d.verifier.codeErr }, "issuer:"},
		"undo":      {[]any{"u"}, func(d *drive) *error { return &d.undo.planErr }, "enter keep everything"},
		"fix":       {[]any{"d", 2 * time.Second, "f"}, func(d *drive) *error { return &d.verifier.planErr }, "~ credential"},
	} {
		t.Run(name, func(t *testing.T) {
			driven(t, answeredEnv(t), nil, func(d *drive) {
				d.verifier.breakIt()
				d.reach(guide.SectionSnippet)
				*c.err(d) = &explain.Error{Problem: "Okta cannot be reached.", Fix: "Look at the network.", DocURL: "https://example.com/"}
				d.press(append(c.keys, 2*time.Second)...)
				d.shows("✗ Okta cannot be reached.", "Look at the network.", "r retry", "c copy details", "o open the page", "esc back")
				d.press("v", "f", "o", "c") // nothing is there to try or to fix
				assert.Check(t, is.Contains(d.copied, "Problem: Okta cannot be reached.\nNext step: Look at the network.\n"))
				assert.Check(t, is.Equal(d.opened, "https://example.com/"))
				*c.err(d) = nil
				d.press("r", 2*time.Second)
				d.shows(c.then)
				d.press("esc", 2*time.Second)
				d.hides(c.then)
			})
		})
	}
}

// TestWorking shows what is done with its time, what is ahead, and how much of all and of the wait is over.
func TestWorking(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionIntegration)
		d.hold = make(chan struct{})
		d.press("enter", 700*time.Millisecond)
		d.shows("Integration                                                              0 s", "━╌", "1 of 4 applied",
			"✓ access policy  Genesys Messenger                                     0.5 s", "○ state          Messenger SSO (Okta)")
		d.hides("~ state", "+ integration")
		d.after(5800 * time.Millisecond)
		d.shows("3 of 4 applied", "state          Messenger SSO (Okta)                          5.0 s of 60 s\n                   waiting for Active                             ━╌╌╌╌╌╌╌╌╌╌╌\n")
		d.after(30 * time.Second)
		d.shows("35 s of 60 s", " ━━━━━━━╌╌╌╌╌\n")
		d.size(40, 12)
		d.shows("state                  35 s of 60 s")
		d.Still = true
		d.after(time.Minute)
		d.shows("… state                  60 s of 60 s")
	})
}

// TestSectionPlan: no changes yet, how much would be, and what stands back.
func TestSectionPlan(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.colors(colorprofile.ANSI256, color.Black)
		d.reach(guide.SectionIntegration)
		d.shows("not applied yet", "Planned changes: 3 to create, 1 to change")
		content := d.View().Content
		assert.Check(t, is.Contains(content, d.Theme.Accent.Render("+")+" "+d.Soft("access policy")+"  "+d.Theme.Value.Render("Genesys Messenger")))
		assert.Check(t, is.Contains(content, d.Soft("none of this type exists")))
		d.press("enter", 3*time.Second)
		d.hides("not applied yet", "Planned changes")
		d.press("enter", time.Second)
		d.shows("Planned changes: 2 to create\n", "Messenger configuration  ", "not applied yet")
		d.size(40, 24)
		d.shows("Messenger configuration\n") // the title goes before what stands right of it
	})
}

// reusedPlan is a plan that finds everything there.
func reusedPlan(p engine.Plan) engine.Plan {
	changes := make([]engine.Change, len(p.Changes))
	for i, c := range p.Changes {
		c.Verb = engine.Reuse
		changes[i] = c
	}
	return engine.Plan{Changes: changes}
}

// TestResumeSkipsDoneSections: a resumed run starts at the first section with changes left. Only a resumed run skips
// sections.
func TestResumeSkipsDoneSections(t *testing.T) {
	t.Parallel()
	for resume, want := range map[string]string{
		"Going on with the run of 26 November 14:25.": "Messenger configuration",
		"": "Okta setup",
	} {
		driven(t, answeredEnv(t), func(c *Config) { c.Resume = resume }, func(d *drive) {
			for _, id := range []guide.SectionID{guide.SectionOkta, guide.SectionGenesys, guide.SectionIntegration} {
				d.plans[id] = reusedPlan(d.plans[id])
			}
			d.press("enter", 5*time.Second)
			d.shows("\n  " + want)
			if resume == "" {
				return
			}
			d.press("esc") // skipped sections can be opened
			d.after(5 * time.Second)
			d.shows("Lets Genesys Cloud verify", "No changes needed")
		})
	}
}
