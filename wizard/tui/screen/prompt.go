package screen

import (
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/services"

	"charm.land/bubbles/v2/textinput"
)

// Prompt is what a person has to do while a step is under way, on its way to the screen.
type Prompt struct {
	services.Prompt
	Since time.Time
	Reply chan Typed
	Input textinput.Model
	Note  string
}

// Typed is what the screen answers a prompt.
type Typed struct {
	Text string
	Err  error
}

// PromptOver tells that nobody waits for the prompt any more.
type PromptOver struct{ *Prompt }

// ErrSignInAgain answers a prompt that comes where only a set-up is looked at.
var ErrSignInAgain = &explain.Error{
	Class: explain.ClassSignIn, Problem: "The wizard must sign in again.", Fix: "Go back to the sections Okta and Genesys Cloud (esc) and press r or enter there.",
}
