package plain

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"msgsso-wizard/steps/guide"
)

// errAgain is returned by consent when a changed answer requires a new plan.
var errAgain = errors.New("again")

// answers returns the questions that apply.
func (g *Session) answers() []guide.Question {
	var out []guide.Question
	for _, s := range g.stops {
		if g.asks(s.question) {
			out = append(out, s.question)
		}
	}
	return out
}

func (g *Session) review() {
	view := g.Env.View()
	fmt.Fprintln(g.Out, "Your answers:")
	for i, q := range g.answers() {
		text := unanswered(q)
		if a := view.Get(q.Key); a.Given {
			text = given(q, a)
		}
		fmt.Fprintf(g.Out, "  %d  %s: %s\n", i+1, q.Label, text)
	}
}

// change asks for one answer again. It returns errAgain if an answer may have changed.
func (g *Session) change(ctx context.Context) error {
	list := g.answers()
	for {
		text, err := g.word(ctx, "Number of the answer > ")
		if err != nil || text == "" {
			return err
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > len(list) {
			fmt.Fprintf(g.Out, "%s Enter a number from 1 to %d, or press Enter to keep everything.\n", g.Marks.Note, len(list))
			continue
		}
		if err := g.ask(ctx, list[n-1], "Change"); err != nil && !errors.Is(err, errBack) {
			return err
		}
		return errAgain
	}
}
