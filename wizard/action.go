package wizard

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

// screen is one thing to look at. It does no work itself: it asks the router for it with an action.
type screen interface {
	enter(backwards bool) action
	key(tea.KeyPressMsg) action
	paste(string) action
	result(any) action // an engine.Event of what it started, what that asks of a person, or that it was halted
	page(width, height int) style.Page
	hints() []style.Hint
}

// action is what a screen wants done.
type action interface{ isAction() }

type (
	stay       struct{}                // nothing
	pass       struct{}                // the key was not for this screen
	next       struct{}                // the screen after this one
	back       struct{ afresh bool }   // the screen before this one, or under it: as it was, or from its start
	show       struct{ above screen }  // a screen above this one
	aside      struct{ screen screen } // a screen in this one's place, until it is left
	drop       struct{ slot slot }     // end what runs in the slot, and hear no more of it
	halt       struct{}                // finish the call under way and begin no other, or end the test or the page
	copyText   struct{ what, text string }
	editAnswer struct{ problem *explain.Error } // the screen that asks the question which would fix it
	openURL    struct{ url string }
	quit       struct{}
	visit      struct{ section guide.SectionID } // its screen, from its start
	anew       struct{}                          // every section as at the start; what lies aside stays
	many       []action

	// start runs do beside the program's own loop. It replaces what runs in the same slot.
	start struct {
		slot slot
		do   func(context.Context) end
	}

	// end is what that came to: its failure, and what the screen makes of it in the program's own loop.
	end struct {
		err  error
		then func() action // nil: nothing
	}
)

// slot names what a screen has under way; there is at most one of each.
type slot string

const (
	slotPlan    slot = "plan"
	slotApply   slot = "apply"
	slotOptions slot = "options"
	slotSave    slot = "save"
	slotReveal  slot = "reveal"
	slotRevoke  slot = "revoke"
	slotLook    slot = "look"  // at what is set up
	slotLocal   slot = "local" // a page of this computer is served
	slotQuiet   slot = "quiet" // no key is listened to
)

func (stay) isAction()       {}
func (pass) isAction()       {}
func (next) isAction()       {}
func (back) isAction()       {}
func (show) isAction()       {}
func (aside) isAction()      {}
func (drop) isAction()       {}
func (halt) isAction()       {}
func (copyText) isAction()   {}
func (editAnswer) isAction() {}
func (openURL) isAction()    {}
func (quit) isAction()       {}
func (anew) isAction()       {}
func (visit) isAction()      {}
func (many) isAction()       {}
func (start) isAction()      {}

// pause waits for d or until the context ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
