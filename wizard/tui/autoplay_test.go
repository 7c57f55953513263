package tui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/screens"
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
