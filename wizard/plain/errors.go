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

// handleError shows an error of stop i and returns the next stop: i to retry, or the question whose answer fixes it. Its
// error ends the run.
func (g *Session) handleError(ctx context.Context, i int, err error) (int, error) {
	var problem *explain.Error
	if ctx.Err() != nil || !errors.As(err, &problem) || errors.Is(err, errEnded) || errors.As(err, new(*explain.Panic)) {
		return i, err
	}
	if j := g.mistyped(problem); j >= 0 {
		fmt.Fprintln(g.Out, g.Marks.Note+" "+strings.TrimSpace(problem.Problem+" "+problem.Fix))
		return j, g.Env.Answers.Set(problem.Question, guide.FromUser)
	}
	run := g.Env.Result(0)
	fmt.Fprintln(g.Out)
	report.Problem(g.Out, g.Marks, report.Explain(err), &run)
	at := slices.IndexFunc(guide.Sections(), func(s guide.Section) bool { return s.ID == problem.Section })
	inConsole := at >= 0 && problem.Section != guide.SectionOkta && problem.Section != guide.SectionGenesys && guide.ChosenIn(problem.Section) != ""
	word, asked := g.afterError(ctx, inConsole)
	switch {
	case errors.Is(asked, errEnded) || word == "quit":
		return i, err
	case asked != nil:
		return i, asked
	case word == "manual":
		key := g.Env.Answers.SetManual(problem.Section, true)
		report.Manual(g.Out, g.Env.View(), guide.Sections()[at:at+1])
		return g.stopToEdit(i, key), nil
	case word == "edit":
		return g.stopToEdit(i, problem.Question), nil
	}
	return i, nil
}

// mistyped returns the stop of the question that the user answered with what doesn't exist, before anything was changed;
// -1: the error is no such answer.
func (g *Session) mistyped(problem *explain.Error) int {
	if problem.Class != explain.ClassUsage || g.section == "" || g.Env.Answers.Get(problem.Question).From != guide.FromUser {
		return -1
	}
	return slices.IndexFunc(g.stops, func(s stop) bool { return s.question.Key == problem.Question && g.asks(s.question) })
}

// afterError asks what to do after an error, with the manual setup of its section if it has one. A confirmed undo ends
// the run.
func (g *Session) afterError(ctx context.Context, manual bool) (string, error) {
	prompt, words := "r retry, e edit the answer, ", []string{"retry", "edit", "quit"}
	if manual {
		prompt, words = prompt+"m manual setup, ", append(words, "manual")
	}
	if g.undoable() {
		prompt, words = prompt+"u undo this run, ", append(words, "undo")
	}
	prompt += "q quit > "
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

// stopToEdit returns the stop of the question that the error names, or the last question. A wrong secret can be typed
// again even where it was fixed, because it leads to no other org.
func (g *Session) stopToEdit(i int, key guide.Key) int {
	if q, _ := g.Env.Answers.Question(key); q.Kind == guide.Hidden {
		g.Fixed = slices.DeleteFunc(slices.Clone(g.Fixed), func(k guide.Key) bool { return k == key })
	}
	named := func(s stop) bool { return s.question.Key == key && g.asks(s.question) }
	if j := slices.IndexFunc(g.stops, named); j >= 0 {
		return j
	}
	return g.before(i)
}

// choice asks until it gets one of the words or a prefix of one. Enter selects the first.
func (g *Session) choice(ctx context.Context, prompt string, words ...string) (string, error) {
	for {
		text, err := g.answer(ctx, prompt)
		if err != nil {
			return "", err
		}
		text = strings.ToLower(text)
		if i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, text) }); i >= 0 {
			return words[i], nil
		}
		fmt.Fprintf(g.Out, "%s Answer with one of these words: %s.\n", g.Marks.Note, strings.Join(words, ", "))
	}
}

// answer reads one line; the end of the input is an error.
func (g *Session) answer(ctx context.Context, prompt string) (string, error) {
	text, err := g.word(ctx, prompt)
	if !errors.Is(err, errEnded) {
		return text, err
	}
	return "", &explain.Error{
		Class:   explain.ClassUsage,
		Problem: fmt.Sprintf("The input ended at %q.", strings.TrimSpace(prompt)),
		Fix:     "Add the answer to the input, or run with --no-input, which doesn't prompt.",
		Err:     errEnded,
	}
}
