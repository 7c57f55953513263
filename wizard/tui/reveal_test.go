package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// reveals presses the key that shows a secret.
func (d *drive) reveals() { d.send(tea.KeyPressMsg{Code: 'r', Mod: tea.ModCtrl}) }

func TestRevealShowsSecret(t *testing.T) {
	driven(t, bareEnv(), nil, func(d *drive) {
		d.press("enter", "acme.okta.com", "enter", "enter")
		d.reveals() // nothing to show
		d.hides("ctrl+r show")
		d.press(canary)
		d.shows("•••", "ctrl+r show")
		d.hides(canary)
		d.reveals()
		d.shows(canary)
		d.after(time.Second)
		d.reveals() // held: it is pressed again
		d.after(time.Second)
		d.shows(canary)
		d.after(time.Second)
		d.hides(canary)

		for _, away := range []func(){
			func() { d.press("x") },
			func() { d.press("up", "tab") },
			func() { d.press("esc", "enter") },
			func() { d.send(tea.PasteMsg{Content: "y"}) },
		} {
			d.reveals()
			d.shows(canary)
			away()
			d.hides(canary)
			d.shows("› API token", "•••")
		}
	})
}
