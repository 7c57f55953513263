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
	result(any) action // what a start came to, an engine.Event of it, or what it asks of a person
	page(width, height int) style.Page
	hints() []style.Hint
}

// action is what a screen wants done.
type action interface{ isAction() }

type (
	stay       struct{}                // nothing
	pass       struct{}                // the key was not for this screen
	next       struct{}                // the screen after this one
	back       struct{}                // the screen before this one, or under it
	show       struct{ above screen }  // a screen above this one
	aside      struct{ screen screen } // a screen in this one's place, until it is left
	drop       struct{ slot slot }     // end what runs in the slot, and hear no more of it
	finish     struct{ slot slot }     // end what runs in the slot, and hear what it came to
	halt       struct{}                // finish the call under way and begin no other
	copyText   struct{ what, text string }
	editAnswer struct{ problem *explain.Error } // the screen that asks the question which would fix it
	openURL    struct{ url string }
	quit       struct{}
	visit      struct{ section guide.SectionID } // its screen, from its start
	anew       struct{}                          // every section as at the start; what lies aside stays
	many       []action

	// start runs do and hands its value back to the screen. It replaces what runs in the same slot.
	start struct {
		slot slot
		do   func(context.Context) any
	}
)

// slot names what a screen has under way; there is at most one of each.
type slot string

const (
	slotPlan    slot = "plan"
	slotApply   slot = "apply"
	slotOptions slot = "options"
	slotTick    slot = "tick"
	slotSave    slot = "save"
	slotReveal  slot = "reveal"
	slotRevoke  slot = "revoke"
	slotLook    slot = "look"  // at what is set up
	slotLocal   slot = "local" // a page of this computer is served
)

func (stay) isAction()       {}
func (pass) isAction()       {}
func (next) isAction()       {}
func (back) isAction()       {}
func (show) isAction()       {}
func (aside) isAction()      {}
func (drop) isAction()       {}
func (finish) isAction()     {}
func (halt) isAction()       {}
func (copyText) isAction()   {}
func (editAnswer) isAction() {}
func (openURL) isAction()    {}
func (quit) isAction()       {}
func (anew) isAction()       {}
func (visit) isAction()      {}
func (many) isAction()       {}
func (start) isAction()      {}

// tick tells a screen that time went by, so that clocks and spinners move.
type tick struct{}

func ticking() action {
	return start{slotTick, func(ctx context.Context) any {
		pause(ctx, style.TickEvery)
		return tick{}
	}}
}

// pause waits for d or until the context ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
