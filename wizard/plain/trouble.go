package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/report"
)

// trouble shows a problem that came up at the stop i, and returns the stop to go on from: i itself to try
// again, or the question whose answer would fix it. Its error ends the run.
func (g *Session) trouble(ctx context.Context, i int, err error) (int, error) {
	var problem *explain.Error
	if ctx.Err() != nil || !errors.As(err, &problem) || errors.Is(err, errEnded) || errors.As(err, new(*explain.Panic)) {
		return i, err
	}
	run := g.Env.Result(0)
	fmt.Fprintln(g.Out)
	report.Problem(g.Out, g.Marks, report.Explain(err), &run)
	word, asked := g.afterTrouble(ctx)
	switch {
	case errors.Is(asked, errEnded) || word == "quit":
		return i, err
	case asked != nil:
		return i, asked
	case word == "edit":
		return g.stopToEdit(i, problem.Question), nil
	}
	return i, nil
}

// afterTrouble asks what to do after a problem. Taking back what was made ends the run, unless the user thinks better
// of it.
func (g *Session) afterTrouble(ctx context.Context) (string, error) {
	prompt, words := "r try again, e edit the answer, q quit > ", []string{"retry", "edit", "quit"}
	if g.undoable() {
		prompt, words = "r try again, e edit the answer, u undo what was made, q quit > ", append(words, "undo")
	}
	for {
		word, err := g.choice(ctx, prompt, words...)
		if err != nil || word != "undo" {
			return word, err
		}
		if over, err := g.undo(ctx); over || err != nil {
			return "", err
		}
	}
}

// stopToEdit returns the stop of the question that the problem names, else of the last one that was put.
func (g *Session) stopToEdit(i int, key guide.Key) int {
	named := func(s stop) bool { return s.question.Key == key && g.asks(s.question) }
	if j := slices.IndexFunc(g.way, named); j >= 0 {
		return j
	}
	return g.before(i)
}

// choice asks until it gets one of the words or the beginning of one. Enter stands for the first.
func (g *Session) choice(ctx context.Context, prompt string, words ...string) (string, error) {
	for {
		text, err := g.word(ctx, prompt)
		switch {
		case errors.Is(err, errEnded):
			return "", &explain.Error{
				Class:   explain.ClassUsage,
				Problem: fmt.Sprintf("The input ended at %q.", strings.TrimSpace(prompt)),
				Fix:     "Answer it in the input, or run with --no-input, which does not ask.",
				Err:     errEnded,
			}
		case err != nil:
			return "", err
		}
		text = strings.ToLower(text)
		if i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, text) }); i >= 0 {
			return words[i], nil
		}
		fmt.Fprintf(g.Out, "%s Answer %s.\n", g.Marks.Look, strings.Join(words, ", "))
	}
}
