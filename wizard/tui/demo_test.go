package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/screens"
	"msgsso-wizard/wizard/tui/style"
)

// connected are the questions that a demo answers.
var connected = []guide.Key{guide.OktaOrg, guide.OktaSignIn, guide.OktaToken, guide.GenesysRegion, guide.GenesysSignIn}

// TestDemoPlaysItself plays the whole tour and checks each screen.
func TestDemoPlaysItself(t *testing.T) {
	for speed, within := range map[float64][2]time.Duration{1: {45 * time.Second, 65 * time.Second}, 2: {22 * time.Second, 36 * time.Second}} {
		driven(t, answeredEnv(t), func(c *Config) { c.Demo, c.Speed, c.Fixed = true, speed, connected }, func(d *drive) {
			began, seen := time.Now(), ""
			for d.player != nil && time.Since(began) < 3*time.Minute {
				assert.Assert(t, strings.Contains(d.view(), "Plays on its own. Any key takes over.") || d.router.note != "",
					"the screen does not say that it plays by itself:\n%s", d.view())
				seen += d.said()
				d.after(500 * time.Millisecond)
			}
			for _, want := range []string{"enter start", "› [x] Authorization Code", "› Apply ", "enter next section", screens.PageCodeTitle, screens.DoctorTitle, "are connected"} {
				assert.Check(t, is.Contains(seen, want), "speed %v: it never shows", speed)
			}
			took := time.Since(began)
			assert.Check(t, took >= within[0] && took <= within[1] && d.outcome().Finished, "speed %v: at the end after %v", speed, took)
			d.after(time.Hour)
			assert.Check(t, !d.quit, "it leaves by itself")
			d.shows("The demo ends here.", "are connected")
			d.press("q")
			assert.Check(t, d.quit, "q does not leave")
		})
	}
}

func TestKeyStopsAutoplay(t *testing.T) {
	driven(t, answeredEnv(t), func(c *Config) { c.Demo, c.Speed = true, 1 }, func(d *drive) {
		d.press("ctrl+space") // Ctrl alone, on Windows
		d.shows("Plays on its own")
		d.press(2*time.Second, "enter")
		d.shows("You have the keys now", "enter start")
		d.after(time.Minute)
		d.shows("enter start")
		d.hides("Plays on its own")
		d.press("enter", 2*time.Second)
		d.shows("enter review all")
	})
	driven(t, answeredEnv(t), func(c *Config) { c.Demo, c.Speed = true, 1 }, func(d *drive) {
		d.press("ctrl+c")
		assert.Check(t, d.quit, "ctrl+c does not leave")
	})
}

// TestAutoplayFixesAnswer shows the problem, opens the question, and types another answer.
func TestAutoplayFixesAnswer(t *testing.T) {
	driven(t, answeredEnv(t), func(c *Config) { c.Demo, c.Speed = true, 1 }, func(d *drive) {
		d.planErr = &explain.Error{Problem: "Okta doesn't accept the API token.", Fix: "Enter another one.", Question: guide.OktaToken}
		for began := time.Now(); d.player != nil && time.Since(began) < 3*time.Minute; d.after(100 * time.Millisecond) {
			if len(d.player.types) > 0 { // it types; the next plan is made with that answer
				d.planErr = nil
			}
		}
		assert.Check(t, is.Equal(d.env.Answers.Secret(guide.OktaToken).Reveal(), fixes[guide.OktaToken]))
		d.shows("The demo ends here.", "are connected")
	})
	driven(t, answeredEnv(t), func(c *Config) { c.Demo, c.Speed = true, 1 }, func(d *drive) {
		d.planErr = &explain.Error{Problem: "Okta doesn't accept the API token.", Fix: "Enter another one.", Question: guide.OktaToken}
		d.after(3 * time.Minute)
		d.shows("The demo stops here.", "edit API token") // once is enough
	})
}

// TestAutoplayStopsAtError shows the error until the user presses a key.
func TestAutoplayStopsAtError(t *testing.T) {
	driven(t, answeredEnv(t), func(c *Config) { c.Demo, c.Speed = true, 1 }, func(d *drive) {
		d.applyErr = errors.New("the app could not be made")
		d.after(time.Hour)
		d.shows("The demo stops here.", "The app could not be made.", "r retry")
		assert.Check(t, !d.quit && d.player == nil, "it leaves by itself")
		d.applyErr = nil
		d.press("r", 5*time.Second)
		d.hides("The app could not be made.")
	})
}

// TestStillScreens: with less motion two frames of the same second are the same.
func TestStillScreens(t *testing.T) {
	for _, still := range []bool{true, false} {
		driven(t, answeredEnv(t), func(c *Config) { c.Still = still }, func(d *drive) {
			d.pace = time.Minute
			d.press("enter", 5100*time.Millisecond)
			first := d.view()
			d.after(500 * time.Millisecond)
			same := first == d.view()
			assert.Check(t, same == still, "still %v, and the frames are the same: %v\n%s", still, same, d.view())
			if still {
				d.shows("5 s")
				d.after(time.Second)
				d.shows("6 s")
			}
		})
	}
}

// TestDemoBanner: the name stays next to the banner if both fit with the orgs.
func TestDemoBanner(t *testing.T) {
	for width, want := range map[int]string{
		120: "◆ msgsso-wizard demo · nothing here is real 127", 80: "◆ msgsso-wizard demo · not real 127", 60: "◆ msgsso demo 127.0.0.1:41234 · Acme", 40: "◆ msgsso demo 127.0.0.1:41234",
	} {
		driven(t, answeredEnv(t), func(c *Config) { c.Demo = true }, func(d *drive) {
			d.Ident = setup.Identity{Okta: "127.0.0.1:41234", Genesys: "Acme Contact Centre"}
			d.size(width, 24)
			first, _, _ := strings.Cut(d.view(), "\n")
			first = strings.Join(strings.Fields(first), " ")
			assert.Check(t, strings.HasPrefix(first, want), "%d cells: %q, want %q", width, first, want)
		})
	}
}

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

// TestPlayerWaitsUntilDrawn: on a machine that was busy for long, a screen is drawn before its key is pressed.
func TestPlayerWaitsUntilDrawn(t *testing.T) {
	p, now := newPlayer(10), time.Now()
	hints := style.Hints("enter start")
	pressed := 0
	for n := 1; n <= glances+1; n++ {
		key, due := p.dueKey(hints, now.Add(time.Duration(n)*time.Hour))
		assert.Check(t, is.Equal(due, n > glances), "glance %d", n)
		if due {
			pressed++
			assert.Check(t, is.Equal(key, "enter"))
		}
	}
	assert.Check(t, is.Equal(pressed, 1))
}
