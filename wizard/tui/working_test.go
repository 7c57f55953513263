package tui

import (
	"testing"
	"time"

	"msgsso-wizard/steps/guide"
)

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
