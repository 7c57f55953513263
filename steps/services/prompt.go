package services

import (
	"context"
	"time"

	"msgsso-wizard/steps/explain"
)

// Prompt is what a person has to do while a step is under way: open a page, type a code there, or bring
// something back from it.
type Prompt struct {
	Title string
	Lines []string      // what to do, a sentence each
	URL   string        // the page; empty: none
	Code  string        // what to type there; empty: nothing
	Ask   string        // the label of what may be typed here; empty: nothing may
	Limit time.Duration // when it is given up; 0: never
}

// Prompter shows a Prompt.
type Prompter func(ctx context.Context, p Prompt) (string, error)

// Ask shows a prompt. Without a Prompter nobody is there to read it, and the error says so.
func (show Prompter) Ask(ctx context.Context, p Prompt) (string, error) {
	if show != nil {
		return show(ctx, p)
	}
	return "", &explain.Error{
		Class:   explain.ClassUsage,
		Problem: "Signing in this way needs a person at a terminal.",
		Fix:     "Run the wizard in a terminal, or choose a way of signing in that needs nobody.",
	}
}
