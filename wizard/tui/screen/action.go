// Package screen is what the screens of the full-screen program have in common: what a screen is, what it asks the
// program to do, the state that all share, and the task that each screen that runs something has.
package screen

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/wizard/tui/style"
)

// Screen is one screen of the wizard. It does nothing that takes time: it asks the router for it with an action.
type Screen interface {
	Enter(backwards bool) Action
	Key(tea.KeyPressMsg) Action
	Paste(string) Action
	Result(any) Action // an engine.Event of what it started, a prompt for the user, or that it was stopped
	Page(width, height int) style.Page
	Hints() []style.Hint
}

// Action is what a screen wants done.
type Action interface{ isAction() }

// The actions.
type (
	// Stay asks for nothing.
	Stay struct{}
	// Pass says that the key was not for this screen.
	Pass struct{}
	// Next shows the screen after this one.
	Next struct{}
	// Back shows the screen before or under this one: as it was, or from its start.
	Back struct{ FromStart bool }
	// Show shows a screen above this one.
	Show struct{ Above Screen }
	// Push shows a screen in place of this one until it is left.
	Push struct{ Screen Screen }
	// Drop ends what runs in the slot and ignores its answer.
	Drop struct{ Slot Slot }
	// Halt finishes the current call and begins no other. It also ends a test or a served page.
	Halt struct{}
	// CopyText copies a text.
	CopyText struct{ What, Text string }
	// ShowWhole writes a text to the terminal outside the full screen, until Enter is pressed.
	ShowWhole struct{ Text string }
	// EditAnswer shows the question that would fix the problem.
	EditAnswer struct{ Problem *explain.Error }
	// OpenURL opens an address in the browser.
	OpenURL struct{ URL string }
	// Note says something until the next key.
	Note struct{ Text string }
	// Quit ends the program.
	Quit struct{}
	// Visit shows the screen of a section from its start.
	Visit struct{ Section guide.SectionID }
	// StartOver resets every section. Pushed screens stay.
	StartOver struct{}
	// Many are several actions in order.
	Many []Action

	// Start runs Do outside the program's loop. It replaces what runs in the same slot.
	Start struct {
		Slot Slot
		Do   func(context.Context) End
	}

	// End is the outcome: its error, and what the screen does with it in the program's loop.
	End struct {
		Err  error
		Then func() Action // nil: nothing
	}
)

// Slot names what a screen has under way; there is at most one of each.
type Slot string

// The slots.
const (
	SlotPlan    Slot = "plan"
	SlotApply   Slot = "apply"
	SlotOptions Slot = "options"
	SlotSave    Slot = "save"
	SlotReveal  Slot = "reveal"
	SlotRevoke  Slot = "revoke"
	SlotRead    Slot = "look"  // at what is set up
	SlotLocal   Slot = "local" // a page of this computer is served
	SlotQuiet   Slot = "quiet" // no key is listened to
)

func (Stay) isAction()       {}
func (Pass) isAction()       {}
func (Next) isAction()       {}
func (Back) isAction()       {}
func (Show) isAction()       {}
func (Push) isAction()       {}
func (Drop) isAction()       {}
func (Halt) isAction()       {}
func (CopyText) isAction()   {}
func (ShowWhole) isAction()  {}
func (EditAnswer) isAction() {}
func (OpenURL) isAction()    {}
func (Note) isAction()       {}
func (Quit) isAction()       {}
func (StartOver) isAction()  {}
func (Visit) isAction()      {}
func (Many) isAction()       {}
func (Start) isAction()      {}

// Pause waits for d or until the context ends.
func Pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// Halted tells the screen that what is written was asked to stop.
type Halted struct{}

// News is what a screen makes of what its job tells while that goes on. It is lost on another screen.
type News struct {
	Of   Screen
	Then func() Action
}

// Prompt is what the user must do while a step runs, on its way to the screen.
type Prompt struct {
	services.Prompt
	Since time.Time
	Reply chan Typed
	Input *Input
}

// Typed is what the screen answers a prompt.
type Typed struct {
	Text string
	Err  error
}

// PromptOver reports that the prompt is no longer needed.
type PromptOver struct{ *Prompt }

// ErrSignInAgain answers a prompt that comes while an existing setup is only read.
var ErrSignInAgain = &explain.Error{
	Class: explain.ClassSignIn, Problem: "The wizard must sign in again.", Fix: "Go back to the sections Okta and Genesys Cloud (esc) and press r or enter there.",
}
