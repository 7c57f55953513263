package tui

import (
	"testing"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

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
