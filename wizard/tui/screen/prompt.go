package screen

import (
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/services"
)

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
