package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// shownText is the screen without the bar of the narration and the panel, each run of blanks as one.
func (d *drive) shownText() string {
	var page []string
	for line := range strings.Lines(d.said()) {
		line, _, _ = strings.Cut(line, "│")
		page = append(page, strings.TrimPrefix(strings.TrimSpace(line), "┃"))
	}
	return strings.Join(strings.Fields(strings.Join(page, " ")), " ")
}

// TestTourNarratesEverySection with Enter alone, in each common size.
func TestTourNarratesEverySection(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {40, 12}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			driven(t, answeredEnv(t), func(c *Config) { c.Demo, c.Tour, c.Fixed = true, true, connected }, func(d *drive) {
				d.size(size[0], size[1])
				var seen strings.Builder
				for range 30 {
					seen.WriteString(d.shownText())
					if d.narration() == guide.Narration(guide.TourEnd, "") {
						break
					}
					d.press("enter")
					for range 30 {
						d.after(100 * time.Millisecond)
						seen.WriteString(d.shownText())
					}
				}
				var want []string
				for _, m := range []guide.Moment{guide.TourStart, guide.TourReview, guide.TourApply, guide.TourEnd} {
					want = append(want, guide.Narration(m, ""))
				}
				for _, s := range guide.Sections() {
					want = append(want, guide.Narration(guide.TourPlan, s.ID), guide.Narration(guide.TourDone, s.ID))
				}
				for _, text := range want {
					assert.Check(t, strings.Contains(seen.String(), text), "it never tells %q", text)
				}
				d.after(time.Hour)
				assert.Check(t, !d.quit, "it leaves by itself")
			})
		})
	}
}

// TestTourFixesAnAnswer: nothing needs to be typed at a fault, too.
func TestTourFixesAnAnswer(t *testing.T) {
	driven(t, answeredEnv(t), func(c *Config) { c.Demo, c.Tour = true, true }, func(d *drive) {
		d.size(120, 40)
		d.planErr = &explain.Error{Problem: "Okta doesn't accept the API token.", Fix: "Enter another one.", Question: guide.OktaToken}
		d.press("enter", time.Minute)
		d.shows("Okta doesn't accept the API token.", "edit API token")
		assert.Check(t, is.Contains(d.shownText(), guide.Narration(guide.TourFix, "")))
		d.planErr = nil
		d.press("enter", 10*time.Millisecond, "enter", time.Minute) // also pressed twice
		d.shows("Planned changes")
		assert.Check(t, is.Equal(d.env.Answers.Secret(guide.OktaToken).Reveal(), fixes[guide.OktaToken]))
		d.after(time.Hour) // and goes on only when the user does
		d.shows("Planned changes", "enter review all")
	})
}

// TestOnlyTheTourNarrates.
func TestOnlyTheTourNarrates(t *testing.T) {
	driven(t, answeredEnv(t), func(c *Config) { c.Demo = true }, func(d *drive) {
		d.press("enter", time.Second)
		d.hides("┃")
	})
}

// TestTourStandsApart from the stepper above it, at the finish, too.
func TestTourStandsApart(t *testing.T) {
	driven(t, answeredEnv(t), func(c *Config) { c.Demo, c.Tour, c.Fixed = true, true, connected }, func(d *drive) {
		d.reach(guide.SectionSnippet)
		for _, size := range [][2]int{{120, 40}, {100, 30}, {80, 24}} {
			d.size(size[0], size[1])
			lines := strings.Split(d.view(), "\n")
			at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "  ┃ ") })
			assert.Check(t, at > 0 && lines[at-1] == "", "%v:\n%s", size, d.view())
		}
	})
}

// TestDemoIsOnEveryScreen, in the smallest window, too; no other screen does.
func TestDemoIsOnEveryScreen(t *testing.T) {
	for _, s := range scenes {
		for _, demo := range []bool{true, false} {
			scene(t, s, func(c *Config) { c.Demo = demo }, func(d *drive) {
				for _, size := range [][2]int{{leastWidth, leastHeight}, {80, 24}} {
					d.size(size[0], size[1])
					got := strings.Contains(d.view(), "demo")
					assert.Check(t, got == demo, "%s at %v says so: %v\n%s", s.name, size, got, d.view())
				}
			})
		}
	}
}
