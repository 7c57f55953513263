package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

var device = services.Prompt{
	Title: "Sign in to Okta",
	Lines: []string{"Open this page in a browser, sign in as an admin, and type the code there.", "The wizard goes on by itself."},
	URL:   "https://acme.okta.com/activate", Code: "WDJB-MJHT", Limit: 10 * time.Minute,
}

var redirect = services.Prompt{
	Title: "Sign in to Genesys Cloud",
	Lines: []string{"Open this page in a browser and sign in.", "If the browser is on another computer, paste the address that it ends on."},
	URL:   "https://login.mypurecloud.de/oauth/authorize?response_type=code&client_id=c0ffee00-1111-4222-8333-444455556666&code_challenge_method=S256&state=xyz",
	Ask:   "Address", Limit: 5 * time.Minute,
}

// prompted begins a plan that asks the user to act, and lets 12 seconds pass.
func (d *drive) prompted(prompts ...services.Prompt) {
	d.prompts = prompts
	d.press("enter", 12400*time.Millisecond)
}

func TestPromptKeys(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.enough = 30 * time.Second
		d.prompted(device)
		d.shows("Sign in to Okta", "\n  https://acme.okta.com/activate\n", "\n  WDJB-MJHT\n", "12 s of 600 s", "o open in browser")
		d.hides("Reading what is there")
		assert.Check(t, d.opened == "" && d.copied == "", "opened %q, copied %q without a key", d.opened, d.copied)
		d.press("o", "c", "x", "enter", "m", "e")
		assert.Check(t, d.opened == device.URL && d.copied == device.URL, "opened %q, copied %q", d.opened, d.copied)
		d.press("o")
		d.shows("The browser didn't open. The address is on the screen.", device.URL)
		d.after(5 * time.Second)
		d.shows("17 s of 600 s")
		d.press("?")
		d.shows("Why: Okta setup")
		d.press("esc")
		d.shows("WDJB-MJHT")
		d.after(20 * time.Second)
		d.shows("Planned changes") // its context ended, and the plan went on
		d.hides("WDJB-MJHT")
	})
}

func TestPastedAddressIsSent(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.prompted(redirect)
		d.press("enter") // nothing to send
		d.send(tea.PasteMsg{Content: " http://127.0.0.1:8765/callback?code=o1c2\r\n"})
		d.shows("› Address  http://127.0.0.1:8765/callback?code=o1c2", "enter send")
		d.press("oc") // letters, no commands now
		d.press("enter", time.Second)
		d.shows("Planned changes")
		want := []string{"http://127.0.0.1:8765/callback?code=o1c2oc"}
		assert.Check(t, slices.Equal(d.replies, want) && d.opened == "", "got %q, opened %q", d.replies, d.opened)
	})
}

func TestCancelPrompt(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.prompted(device, redirect)
		d.press("esc", time.Second)
		d.shows("› Okta org", "enter plan") // another way can be chosen
		d.hides("WDJB-MJHT", "Sign in to Genesys")
		want := engine.ErrStopped.Error()
		assert.Check(t, slices.Equal(d.replies, []string{want, want}) && len(d.jobs) == 0,
			"got %q with %v under way", d.replies, d.jobs)
		d.press("enter", time.Second)
		d.shows("Planned changes")
	})
}

func TestCancelWithoutQuestion(t *testing.T) {
	var all []guide.Key
	for _, q := range guide.Questions("") {
		all = append(all, q.Key)
	}
	driven(t, answeredEnv(t), func(c *Config) { c.Fixed = all }, func(d *drive) {
		d.prompted(device)
		d.press("esc")
		d.shows("Prerequisites")
	})
}

func TestPromptsQueue(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		first := redirect
		first.Title = "The first"
		d.prompted(first, redirect)
		d.shows("The first")
		d.hides("Sign in to Genesys Cloud")
		d.press("1st", "enter")
		d.shows("Sign in to Genesys Cloud")
		d.press("2nd", "enter", time.Second)
		d.shows("Planned changes")
		want := []string{"1st", "2nd"}
		assert.Check(t, slices.Equal(d.replies, want), "got %q, want %q", d.replies, want)
	})
}

func TestPromptIsCanceled(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		short := device
		short.Limit = 20 * time.Second
		d.prompted(short)
		d.after(10 * time.Second)
		d.shows("✗ Context deadline exceeded")
		d.hides("WDJB-MJHT")
	})
}

func TestPromptOpensItsSection(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.prompts = []services.Prompt{device}
		d.press("enter", "?")
		d.shows("Why: Okta setup")
		d.after(time.Second)
		d.shows("WDJB-MJHT")
		d.press("ctrl+c")
		assert.Check(t, d.quit, "did not leave")
	})
}

func TestPromptDuringApply(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.Agreed = true
		d.press("enter", time.Second)
		d.prompts = []services.Prompt{device}
		d.askApply = true
		d.press("enter", 2*time.Second)
		d.shows("WDJB-MJHT")
		d.press("esc", 3*time.Second)
		d.shows("Stopped at your request.", "enter resume")
		d.press("r", 5*time.Second)
		d.shows("done in")
	})
}

func TestAddressesAreNotCut(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.prompted(redirect)
		for _, size := range [][2]int{{40, 24}, {80, 24}, {200, 24}} {
			d.size(size[0], size[1])
			whole := strings.ReplaceAll(d.view(), "\n", "")
			assert.Check(t, strings.Contains(whole, redirect.URL),
				"at %d cells the address is not whole:\n%s", size[0], d.view())
		}
		d.size(40, 12)
		d.shows("› Address", "xyz") // its end, and where to type
		d.press("c")
		assert.Check(t, is.Equal(d.copied, redirect.URL), "copied")
	})
}
