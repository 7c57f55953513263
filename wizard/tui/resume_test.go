package tui

import (
	"testing"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// inPlacePlan is a plan that finds everything there.
func inPlacePlan(p engine.Plan) engine.Plan {
	changes := make([]engine.Change, len(p.Changes))
	for i, c := range p.Changes {
		c.Verb = engine.Reuse
		changes[i] = c
	}
	return engine.Plan{Changes: changes}
}

// TestResumeLandsWhereTheRunStopped: sections in which nothing is left to do are passed over up to the first that has
// something, and only in a run that is gone on with.
func TestResumeLandsWhereTheRunStopped(t *testing.T) {
	t.Parallel()
	for resume, want := range map[string]string{
		"Going on with the run of 26 November 14:25.": "Messenger configuration",
		"": "Okta setup",
	} {
		driven(t, answeredEnv(t), func(c *Config) { c.Resume = resume }, func(d *drive) {
			for _, id := range []guide.SectionID{guide.SectionOkta, guide.SectionGenesys, guide.SectionIntegration} {
				d.plans[id] = inPlacePlan(d.plans[id])
			}
			d.press("enter", 5*time.Second)
			d.shows("\n  " + want)
			if resume == "" {
				return
			}
			d.press("esc") // what was passed over can be looked at
			d.after(5 * time.Second)
			d.shows("Lets Genesys Cloud verify", "No changes needed")
		})
	}
}
